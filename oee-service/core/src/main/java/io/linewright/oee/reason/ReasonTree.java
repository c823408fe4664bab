package io.linewright.oee.reason;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reasons that a machine's stops may have. Only leaves are given as reasons; those above them
 * group them.
 *
 * @param name of the tree, for people
 * @param reasons in the order in which people see them
 * @param signals what a machine's tag may say, by the text that it sends, to codes of leaves
 * @param sticky whether a signal that was said before a stop is its reason until the machine says
 *     another: a tag that is never reset otherwise gives each stop the reason of the one before
 */
public record ReasonTree(
    String name, List<Reason> reasons, Map<String, String> signals, boolean sticky) {

  /** No reason. */
  public static final ReasonTree EMPTY = new ReasonTree("", List.of(), Map.of(), false);

  /**
   * @throws IllegalArgumentException if a code is there twice, a parent is missing or below its own
   *     child, or a signal names no leaf
   */
  public ReasonTree {
    reasons = List.copyOf(reasons);
    signals = Map.copyOf(signals);
    Map<String, Reason> byCode = new HashMap<>();
    Set<String> parents = new HashSet<>();
    for (Reason reason : reasons) {
      if (byCode.put(reason.code(), reason) != null) {
        throw new IllegalArgumentException("there are two reasons " + reason.code());
      }
      if (reason.parent() != null) {
        parents.add(reason.parent());
      }
    }
    for (Reason reason : reasons) {
      requireTop(reason, byCode);
    }
    for (Map.Entry<String, String> signal : signals.entrySet()) {
      if (!byCode.containsKey(signal.getValue()) || parents.contains(signal.getValue())) {
        throw new IllegalArgumentException(
            "signal '%s' names %s, which is no leaf of tree %s"
                .formatted(signal.getKey(), signal.getValue(), name));
      }
    }
  }

  /** The reason of a code; empty if there is none. */
  public Optional<Reason> byCode(String code) {
    return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
  }

  /**
   * The reason that a machine means by a text, without spaces around it; empty if none is known.
   */
  public Optional<Reason> bySignal(String text) {
    return Optional.ofNullable(signals.get(text.strip())).flatMap(this::byCode);
  }

  /** Whether there is such a reason, and none below it. */
  public boolean isLeaf(String code) {
    return byCode(code).isPresent()
        && reasons.stream().noneMatch(reason -> code.equals(reason.parent()));
  }

  /** The reasons from the top to that one; empty if there is no such reason. */
  public List<Reason> path(String code) {
    Deque<Reason> path = new ArrayDeque<>();
    Optional<Reason> next = byCode(code);
    while (next.isPresent()) {
      path.addFirst(next.get());
      next = Optional.ofNullable(next.get().parent()).flatMap(this::byCode);
    }
    return List.copyOf(path);
  }

  private static void requireTop(Reason reason, Map<String, Reason> byCode) {
    Reason at = reason;
    for (int depth = 0; at.parent() != null; depth++) {
      Reason above = byCode.get(at.parent());
      if (above == null || depth > byCode.size()) {
        throw new IllegalArgumentException(
            "reason %s is below %s, which %s"
                .formatted(
                    at.code(), at.parent(), above == null ? "is not there" : "is below itself"));
      }
      at = above;
    }
  }
}
