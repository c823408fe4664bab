package io.linewright.ingest.app.quality.day;

import io.linewright.ingest.aggregate.config.Stepping;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.quality.Life;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import io.linewright.ingest.quality.QualityTerms;
import io.linewright.ingest.quality.TagDay;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Judges what arrived under the address of a tag on a day, in the newest unit of the day. */
public final class QualityJudge {

  private final DayReader reader;
  private final LifeReader lives;

  public QualityJudge(JdbcClient jdbc) {
    this.reader = new DayReader(jdbc);
    this.lives = new LifeReader(jdbc);
  }

  /** Judges a day; nothing was expected of one without samples on which nothing was known to be. */
  public QualityResult judge(
      Tag tag, QualityDay day, Window window, QualityRules rules, Life life, Limit limit) {
    SeriesPlan plan = Series.of(tag).list(day.fromMicros(), day.untilMicros(), null);
    boolean held = life.minutes() > 0 && reader.held(tag.id(), day.fromMicros(), limit);
    TagDay judged = new TagDay(terms(tag, plan, window, life, held), rules);
    reader.read(
        tag.id(),
        plan.type(),
        day,
        limit,
        (sample, stored) -> judged.add(shown(plan, sample), stored));
    QualityResult result = judged.result();
    return result.samples() == 0 && !window.known() ? QualityResult.nothing(rules) : result;
  }

  /**
   * In which part of the day values of a tag are expected.
   *
   * @param firstSeen when something was known of the tag first
   */
  public Window window(Tag tag, QualityDay day, Instant firstSeen, Limit limit) {
    Optional<Window> placed = reader.placed(tag.path(), day, limit);
    long seen = ChronoUnit.MICROS.between(Instant.EPOCH, firstSeen);
    long from = placed.map(Window::fromMicros).orElse(day.fromMicros());
    long to = placed.map(Window::toMicros).orElse(day.untilMicros());
    boolean known = placed.isPresent() && seen < to;
    if (seen < to) {
      from = Math.max(from, seen);
    }
    return from < to
        ? new Window(from, to, known)
        : new Window(day.fromMicros(), day.untilMicros(), known);
  }

  /** Whether silence of a tag may mean that nothing has changed; a heartbeat always changes. */
  public boolean reportsByException(Tag tag) {
    return sampled(tag) && tag.role() != TagRole.HEARTBEAT;
  }

  /** When what sends under an address gave signs of life. */
  public Life life(String address, QualityDay day, Limit limit) {
    return lives.of(address, day, limit);
  }

  /** How many samples of the tag a day has. */
  public long count(Tag tag, QualityDay day) {
    return reader.count(tag.id(), day);
  }

  private static boolean sampled(Tag tag) {
    Long millis = tag.samplingMillis();
    return millis != null && millis > 0;
  }

  private static QualityTerms terms(
      Tag tag, SeriesPlan plan, Window window, Life life, boolean held) {
    Long millis = tag.samplingMillis();
    return new QualityTerms(
        window.fromMicros(),
        window.toMicros(),
        plan.type(),
        Stepping.byDefault(plan.type(), tag.role()),
        millis == null || millis <= 0 ? OptionalLong.empty() : OptionalLong.of(millis * 1_000),
        range(tag, plan),
        life,
        held);
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
