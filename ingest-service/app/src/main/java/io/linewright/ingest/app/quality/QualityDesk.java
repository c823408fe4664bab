package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.QualityPlaces.Subject;
import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.quality.day.Limit;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.app.quality.day.QualityJudge;
import io.linewright.ingest.app.quality.day.Window;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.ingest.quality.Life;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.EventTypes;
import io.linewright.model.historian.DataQualityBreached;
import io.linewright.model.topic.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges days: all tags each night, one when somebody asks. */
final class QualityDesk {

  private static final Logger LOG = LoggerFactory.getLogger(QualityDesk.class);
  private static final String SOURCE = "/ingest/data-quality";

  /** Lives of devices that a night remembers, 200 bytes each. */
  private static final int MOST_LIVES = 10_000;

  /** What the desk works with. */
  record Parts(
      QualityStore store,
      RuleStore rules,
      NightStore nights,
      QualityJudge judge,
      QualityPlaces places,
      Registry registry,
      Retained retained,
      Outbox outbox,
      TransactionTemplate transaction,
      QualitySettings settings,
      InstantSource clock) {}

  /** A day as it is judged, and what it was judged by. */
  record Judged(QualityResult result, Window window, Life life) {}

  private record DeviceDay(String address, LocalDate day) {}

  private final Parts parts;
  private final QualityRules defaults;

  QualityDesk(Parts parts) {
    this.parts = parts;
    this.defaults = parts.settings().rules();
  }

  /** The bounds of a tag; those of the configuration if it has none of its own. */
  QualityRules rules(Subject subject) {
    return parts.rules().of(parts.places().stored(subject)).orElse(defaults);
  }

  QualityDay day(LocalDate day) {
    return QualityDay.of(day, parts.settings().zone(), parts.clock().instant());
  }

