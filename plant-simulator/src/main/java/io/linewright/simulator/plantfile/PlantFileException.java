package io.linewright.simulator.plantfile;

import java.util.List;
import java.util.stream.Collectors;

/** A plant file cannot be used; the message names every problem with file, line and field. */
public final class PlantFileException extends Exception {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a list of records, never serialized
  private final List<Problem> problems;

  PlantFileException(String file, List<Problem> problems) {
    super(
        problems.stream()
            .map(p -> "%s:%d: %s%s".formatted(file, p.line(), prefix(p.field()), p.reason()))
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file; at most {@value Problems#MOST}. */
  public List<Problem> problems() {
    return problems;
  }

  private static String prefix(String field) {
    return field.isEmpty() ? "" : field + ": ";
  }
}
