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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

  /**
   * Place in a list: how a judgement is shown, or its day, and the number of its stored tag. Two
   * stored tags may be shown alike on the day on which their equipment moved.
   */
  record Place(String key, int id) implements Comparable<Place> {

    /**
     * A place by its text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Place parse(String cursor) {
      int divider = cursor.lastIndexOf(' ');
      try {
        return new Place(
            cursor.substring(0, Math.max(divider, 0)),
            Integer.parseInt(cursor.substring(divider + 1)));
      } catch (NumberFormatException notOurs) {
        throw new IllegalArgumentException("cursor is not one of this service", notOurs);
      }
    }

    private String path() {
      return key.substring(0, key.indexOf('#'));
    }

    @Override
    public int compareTo(Place other) {
      int order = key.compareTo(other.key);
      return order == 0 ? Integer.compare(id, other.id) : order;
    }

    @Override
    public String toString() {
      return key + " " + id;
    }
  }

  /**
   * Which stored tags have the judgements of a tag.
   *
   * @param key how it is shown now
   */
  record Past(String key, List<Integer> tagIds) {}

  /**
   * All places of judgements of a day.
   *
   * @param revision of the registry
   * @param tags how many there were
   */
  private record Index(long revision, int tags, List<Place> places) {}

  private final Registry registry;
  private volatile Index index = new Index(Long.MIN_VALUE, 0, List.of());

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
    Subject shown = shown(tagId, until);
    return shown != null && shown.path().equals(subject.path());
  }

  /**
   * A stored tag as a judgement of it is shown; null if there is none.
   *
   * @param until end of the time in which values were expected
   */
  @Nullable Subject shown(int tagId, Instant until) {
    Tag tag = registry.byId(tagId);
    return tag == null ? null : shown(tag, last(until));
  }

  /**
   * All of a tag, wherever its equipment was.
   *
   * @throws RefusedException not found, if nothing is known by that name
   */
  Past past(TagKey key) {
    refresh();
    Series series = registry.series(key, false);
    return new Past(
        series.tag().key(), series.sources().stream().map(Source::tagId).distinct().toList());
  }

  /**
   * Where judgements of a day may be in its list, in order; they are there if they are shown so.
   *
   * @param top path at and below which; null: everywhere
   * @param after behind which; null: from the begin on
   */
  Iterator<Place> places(@Nullable String top, @Nullable Place after) {
    List<Place> all = places();
    int found = after == null ? -1 : Collections.binarySearch(all, after);
    return all.subList(found < 0 ? -found - 1 : found + 1, all.size()).stream()
        .filter(one -> top == null || Tag.under(one.path(), top))
        .iterator();
  }

  /** Made anew when something has moved or come. */
  private List<Place> places() {
    Index known = index;
    long revision = registry.revision();
    Collection<Tag> tags = registry.tags();
    int count = tags.size();
    if (known.revision() != revision || known.tags() != count) {
      known = new Index(revision, count, tags.stream().flatMap(this::placesOf).sorted().toList());
      index = known;
    }
    return known.places();
  }

  private Stream<Place> placesOf(Tag tag) {
    return registry.owners(tag.path()).stream()
        .map(owned -> registry.pathOf(tag.path(), owned.stretch().fromMicros()))
        .distinct()
        .map(path -> new Place(path + "#" + tag.name(), tag.id()));
  }

  private boolean isShownAt(int id, String path) {
    Tag now = registry.shown(id);
    return now != null && now.path().equals(path);
  }

  private boolean isBelow(Judged one, @Nullable String top) {
    Subject subject = shown(one.tagId(), one.until());
    return subject != null && (top == null || Tag.under(subject.path(), top));
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
    List<Judged> tags = judged.stream().filter(one -> isBelow(one, top)).toList();
    for (Judged one : tags) {
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