  /**
   * Why a day cannot be judged any more: some of its samples have gone, or may at any time; null if
   * it can.
   */
  @Nullable String gone(Tag tag, QualityDay day) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().instant());
    long from = parts.retained().from(tag, now);
    return day.fromMicros() < from ? Retained.reason(tag, from) : null;
  }

  /** Judges a tag now; nothing is stored. */
  Judged judge(Tag tag, QualityDay day, Limit limit) {
    boolean byException = parts.judge().reportsByException(tag);
    return judge(
        tag, day, byException ? parts.judge().life(tag.path(), day, limit) : Life.UNKNOWN, limit);
  }

  private Judged judge(Tag tag, QualityDay day, Life life, Limit limit) {
    Instant firstSeen = parts.store().firstSeen(tag.id());
    Window window = parts.judge().window(tag, day, firstSeen, limit);
    QualityRules rules = rules(parts.places().shown(tag, window.lastMicros()));
    return new Judged(parts.judge().judge(tag, day, window, rules, life, limit), window, life);
  }

  /** Judges the days before, if it is time and nobody else does; called again and again. */
  void look() {
    Instant now = parts.clock().instant();
    LocalDate day =
        now.minus(parts.settings().after())
            .atZone(parts.settings().zone())
            .toLocalDate()
            .minusDays(1);
    OptionalInt last = parts.nights().take(day);
    if (last.isPresent()) {
      night(day, last.getAsInt());
    }
  }

  private void night(LocalDate newest, int lastTag) {
    LOG.info("Data quality up to {} is judged", newest);
    parts.registry().refresh();
    List<Integer> tags =
        parts.registry().tags().stream()
            .filter(tag -> tag.id() > lastTag && tag.role() != TagRole.STAGE_COUNTER)
            .map(Tag::id)
            .sorted()
            .toList();
    Map<DeviceDay, Life> lives = new HashMap<>();
    for (int id : tags) {
      parts.registry().refresh();
      Tag tag = parts.registry().byId(id);
      for (int back = parts.settings().days() - 1; back >= 0 && tag != null; back--) {
        QualityDay day = day(newest.minusDays(back));
        if (gone(tag, day) == null) {
          enter(tag, day, life(tag, day, lives));
        }
      }
      if (Thread.currentThread().isInterrupted() || !parts.nights().passed(newest, id)) {
        return;
      }
    }
    parts.store().forget(newest.minusDays(parts.settings().kept()));
    parts.nights().done(newest);
  }

  private Life life(Tag tag, QualityDay day, Map<DeviceDay, Life> lives) {
    if (!parts.judge().reportsByException(tag)) {
      return Life.UNKNOWN;
    }
    if (lives.size() >= MOST_LIVES) {
      lives.clear();
    }
    return lives.computeIfAbsent(
        new DeviceDay(tag.path(), day.day()),
        device -> parts.judge().life(tag.path(), day, Limit.NONE));
  }

  /**
   * Judges a day that is over, with all its samples, and enters what is new of it; days as they
   * were are not read again. A breach is told when it begins, when it changes and when it ends.
   */
  private void enter(Tag tag, QualityDay day, Life life) {
    Optional<Judgement> before = parts.store().find(tag.id(), day.day());
    boolean asBefore =
        before
            .filter(known -> known.zone().equals(day.zone().getId()))
            .filter(known -> Integer.valueOf(life.minutes()).equals(known.aliveMinutes()))
            .filter(known -> known.samples() == parts.judge().count(tag, day))
            .isPresent();
    if (asBefore) {
      return;
    }
    Judged judged = judge(tag, day, life, Limit.NONE);
    QualityResult result = judged.result();
    if (before.isEmpty() && result.score().isEmpty()) {
      return;
    }
    int version = before.map(Judgement::version).orElse(0) + 1;
    List<String> breaches = QualityViews.names(result.breaches());
    Subject subject = parts.places().shown(tag, judged.window().lastMicros());
    long untilMicros = judged.window().toMicros();
    Instant until = Instant.EPOCH.plus(untilMicros, ChronoUnit.MICROS);
    List<String> told =
        before.or(() -> last(subject, day.day(), until)).map(Judgement::breaches).orElse(List.of());
    parts
        .transaction()
        .executeWithoutResult(
            status -> {
              parts
                  .store()
                  .write(
                      tag.id(),
                      day,
                      version,
                      result,
                      life.minutes(),
                      untilMicros,
                      parts.clock().instant());
              if (!breaches.equals(told)) {
                Double score =
                    result.score().isPresent() ? (Double) result.score().getAsDouble() : null;
                tell(subject, day, version, score, breaches);
                tellNext(subject, day.day(), until, told);
              }
            });
  }

  /** The judgement before one, of a tag wherever its equipment was. */
  private Optional<Judgement> last(Subject subject, LocalDate day, Instant until) {
    return parts.store().before(parts.places().everywhere(subject), day, until).stream()
        .filter(one -> parts.places().isOf(subject, one.tagId(), end(one)))
        .max(Comparator.comparing(this::end));
  }

  /** The one after was not told because it was as this one had been. */
  private void tellNext(Subject subject, LocalDate day, Instant until, List<String> told) {
    parts.store().after(parts.places().everywhere(subject), day, until).stream()
        .filter(one -> parts.places().isOf(subject, one.tagId(), end(one)))
        .min(Comparator.comparing(this::end))
        .filter(next -> next.breaches().equals(told))
        .ifPresent(
            next -> {
              Tag tag = parts.registry().byId(next.tagId());
              if (tag != null) {
                tell(
                    new Subject(tag, subject.path()),
                    day(next.day()),
                    next.version(),
                    next.score(),
                    next.breaches());
              }
            });
  }

  /** End of the time in which values were expected, which old judgements do not tell. */
  private Instant end(Judgement one) {
    Instant until = one.until();
    return until == null ? day(one.day()).until() : until;
  }

  private void tell(
      Subject subject, QualityDay day, int version, @Nullable Double score, List<String> breaches) {
    Tag tag = subject.tag();
    parts
        .outbox()
        .add(
            Topic.MACHINE_EVENTS,
            EquipmentPath.parse(subject.path()).line().toString(),
            SOURCE,
            "%s@%s.%d".formatted(tag.key(), day.day(), version),
            EventTypes.DATA_QUALITY,
            day.to(),
            subject.path(),
            new DataQualityBreached(
                subject.path(),
                tag.name(),
                tag.owner(),
                day.day().toString(),
                day.zone().getId(),
                version,
                score,
                breaches));
  }
}
