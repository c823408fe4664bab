package io.linewright.oee.event;

import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The set of events of one machine in some time, each key once, ordered by key. Immutable; a log
 * with one more event shares most of its chunks with the one before. Logs with the same events are
 * equal, in whatever order they came.
 */
public final class EventLog implements Iterable<MachineEvent> {

  /** No events. */
  public static final EventLog NONE = new EventLog(new EventChunk[0], 0);

  /** What became of an event that was to be added. */
  public sealed interface Added {

    /** The log afterwards. */
    EventLog log();

    /**
     * Its key is new.
     *
     * @param log with the event
     */
    record Inserted(EventLog log) implements Added {}

    /**
     * The log has this very event.
     *
     * @param log as it was
     */
    record Repeat(EventLog log) implements Added {}

    /**
     * The log has another event of this key.
     *
     * @param log with the one that is kept
     * @param kept the one that {@link MachineEvent#kept} decides for
     * @param refused the other
     */
    record Contradiction(EventLog log, MachineEvent kept, MachineEvent refused) implements Added {}
  }

  private final EventChunk[] chunks;
  private final int size;

  private EventLog(EventChunk[] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  /** Events in any order, with repeats and contradictions, as if they were added one by one. */
  public static EventLog of(Collection<? extends MachineEvent> any) {
    List<MachineEvent> ascending = new ArrayList<>(any);
    ascending.sort((one, other) -> one.key().compareTo(other.key()));
    int size = 0;
    for (MachineEvent event : ascending) {
      if (size > 0 && ascending.get(size - 1).key().equals(event.key())) {
        ascending.set(size - 1, MachineEvent.kept(ascending.get(size - 1), event));
      } else {
        ascending.set(size++, event);
      }
    }
    EventChunk[] chunks = new EventChunk[(size + EventChunk.CAPACITY - 1) / EventChunk.CAPACITY];
    for (int i = 0; i < chunks.length; i++) {
      int from = i * EventChunk.CAPACITY;
      chunks[i] =
          EventChunk.of(ascending.subList(from, Math.min(size, from + EventChunk.CAPACITY)));
    }
    return new EventLog(chunks, size);
  }

  /** With one more event. */
  public Added with(MachineEvent event) {
    if (chunks.length == 0) {
      return new Added.Inserted(of(List.of(event)));
    }
    int at = chunkOf(event.key());
    EventChunk chunk = chunks[at];
    int index = chunk.find(event.key());
    if (index >= 0) {
      return again(at, index, event);
    }
    index = -1 - index;
    if (chunk.size() < EventChunk.CAPACITY) {
      EventChunk[] changed = chunks.clone();
      changed[at] = chunk.inserted(index, event);
      return new Added.Inserted(new EventLog(changed, size + 1));
    }
    return new Added.Inserted(new EventLog(split(at, index, event), size + 1));
  }

  private Added again(int at, int index, MachineEvent event) {
    MachineEvent there = chunks[at].event(index);
    if (there.equals(event)) {
      return new Added.Repeat(this);
    }
    if (MachineEvent.kept(there, event).equals(there)) {
      return new Added.Contradiction(this, there, event);
    }
    EventChunk[] changed = chunks.clone();
    changed[at] = chunks[at].replaced(index, event);
    return new Added.Contradiction(new EventLog(changed, size), event, there);
  }

  /** The chunks with one more event, in or after a full one. */
  private EventChunk[] split(int at, int index, MachineEvent event) {
    EventChunk full = chunks[at];
    List<MachineEvent> events = new ArrayList<>(full.size() + 1);
    for (int i = 0; i < full.size(); i++) {
      events.add(full.event(i));
    }
    events.add(index, event);
    // In order of time, which is the usual one, chunks stay full.
    int half = at == chunks.length - 1 && index == full.size() ? full.size() : events.size() / 2;
    EventChunk[] changed = new EventChunk[chunks.length + 1];
    System.arraycopy(chunks, 0, changed, 0, at);
    System.arraycopy(chunks, at + 1, changed, at + 2, chunks.length - at - 1);
    changed[at] = EventChunk.of(events.subList(0, half));
    changed[at + 1] = EventChunk.of(events.subList(half, events.size()));
    return changed;
  }

  /** How many events. */
  public int size() {
    return size;
  }

  /** Which kinds of tracks have events. */
  public Set<TrackKind> kinds() {
    Set<TrackKind> kinds = EnumSet.noneOf(TrackKind.class);
    for (EventChunk chunk : chunks) {
      chunk.tracks().forEach(track -> kinds.add(track.kind()));
    }
    return kinds;
  }

  /** The last event of the key's track before it; null if there is none. */
  public @Nullable MachineEvent before(EventKey key) {
    for (int at = chunkOf(key); at >= 0 && at < chunks.length; at--) {
      EventChunk chunk = chunks[at];
      if (chunk.has(key.track())) {
        int index = chunk.find(key);
        for (int i = (index < 0 ? -1 - index : index) - 1; i >= 0; i--) {
          if (chunk.isOf(i, key.track())) {
            return chunk.event(i);
          }
        }
      }
    }
    return null;
  }

  /** The first event of the key's track after it; null if there is none. */
  public @Nullable MachineEvent after(EventKey key) {
    for (int at = chunkOf(key); at < chunks.length; at++) {
      EventChunk chunk = chunks[at];
      if (chunk.has(key.track())) {
        int index = chunk.find(key);
        for (int i = index < 0 ? -1 - index : index + 1; i < chunk.size(); i++) {
          if (chunk.isOf(i, key.track())) {
            return chunk.event(i);
          }
        }
      }
    }
    return null;
  }

  /** All events, ascending. */
  @Override
  public Iterator<MachineEvent> iterator() {
    return new Ascending(0, 0, Long.MAX_VALUE);
  }

  /** The events in a span of time, ascending. */
  public Iterator<MachineEvent> within(Span span) {
    int at = 0;
    while (at < chunks.length && chunks[at].micros(chunks[at].size() - 1) < span.fromMicros()) {
      at++;
    }
    int index = 0;
    while (at < chunks.length && chunks[at].micros(index) < span.fromMicros()) {
      index++;
    }
    return new Ascending(at, index, span.toMicros());
  }

  /** Whether the other is a log of the same events. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof EventLog log) || size != log.size) {
      return false;
    }
    Iterator<MachineEvent> its = log.iterator();
    for (MachineEvent event : this) {
      if (!event.equals(its.next())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (MachineEvent event : this) {
      hash = 31 * hash + event.hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return size + " events" + Arrays.toString(kinds().toArray());
  }

  /** The last chunk that begins at or before the key, or the first. */
  private int chunkOf(EventKey key) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle].compare(0, key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private final class Ascending implements Iterator<MachineEvent> {

    private final long toMicros;
    private int at;
    private int index;

    Ascending(int at, int index, long toMicros) {
      this.at = at;
      this.index = index;
      this.toMicros = toMicros;
    }

    @Override
    public boolean hasNext() {
      return at < chunks.length && chunks[at].micros(index) < toMicros;
    }

    @Override
    public MachineEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      MachineEvent event = chunks[at].event(index++);
      if (index == chunks[at].size()) {
        at++;
        index = 0;
      }
      return event;
    }
  }
}
