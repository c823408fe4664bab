package io.linewright.ingest.app.align;

import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.model.equipment.TagKey;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Which tags a client wants side by side, and on which axis.
 *
 * @param stepMicros distance of the instants from the begin of the range on; 0: the union of the
 *     tags' own
 * @param limit most rows, for the union
 */
record AlignQuestion(
    List<TagKey> tags, TimeRange range, long stepMicros, int limit, FillQuestion fill) {

  static final int MAX_TAGS = 50;

  /** Most values in an answer: instants times tags. */
  static final int MAX_VALUES = 100_000;

  private static final int DEFAULT_LIMIT = 1_000;

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is wrong or asks for too much
   */
  static AlignQuestion of(Parameters parameters) {
    List<TagKey> tags = parameters.tags(MAX_TAGS);
    TimeRange range = parameters.range();
    String step = parameters.one("step");
    String axis = parameters.one("axis");
    if ((step == null) == (axis == null) || (axis != null && !axis.equals("union"))) {
      throw new IllegalArgumentException(
          "write either %s or %s"
              .formatted(parameters.written("step", "PT10S"), parameters.written("axis", "union")));
    }
    FillQuestion fill = FillQuestion.of(parameters);
    int most = MAX_VALUES / tags.size();
    if (step == null) {
      int limit = parameters.whole("limit", Math.min(DEFAULT_LIMIT, most), 1, most);
      return new AlignQuestion(tags, range, 0, limit, fill);
    }
    if (parameters.one("limit") != null) {
      throw new IllegalArgumentException(
          "limit belongs to %s; with step the range says how many rows come"
              .formatted(parameters.written("axis", "union")));
    }
    long micros = parameters.micros("step", step);
    long instants = Math.ceilDiv(range.toMicros() - range.fromMicros(), micros);
    if (instants > most) {
      throw new IllegalArgumentException(
          "an answer has at most %d values; with %d tags that are %d instants, not %d. Ask for longer steps, a shorter range or fewer tags"
              .formatted(MAX_VALUES, tags.size(), most, instants));
    }
    return new AlignQuestion(tags, range, micros, (int) instants, fill);
  }

  boolean union() {
    return stepMicros == 0;
  }

  /** The instants, if they are not the tags' own. */
  PrimitiveIterator.OfLong instants() {
    return LongStream.range(0, limit).map(i -> range.fromMicros() + i * stepMicros).iterator();
  }
}
