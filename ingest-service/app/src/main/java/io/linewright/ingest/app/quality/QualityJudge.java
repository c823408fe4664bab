package io.linewright.ingest.app.quality;

import io.linewright.ingest.aggregate.config.Stepping;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import io.linewright.ingest.quality.QualityTerms;
import io.linewright.ingest.quality.TagDay;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges what arrived under the address of a tag on a day, in the newest unit of the day. */
final class QualityJudge {

  private final DayReader reader;

  QualityJudge(DayReader reader) {
    this.reader = reader;
  }

  /**
   * Judges a day.
   *
   * @param firstSeen when something was known of the tag first; within the day, nothing is expected
   *     before
   */
  QualityResult judge(Tag tag, QualityDay day, QualityRules rules, Instant firstSeen) {
    SeriesPlan plan = Series.of(tag).list(day.fromMicros(), day.untilMicros(), null);
    TagDay judged = new TagDay(terms(tag, plan, day, firstSeen), rules);
    reader.read(
        tag.id(), plan.type(), day, (sample, stored) -> judged.add(shown(plan, sample), stored));
    return judged.result();
  }

  /** How many samples of the tag a day has. */
  long count(Tag tag, QualityDay day) {
    return reader.count(tag.id(), day);
  }

  private static QualityTerms terms(Tag tag, SeriesPlan plan, QualityDay day, Instant firstSeen) {
    Long millis = tag.samplingMillis();
    long seen = ChronoUnit.MICROS.between(Instant.EPOCH, firstSeen);
    return new QualityTerms(
        seen > day.fromMicros() && seen < day.untilMicros() ? seen : day.fromMicros(),
        day.untilMicros(),
        plan.type(),
        Stepping.byDefault(plan.type(), tag.role()),
        millis == null || millis <= 0 ? OptionalLong.empty() : OptionalLong.of(millis * 1_000),
        range(tag, plan));
  }

  /** The range is in the tag's present unit. */
  private static Optional<ValueRange> range(Tag tag, SeriesPlan plan) {
    Double low = tag.rangeLow();
    Double high = tag.rangeHigh();
    return low == null || high == null || low > high || !plan.unit().equals(tag.unit())
        ? Optional.empty()
        : Optional.of(new ValueRange(low, high));
  }

  private static Sample shown(SeriesPlan plan, Sample sample) {
    if (plan.parts().size() == 1) {
      return plan.parts().getFirst().mapping().apply(sample);
    }
    for (Part part : plan.parts()) {
      if (part.piece().overlaps(sample.sourceMicros(), sample.sourceMicros() + 1)) {
        return part.mapping().apply(sample);
      }
    }
    return sample;
  }
}
