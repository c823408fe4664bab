package io.linewright.ingest.app.registry;

import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.Timeline;
import io.linewright.ingest.registry.Timeline.Owned;
import io.linewright.ingest.registry.Timeline.Seen;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tags by name and number, and where their equipment was, in memory; the tables behind it decide.
 * Only what has committed is in memory, so that a rollback leaves nothing to forget.
 */
public final class Registry {

  /** How long a change by another instance may stay unseen by readers. */
  private static final long FRESH_MILLIS = 200;

  /** How long values wait for the announcement of their new type, and how often one may. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration BETWEEN_WAITS = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private static final Comparator<Tag> BY_KEY = Comparator.comparing(Tag::key);

  /** A tag as it is shown, and since when its values came by its address last. */
  private record Listed(Tag tag, long sinceMicros) {

    Listed newer(Listed other) {
      return other.sinceMicros > sinceMicros ? other : this;
    }
  }

  private final RegistryStore store;
  private final PlaceStore places;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final Map<String, Map<String, Tag>> byName = new ConcurrentHashMap<>();
  private final Map<Integer, Tag> byId = new ConcurrentHashMap<>();
  private volatile Timeline timeline = Timeline.EMPTY;
  private volatile long revision = -1;
  private volatile long checkedMillis;
  private volatile Instant nextWait = Instant.EPOCH;

