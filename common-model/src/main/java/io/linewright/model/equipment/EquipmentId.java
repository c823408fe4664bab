package io.linewright.model.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Immutable identity of a piece of equipment. It never changes, also when the machine moves.
 *
 * @param value a UUID, given in the gateway's file or derived from the first path
 */
public record EquipmentId(UUID value) {

  /** The identity of equipment that was never given one: a name-based UUID of its first path. */
  public static EquipmentId firstSeenAt(EquipmentPath path) {
    return new EquipmentId(
        UUID.nameUUIDFromBytes(("linewright:equipment:" + path).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The identity of equipment that was never given one and came to a path where other equipment was
   * before.
   */
  public static EquipmentId firstSeenAt(EquipmentPath path, Instant since) {
    return new EquipmentId(
        UUID.nameUUIDFromBytes(
            ("linewright:equipment:" + path + "@" + since).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * @throws IllegalArgumentException if the text is not a UUID
   */
  public static EquipmentId parse(String text) {
    return new EquipmentId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
