package io.linewright.ingest.app.registry;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A tag as the registry knows it.
 *
 * @param id number of the tag in this installation
 * @param path equipment path
 * @param name name within the equipment
 * @param announced false while only its values have made it known
 */
public record Tag(
    int id,
    String path,
    String name,
    DataType type,
    String unit,
    TagRole role,
    @Nullable Double rangeLow,
    @Nullable Double rangeHigh,
    @Nullable Long samplingMillis,
    String dataClass,
    @Nullable String owner,
    boolean announced) {

  /** {@code path#name}. */
  public String key() {
    return path + "#" + name;
  }

  /** Whether the tag belongs to this equipment or to a part of it; null: to any. */
  public boolean under(@Nullable String equipment) {
    return equipment == null || under(path, equipment);
  }

  /** Whether the equipment at {@code path} is the one at {@code top} or a part of it. */
  public static boolean under(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }
}
