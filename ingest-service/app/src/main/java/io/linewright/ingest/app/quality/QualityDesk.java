package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges days: all tags each night, one when somebody asks. */
final class QualityDesk {

  private static final Logger LOG = LoggerFactory.getLogger(QualityDesk.class);
  private static final String SOURCE = "/ingest/data-quality";

  /** What the desk works with. */
  record Parts(
      QualityStore store,
      NightStore nights,
      QualityJudge judge,
      Registry registry,
      Outbox outbox,
      TransactionTemplate transaction,
      QualitySettings settings,
      InstantSource clock) {}

  private final Parts parts;
  private final QualityRules defaults;

  QualityDesk(Parts parts) {
    this.parts = parts;
    this.defaults = parts.settings().rules();
  }

  QualityRules rules(Tag tag) {
    return parts.store().rules(tag.id()).orElse(defaults);
  }

  QualityDay day(LocalDate day) {
    return QualityDay.of(day, parts.settings().zone(), parts.clock().instant());
  }

  /** Judges a tag now; nothing is stored. */
  QualityResult judge(Tag tag, QualityDay day) {
    return parts.judge().judge(tag, day, rules(tag), parts.store().firstSeen(tag.id()));
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
    List<Tag> tags =
        parts.registry().tags().stream()
            .filter(tag -> tag.id() > lastTag && tag.role() != TagRole.STAGE_COUNTER)
            .sorted(Comparator.comparingInt(Tag::id))
            .toList();
    for (Tag tag : tags) {
      for (int back = parts.settings().days() - 1; back >= 0; back--) {
        enter(tag, day(newest.minusDays(back)));
      }
      if (Thread.currentThread().isInterrupted() || !parts.nights().passed(newest, tag.id())) {
        return;
      }
    }
    parts.store().forget(newest.minusDays(parts.settings().kept()));
    parts.nights().done(newest);
  }

  /**
   * Judges a day that is over and enters what is new of it; days as they were are not read again. A
   * breach is told when it begins, and when it changes.
   */
  void enter(Tag tag, QualityDay day) {
    Optional<Judgement> before = parts.store().find(tag.id(), day.day());
    boolean asBefore =
        before
            .filter(known -> known.zone().equals(day.zone().getId()))
            .filter(known -> known.samples() == parts.judge().count(tag, day))
            .isPresent();
    if (asBefore) {
      return;
    }
    QualityResult result = judge(tag, day);
    boolean yetUnknown =
        result.samples() == 0 && !parts.store().firstSeen(tag.id()).isBefore(day.to());
    if (before.isEmpty() && (result.score().isEmpty() || yetUnknown)) {
      return;
    }
    int version = before.map(Judgement::version).orElse(0) + 1;
    List<String> breaches = QualityViews.names(result.breaches());
    List<String> told =
        before
            .or(() -> parts.store().find(tag.id(), day.day().minusDays(1)))
            .map(Judgement::breaches)
            .orElse(List.of());
    parts
        .transaction()
        .executeWithoutResult(
            status -> {
              parts.store().write(tag.id(), day, version, result, parts.clock().instant());
              if (!breaches.isEmpty() && !breaches.equals(told)) {
                tell(tag, day, version, result, breaches);
              }
            });
  }

  private void tell(
      Tag tag, QualityDay day, int version, QualityResult result, List<String> breaches) {
    parts
        .outbox()
        .add(
            Topic.MACHINE_EVENTS,
            EquipmentPath.parse(tag.path()).line().toString(),
            SOURCE,
            "%s@%s.%d".formatted(tag.key(), day.day(), version),
            EventTypes.DATA_QUALITY,
            day.to(),
            tag.path(),
            new DataQualityBreached(
                tag.path(),
                tag.name(),
                tag.owner(),
                day.day().toString(),
                day.zone().getId(),
                version,
                result.score().isPresent() ? (Double) result.score().getAsDouble() : null,
                breaches));
  }
}
