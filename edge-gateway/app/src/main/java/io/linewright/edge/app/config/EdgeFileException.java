package io.linewright.edge.app.config;

import java.util.List;

/** A gateway file that cannot be used. The message lists everything that is wrong with it. */
public final class EdgeFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  EdgeFileException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per problem: {@code file:line: field: reason; what to do}. */
  public List<String> problems() {
    return problems;
  }
}
