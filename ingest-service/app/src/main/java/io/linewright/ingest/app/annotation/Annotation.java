package io.linewright.ingest.app.annotation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of an annotation.
 *
 * @param version 1, 2, …; the highest counts
 * @param subject whose it is
 * @param text null: deleted with this version
 * @param author who wrote the first version
 * @param changedBy who wrote this one
 */
record Annotation(
    UUID id,
    int version,
    Subject subject,
    Stretch time,
    @Nullable String text,
    String author,
    long createdMicros,
    String changedBy,
    long changedMicros) {

  /**
   * A tag, or else equipment.
   *
   * @param path present path of the equipment, also of the tag's; of a tag as it is stored the path
   *     under which its values arrive; null: it is nowhere now
   * @param tagName name of the tag; null: the equipment itself is meant
   */
  record Subject(
      @Nullable Integer tagId,
      @Nullable UUID equipmentId,
      @Nullable String path,
      @Nullable String tagName) {}

  /**
   * A stretch of time, or an instant.
   *
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, included; not before the begin
   */
  record Stretch(long fromMicros, long toMicros) {

    /**
     * @throws IllegalArgumentException if the end lies before the begin
     */
    Stretch {
      if (toMicros < fromMicros) {
        throw new IllegalArgumentException("to must not lie before from");
      }
    }
  }

  /** The same about something else. */
  Annotation about(Subject other) {
    return new Annotation(
        id, version, other, time, text, author, createdMicros, changedBy, changedMicros);
  }

  /** The next version, by somebody else or the same. */
  Annotation changed(Stretch otherTime, @Nullable String otherText, String by, long nowMicros) {
    return new Annotation(
        id, version + 1, subject, otherTime, otherText, author, createdMicros, by, nowMicros);
  }
}
