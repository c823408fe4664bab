package io.linewright.ingest.live;

import java.util.List;
import java.util.Set;

/**
 * Which tags a live stream shows: those that are named, and those of some equipment and of its
 * parts, also of parts that are not known yet. Without any of both: all.
 *
 * @param equipment paths, each with everything below it
 * @param tags each {@code path#name}
 */
public record LiveScope(List<String> equipment, Set<String> tags) {

  public LiveScope {
    equipment = List.copyOf(equipment);
    tags = Set.copyOf(tags);
  }

  /**
   * Whether it shows this tag.
   *
   * @param path equipment of the tag
   * @param key {@code path#name}
   */
  public boolean includes(String path, String key) {
    if (equipment.isEmpty() && tags.isEmpty()) {
      return true;
    }
    for (String top : equipment) {
      if (path.startsWith(top)
          && (path.length() == top.length() || path.charAt(top.length()) == '/')) {
        return true;
      }
    }
    return tags.contains(key);
  }
}
