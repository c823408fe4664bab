package io.linewright.ingest.command;

import io.linewright.model.command.CommandStep;
import java.time.Instant;
import java.util.Comparator;

/**
 * A step of a command as somebody told it.
 *
 * @param at when the step was done, by the clock of who tells
 * @param detail one sentence for people; may be empty
 */
public record Told(Speaker by, CommandStep step, Instant at, String detail) {

  /** What was said first; of two things said at the same time always the same one. */
  static final Comparator<Told> EARLIEST =
      Comparator.comparing(Told::at).thenComparing(Told::step).thenComparing(Told::detail);
}
