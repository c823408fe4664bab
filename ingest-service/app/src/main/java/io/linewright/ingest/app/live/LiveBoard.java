package io.linewright.ingest.app.live;

import io.linewright.ingest.app.read.SampleJson;
import io.linewright.ingest.app.read.ShownValues;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.live.LiveScope;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last values as live streams see them: copied from {@link LastValues} by whoever comes first,
 * twice an interval at most, so that 500 clients do not queue where the historian enters what it
 * has stored. A value is made into JSON once, for all clients.
 */
final class LiveBoard {

  /** A value that is shown. */
  static final class Shown {
    private final Tag tag;
    private final LastValue value;
    private final long number;
    private volatile byte @Nullable [] text;

    private Shown(Tag tag, LastValue value, long number) {
      this.tag = tag;
      this.value = value;
      this.number = number;
    }

    LastValue value() {
      return value;
    }

    /** Whether its equipment, which need not have the address any more, is among these. */
    boolean isIn(LiveScope scope) {
      return scope.includes(tag.path(), tag.key());
    }

    /** Running number among the samples of the tag. */
    long number() {
      return number;
    }

    /** The value as JSON; not to be changed. */
    byte[] text(JsonMapper json) {
      byte[] known = text;
      if (known == null) {
        known = LiveBoard.text(json, tag, value);
        text = known;
      }
      return known;
    }
  }

  /** A tag and what is shown of it. */
  static final class Slot {
    private final int tagId;
    private volatile Tag tag;
    private volatile @Nullable Shown shown;

    private Slot(Tag tag) {
      this.tagId = tag.id();
      this.tag = tag;
    }

    int tagId() {
      return tagId;
    }

    /** Its last value; null while there is none. */
    @Nullable Shown shown() {
      return shown;
    }

    /**
     * Whether the equipment that has the address now, or whose the last value is, is among these.
     */
    boolean isIn(LiveScope scope) {
      Shown last = shown;
      return scope.includes(tag.path(), tag.key()) || (last != null && last.isIn(scope));
    }
  }

  private record Change(LastValue value, long number) {}

  private final Registry registry;
  private final LastValues lastValues;
  private final LastValueUpdate update;
  private final JsonMapper json;
  private final ReentrantLock copying = new ReentrantLock();
  private final Map<Integer, Slot> byTag = new HashMap<>();
  private volatile Slot[] slots = {};
  private final long everyNanos;
  private volatile long copiedAt;
  private volatile int moves;
  private long places = -1;
  private long version;

  /**
   * @param every shortest time between two copies
   */
  LiveBoard(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      JsonMapper json,
      Duration every) {
    this.registry = registry;
    this.lastValues = lastValues;
    this.update = update;
    this.json = json;
    this.everyNanos = every.toNanos();
    this.copiedAt = System.nanoTime() - everyNanos;
  }

  /** All tags in the order in which they became known here: a longer array begins as this one. */
  Slot[] slots() {
    return slots;
  }

  /** Rises when equipment has been moved: then tags have other paths. */
  int moves() {
    return moves;
  }

  /** Brings the board up to date, unless that has just been done or somebody is at it. */
  void refresh() {
    if (System.nanoTime() - copiedAt >= everyNanos && copying.tryLock()) {
      try {
        copy();
        copiedAt = System.nanoTime();
      } finally {
        copying.unlock();
      }
    }
  }

  /** Brings the board up to date with all that was stored before this call. */
  void refreshNow() {
    copying.lock();
    try {
      copy();
    } finally {
      copying.unlock();
    }
  }

  /** A stored value as JSON; null if its tag is unknown, or its equipment is not among these. */
  byte @Nullable [] text(LastValue value, LiveScope scope) {
    ShownValues.Shown one = ShownValues.of(registry, value);
    return one == null || !scope.includes(one.tag().path(), one.tag().key())
        ? null
        : text(json, one.tag(), one.value());
  }

  private void copy() {
    update.ensureIfPossible();
    long upTo = lastValues.version();
    List<Change> changes = new ArrayList<>();
    lastValues.changes(version, (value, number) -> changes.add(new Change(value, number)));
    // Afterwards: a tag is registered before its first value is stored.
    addTags();
    move();
    for (Change change : changes) {
      Slot slot = byTag.get(change.value().tagId());
      if (slot != null) {
        show(slot, change.value(), change.number());
      }
    }
    version = upTo;
  }

  private void show(Slot slot, LastValue value, long number) {
    ShownValues.Shown one = ShownValues.of(registry, value);
    if (one != null) {
      slot.shown = new Shown(one.tag(), one.value(), number);
    }
  }

  /** Gives tags whose equipment has been moved their present path. */
  private void move() {
    long now = registry.revision();
    if (now == places) {
      return;
    }
    places = now;
    boolean moved = false;
    for (Slot slot : slots) {
      Tag tag = registry.shown(slot.tagId());
      Shown before = slot.shown;
      if (tag != null && (!tag.path().equals(slot.tag.path()) || isElsewhere(before))) {
        slot.tag = tag;
        moved = true;
        LastValue value = lastValues.of(slot.tagId());
        if (before != null && value != null) {
          show(slot, value, before.number());
        }
      }
    }
    if (moved) {
      moves++;
    }
  }

  /** Whether the equipment whose the value is has been moved; others may have its address. */
  private boolean isElsewhere(@Nullable Shown shown) {
    if (shown == null) {
      return false;
    }
    Tag now = registry.shown(shown.value.tagId(), shown.value.sample().sourceMicros());
    return now != null && !now.path().equals(shown.tag.path());
  }

  private void addTags() {
    if (registry.tags().size() == byTag.size()) {
      return;
    }
    List<Slot> more = new ArrayList<>();
    for (Tag tag : registry.tags()) {
      Tag now = byTag.containsKey(tag.id()) ? null : registry.shown(tag.id());
      if (now != null) {
        Slot slot = new Slot(now);
        byTag.put(tag.id(), slot);
        more.add(slot);
      }
    }
    Slot[] before = slots;
    Slot[] after = Arrays.copyOf(before, before.length + more.size());
    for (int i = 0; i < more.size(); i++) {
      after[before.length + i] = more.get(i);
    }
    slots = after;
  }

  private static byte[] text(JsonMapper json, Tag tag, LastValue value) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    try (JsonGenerator out = json.createGenerator(text)) {
      SampleJson.write(out, tag, value);
    }
    return text.toByteArray();
  }
}
