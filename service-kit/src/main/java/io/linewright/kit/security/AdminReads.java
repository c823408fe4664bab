package io.linewright.kit.security;

import java.util.List;

/**
 * What only the role admin may read, in a service where everybody else reads the rest. A service
 * without such a bean has nothing of the kind.
 *
 * @param patterns paths, {@code *} for one segment
 */
public record AdminReads(List<String> patterns) {

  /** Nothing. */
  public static final AdminReads NONE = new AdminReads(List.of());

  public AdminReads {
    patterns = List.copyOf(patterns);
  }
}
