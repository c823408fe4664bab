package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.QualityStore.Address;
import io.linewright.ingest.app.quality.QualityStore.Judged;
import io.linewright.ingest.app.quality.QualityStore.PlantDay;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose judgements are while equipment moves. A judgement is kept with the stored tag, that is with
 * an address and a day; it belongs to whom the values at the end of that day, or of the time in it
 * in which some were expected, belong.
 */
final class QualityPlaces {

  /**
   * A stored tag, and how it is shown.
   *
   * @param path present path of its equipment
   */
  record Subject(Tag tag, String path) {

    /** {@code path#name}. */
    String key() {
      return path + "#" + tag.name();
    }
  }

  /** A judgement with its tag. */
  record Shown(Subject subject, Judged judged) {}

  private final Registry registry;

  QualityPlaces(Registry registry) {
    this.registry = registry;
  }

  /** Takes over what another instance has changed; before anything else of an answer. */
  void refresh() {
    registry.refresh();
  }

  /**
   * The stored tag that has the values of a day, the last one if there are several.
   *
   * @throws RefusedException not found, if nothing is known by that name
   * @throws IllegalArgumentException if it has no values of that day
   */
  Subject subject(TagKey key, QualityDay day) {
    refresh();
    Series series = registry.series(key, false);
    for (Source one : series.sources().reversed()) {
      Tag tag = registry.byId(one.tagId());
      if (tag != null
          && one.fromMicros() < day.untilMicros()
          && one.toMicros() > day.fromMicros()) {
        return new Subject(tag, series.tag().path());
      }
    }
    throw new IllegalArgumentException(
        "day: %s was nowhere on %s, or its equipment was".formatted(key, day.day()));
  }

  /**
   * A tag that may be changed, under its present path only.
   *
   * @throws RefusedException not found, if nothing is known by that name
   */
  Subject present(TagKey key) {
    return new Subject(registry.require(key), key.equipment().toString());
  }

  /** A stored tag as it is shown for a value of that time. */
  Subject shown(Tag tag, long micros) {
    return new Subject(tag, registry.pathOf(tag.path(), micros));
  }

  /**
   * All stored tags that are shown as that one now, whose bounds are the same; the newest first.
   * Those of an address to which other equipment has come since are that equipment's.
   */
  List<Integer> stored(Subject subject) {
    return everywhere(subject).stream()
        .filter(id -> id == subject.tag().id() || isShownAt(id, subject.path()))
        .toList();
  }

  /** All stored tags that ever had values of that one; the newest first. */
  List<Integer> everywhere(Subject subject) {
    Tag tag = subject.tag();
    if (registry.owners(tag.path()).size() == 1 && subject.path().equals(tag.path())) {
      return List.of(tag.id());
    }
    Set<Integer> ids = new LinkedHashSet<>();
    try {
      TagKey key = new TagKey(EquipmentPath.parse(subject.path()), new TagName(tag.name()));
      registry.series(key, false).sources().reversed().stream()
          .map(Source::tagId)
          .forEach(ids::add);
    } catch (RefusedException nowhere) {
      // Something else is at its last place
    }
    ids.add(tag.id());
    return List.copyOf(ids);
  }

  /** Whether values of a stored tag at that time are shown as that one. */
  boolean isOf(Subject subject, int tagId, Instant until) {
    Tag tag = registry.byId(tagId);
    return tag != null && shown(tag, last(until)).path().equals(subject.path());
  }

  private boolean isShownAt(int id, String path) {
    Tag now = registry.shown(id);
    return now != null && now.path().equals(path);
  }

  /** What was judged, at and below a path, ordered by how it is shown. */
  List<Shown> below(List<Judged> judged, @Nullable String top) {
    List<Shown> shown = new ArrayList<>();
    for (Judged one : judged) {
      Tag tag = registry.byId(one.tagId());
      if (tag != null) {
        Subject subject = shown(tag, last(one.until()));
        if (top == null || Tag.under(subject.path(), top)) {
          shown.add(new Shown(subject, one));
        }
      }
    }
    shown.sort(
        Comparator.<Shown, String>comparing(one -> one.subject().key())
            .thenComparingInt(one -> one.judged().tagId()));
    return shown;
  }

  /** The plant on a day, or what is at and below a path now. */
  PlantDay plant(List<Address> addresses, List<Judged> judged, @Nullable String top) {
    Map<String, Boolean> assets = new HashMap<>();
    for (Address one : addresses) {
      String path = registry.pathOf(one.address(), last(one.until()));
      if (top == null || Tag.under(path, top)) {
        assets.merge(path, one.connected(), Boolean::logicalOr);
      }
    }
    long breached = 0;
    double there = 0;
    long expected = 0;
    List<Shown> tags = below(judged, top);
    for (Shown tag : tags) {
      Judged one = tag.judged();
      breached += one.breached() ? 1 : 0;
      expected += one.expected();
      there += one.completeness() * one.validity() * one.expected();
    }
    return new PlantDay(
        tags.size(),
        assets.size(),
        assets.values().stream().filter(connected -> connected).count(),
        expected == 0 ? null : (Double) (there / expected),
        breached);
  }

  private static long last(Instant until) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, until) - 1;
  }
}
