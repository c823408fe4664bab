package io.linewright.edge.opcua;

import java.util.ArrayList;
import java.util.List;

/** Cuts long lists into calls that a server takes. */
public final class Batches {

  /**
   * Consecutive parts, each as long as allowed but the last.
   *
   * @param most most items of one part, at least 1
   */
  public static <T> List<List<T>> of(List<T> items, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 item, not " + most);
    }
    List<List<T>> parts = new ArrayList<>((items.size() + most - 1) / most);
    for (int from = 0; from < items.size(); from += most) {
      parts.add(items.subList(from, Math.min(items.size(), from + most)));
    }
    return parts;
  }

  /**
   * Both halves of a refused batch, to be tried apart.
   *
   * @param items at least 2
   */
  public static <T> List<List<T>> halves(List<T> items) {
    if (items.size() < 2) {
      throw new IllegalArgumentException("one item cannot be halved");
    }
    int middle = items.size() / 2;
    return List.of(items.subList(0, middle), items.subList(middle, items.size()));
  }

  /**
   * A limit that a server tells, under our own.
   *
   * @param told 0 or less: the server names none
   * @param own at least 1
   */
  public static int limit(long told, int own) {
    return told <= 0 ? own : (int) Math.min(own, told);
  }

  private Batches() {}
}
