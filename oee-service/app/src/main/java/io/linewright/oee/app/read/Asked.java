package io.linewright.oee.app.read;

import io.linewright.oee.time.Span;
import java.util.List;

/**
 * Machines, and the time of each that is asked about.
 *
 * @param title what was meant, for people
 * @param bounds from the first instant of any machine to the last
 * @param parts each machine with a stretch of its time; one machine may be in several
 */
public record Asked(String title, Span bounds, List<Standing> parts) {

  public Asked {
    parts = List.copyOf(parts);
  }
}