  Registry(
      RegistryStore store,
      PlaceStore places,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.store = store;
    this.places = places;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Reads all tags and places; before the first value comes in, and when something has changed. */
  public synchronized void load() {
    long read = places.revision();
    timeline = Timeline.of(places.moved());
    store.allTags().forEach(this::put);
    revision = read;
  }

  /** Takes over what another instance has changed; for readers, before they look. */
  public void refresh() {
    long now = clock.millis();
    if (Math.abs(now - checkedMillis) >= FRESH_MILLIS) {
      checkedMillis = now;
      if (places.revision() != revision) {
        load();
      }
    }
  }

  /** Rises with every change of places, types or units that is known here. */
  public long revision() {
    return revision;
  }

  /**
   * The tag of a series of values. One that nobody has announced yet is registered by what the
   * values say of themselves, in a transaction of its own: harmless if the values do not follow.
   *
   * @param newestMicros the latest source time among the values, microseconds since the epoch
   */
  public Tag resolve(
      EquipmentPath path,
      String pathText,
      String name,
      DataType type,
      TagRole role,
      long newestMicros) {
    Tag known = atAddress(pathText, name);
    if (known != null) {
      return settled(known, type, newestMicros) ? known : announcedAs(known, type, newestMicros);
    }
    AtomicBoolean changes = new AtomicBoolean();
    Tag registered =
        transaction.execute(
            status -> {
              places.lock();
              if (places.ensure(path, EquipmentMoves.exact(clock.instant()))) {
                places.changed();
                changes.set(true);
              }
              return store.register(pathText, name, type, role);
            });
    put(registered);
    if (changes.get()) {
      load();
    }
    return registered;
  }

  /** Whether the values are of the type of their time, or no announcement can make them so. */
  private static boolean settled(Tag tag, DataType type, long newestMicros) {
    return tag.versionAt(newestMicros).type() == type || !tag.mayChangeAt(newestMicros);
  }

  /**
   * Values of another type than the tag has at their time may be ahead of the announcement that
   * changes it, also if it had their type before: both come by topics of their own. It is waited
   * for a little; not often, because somebody may send wrong values all the time.
   */
  private Tag announcedAs(Tag known, DataType type, long newestMicros) {
    Instant begin = clock.instant();
    boolean mayWait = !begin.isBefore(nextWait);
    while (true) {
      Tag stored = store.find(known.path(), known.name()).orElse(known);
      if (settled(stored, type, newestMicros)) {
        put(stored);
        return stored;
      }
      if (!mayWait || clock.instant().isAfter(begin.plus(PATIENCE))) {
        nextWait = mayWait ? clock.instant().plus(BETWEEN_WAITS) : nextWait;
        return stored;
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return stored;
      }
    }
  }

  /**
   * The tag whose values arrive under {@code path#name}, also if another instance has registered
   * it; empty if unknown.
   */
  public Optional<Tag> find(String path, String name) {
    Tag known = atAddress(path, name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Tag> stored = store.find(path, name);
    stored.ifPresent(this::put);
    return stored;
  }

  /** The id of the equipment that is at this path now; empty if there is none. */
  public Optional<UUID> equipmentAt(String path) {
    return places.atPath(path).map(Placement::id);
  }

  /** The present path of equipment; empty if it is not known, or is nowhere now. */
  public Optional<String> pathOf(UUID equipment) {
    return places.now(equipment).map(Placement::path);
  }

  /** The path under which values of the equipment at a path arrive now. */
  public String addressOf(String path) {
    return timeline.addressNow(path);
  }

  /**
   * The tag at the present place of its equipment, to be written to; a path at which it was before
   * does not name it.
   *
   * @return the tag under the path by which its gateway knows it
   * @throws RefusedException not found, if there is none
   */
  public Tag require(TagKey key) {
    refresh();
    String path = key.equipment().toString();
    String address = timeline.addressNow(path);
    return Optional.of(address)
        .filter(one -> timeline.pathNow(one).equals(path))
        .flatMap(one -> find(one, key.name().value()))
        .orElseThrow(() -> unknown(key));
  }

  /**
   * All that is stored of a tag.
   *
   * @param asWas true: whatever was at that place; false: the equipment that is there, or was last,
   *     with its past elsewhere
   * @throws RefusedException not found, if nothing is known by that name
   */
  public Series series(TagKey key, boolean asWas) {
    return known(key, asWas).orElseThrow(() -> unknown(key));
  }

  /** The same; empty if nothing is known by that name. */
  public Optional<Series> known(TagKey key, boolean asWas) {
    Timeline places = timeline;
    learn(List.of(key), asWas, places);
    return inMemory(key, asWas, places);
  }

  /** All that is stored of those of these tags of which something is known, as is. */
  public Map<TagKey, Series> known(List<TagKey> keys) {
    Timeline places = timeline;
    learn(keys, false, places);
    Map<TagKey, Series> known = new HashMap<>();
    for (TagKey key : keys) {
      inMemory(key, false, places).ifPresent(series -> known.put(key, series));
    }
    return known;
  }

  /**
   * All that is stored of a tag as is, without a look for what another instance has registered a
   * moment ago; empty if nothing is known by that name.
   */
  public Optional<Series> inMemory(TagKey key) {
    return inMemory(key, false, timeline);
  }

  private Optional<Series> inMemory(TagKey key, boolean asWas, Timeline places) {
    String path = key.equipment().toString();
    Series.Builder series = new Series.Builder();
    for (Stretch stretch : stretches(path, asWas, places)) {
      Tag tag = atAddress(stretch.address(), key.name().value());
      if (tag != null) {
        series.add(tag, stretch);
      }
    }
    return series.build(asWas ? path : places.presentPath(path));
  }

  /** Looks for tags that another instance has registered; for all in one statement. */
  private void learn(List<TagKey> keys, boolean asWas, Timeline places) {
    List<String> addresses = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (TagKey key : keys) {
      String name = key.name().value();
      for (Stretch stretch : stretches(key.equipment().toString(), asWas, places)) {
        if (atAddress(stretch.address(), name) == null) {
          addresses.add(stretch.address());
          names.add(name);
        }
      }
    }
    if (!names.isEmpty()) {
      store.find(addresses, names).forEach(this::put);
    }
  }

  private static List<Stretch> stretches(String path, boolean asWas, Timeline places) {
    return asWas ? places.asWas(path) : places.asIs(path);
  }

  /** The tag whose values arrive under {@code path#name}; null if it is not in memory. */
  private @Nullable Tag atAddress(String path, String name) {
    Map<String, Tag> ofDevice = byName.get(path);
    return ofDevice == null ? null : ofDevice.get(name);
  }

  /** All tags under the paths of their equipment, ordered by {@code path#name}; at: null is now. */
  public List<Tag> shown(@Nullable Instant at) {
    Timeline places = timeline;
    return at == null
        ? shownNow(places)
        : shownAt(places, ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  /**
   * As is: equipment has the tags of all addresses that it ever had, also of one that others have
   * now. Of several tags of one name the one of its newest address is shown.
   */
  private List<Tag> shownNow(Timeline places) {
    Map<String, List<Seen>> seen = new HashMap<>();
    Map<String, Listed> byKey = new HashMap<>();
    for (Tag tag : byId.values()) {
      for (Seen one : seen.computeIfAbsent(tag.path(), places::seenNow)) {
        Tag shown = tag.until(one.last().toMicros()).at(one.path());
        byKey.merge(shown.key(), new Listed(shown, one.last().fromMicros()), Listed::newer);
      }
    }
    return byKey.values().stream().map(Listed::tag).sorted(BY_KEY).toList();
  }

  /** As was: a tag whose values of the instant would be seen nowhere is not listed. */
  private List<Tag> shownAt(Timeline places, long micros) {
    Map<String, Optional<String>> seen = new HashMap<>();
    List<Tag> shown = new ArrayList<>();
    for (Tag tag : byId.values()) {
      seen.computeIfAbsent(tag.path(), path -> Optional.ofNullable(places.seenAt(path, micros)))
          .ifPresent(path -> shown.add(tag.at(path)));
    }
    shown.sort(BY_KEY);
    return shown;
  }

  /** Whose values under an address are at every time: ascending, without gaps. */
  public List<Owned> owners(String address) {
    return timeline.owners(address);
  }

  /** The present path of the equipment whose a value under an address is. */
  public String pathOf(String address, long micros) {
    return timeline.pathNow(address, micros);
  }

  /** The tag of that number under the path of the equipment whose a value of that time is. */
  public @Nullable Tag shown(int id, long micros) {
    Tag tag = byId.get(id);
    return tag == null ? null : tag.at(timeline.pathNow(tag.path(), micros));
  }

  /** The tag of that number under the present path of its equipment; null if there is none. */
  public @Nullable Tag shown(int id) {
    Tag tag = byId.get(id);
    return tag == null ? null : tag.at(timeline.pathNow(tag.path()));
  }

  /** The tag of that number; null if there is none. */
  public @Nullable Tag byId(int id) {
    return byId.get(id);
  }

  /** All tags under the paths under which their values arrive, in no particular order. */
  public Collection<Tag> tags() {
    return byId.values();
  }

  void put(Tag tag) {
    byId.put(tag.id(), tag);
    byName.computeIfAbsent(tag.path(), path -> new ConcurrentHashMap<>()).put(tag.name(), tag);
  }

  /** How a name of which nothing is known is refused. */
  public static RefusedException unknown(TagKey key) {
    return new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + key);
  }
}
