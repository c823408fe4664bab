package io.linewright.simulator.plantfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong in a file, so that the reader learns of everything at once. */
final class Problems {

  /** Most problems reported at once. */
  static final int MOST = 20;

  private final List<Problem> found = new ArrayList<>();

  void add(Node where, String field, String reason) {
    add(where.getStartMark(), field, reason);
  }

  void add(Optional<Mark> where, String field, String reason) {
    found.add(new Problem(where.map(mark -> mark.getLine() + 1).orElse(1), field, reason));
  }

  /**
   * @throws PlantFileException if anything was added
   */
  void throwIfAny(String file) throws PlantFileException {
    if (!found.isEmpty()) {
      throw new PlantFileException(
          file, found.stream().sorted(Comparator.comparingInt(Problem::line)).limit(MOST).toList());
    }
  }
}
