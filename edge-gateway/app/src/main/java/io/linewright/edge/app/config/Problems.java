package io.linewright.edge.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file. */
final class Problems {

  /** Most problems that are listed. */
  static final int MAX_LISTED = 20;

  /** Bound of what is collected before the list is cut: a file of garbage must not fill memory. */
  private static final int MAX_COLLECTED = 1000;

  private record Problem(int line, String text) {}

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(Node at, String field, String reason, String advice) {
    add(line(at.getStartMark()), field, reason, advice);
  }

  void add(int line, String field, String reason, String advice) {
    if (problems.size() < MAX_COLLECTED) {
      String text = "%s:%d: %s: %s; %s".formatted(file, line, field, reason, advice);
      problems.add(new Problem(line, text));
    }
  }

  boolean any() {
    return !problems.isEmpty();
  }

  static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(1);
  }

  /**
   * @throws EdgeFileException if there was any problem
   */
  void throwIfAny() throws EdgeFileException {
    if (problems.isEmpty()) {
      return;
    }
    List<String> lines =
        new ArrayList<>(
            problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(MAX_LISTED)
                .map(Problem::text)
                .toList());
    int more = problems.size() - lines.size();
    if (more > 0) {
      String count = problems.size() == MAX_COLLECTED ? "at least " + more : "" + more;
      lines.add(file + ": " + count + " more problems are not listed; correct these first");
    }
    throw new EdgeFileException(lines);
  }
}
