package io.linewright.ingest.app.read;

import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.page.PageCursor.Question;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What had been said of stored tags when the first page was asked for, as the cursor pins it. Each
 * is read once an answer, when it is needed.
 */
final class PinnedCorrections {

  private final Question question;
  private final ToLongFunction<Integer> newest;
  private final BiFunction<Integer, Long, Edition> reader;
  private final Map<Integer, Long> versions = new HashMap<>();
  private final Map<Integer, Edition> editions = new HashMap<>();

  /**
   * @param newest version of the last correction of a tag, for those that the cursor does not pin
   * @param reader what had been said of a tag up to a version
   */
  PinnedCorrections(
      Question question,
      ToLongFunction<Integer> newest,
      BiFunction<Integer, Long, Edition> reader) {
    this.question = question;
    this.newest = newest;
    this.reader = reader;
  }

  /** Version of the last correction of a tag that is shown. */
  long version(int tagId) {
    return question.shown().raw()
        ? Long.MAX_VALUE
        : versions.computeIfAbsent(
            tagId, id -> question.pinned(id).orElseGet(() -> newest.applyAsLong(id)));
  }

  /** What had been said of a tag; null if nothing, or if it does not count. */
  @Nullable Edition edition(int tagId) {
    return question.shown().raw() || version(tagId) == 0
        ? null
        : editions.computeIfAbsent(tagId, id -> reader.apply(id, version(id)));
  }
}
