package io.linewright.oee.range;

import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The time that was meant by a question. */
public sealed interface TimeAnswer {

  /**
   * It was found for at least one of the machines.
   *
   * @param byMachine the time of each machine for which there is some, by its name: orders pass
   *     through a line, so that each has its own, and it may have gaps; at least one
   * @param title what was meant, for people: "2026-03-29/night"
   */
  record Found(Map<String, Spans> byMachine, String title) implements TimeAnswer {

    /**
     * @throws IllegalArgumentException if there is no machine, or no time of one
     */
    public Found {
      byMachine = Collections.unmodifiableMap(new TreeMap<>(byMachine));
      if (byMachine.isEmpty() || byMachine.containsValue(Spans.NONE)) {
        throw new IllegalArgumentException("no time of some machine: " + byMachine);
      }
    }

    /** From the first instant of any machine to the last. */
    public Span bounds() {
      return byMachine.values().stream()
          .map(Spans::list)
          .map(list -> list.getFirst().hull(list.getLast()))
          .reduce(Span::hull)
          .orElseThrow();
    }
  }

  /**
   * No machine has such a time.
   *
   * @param what was not found, a sentence for whoever asked
   */
  record Unknown(String what) implements TimeAnswer {}
}
