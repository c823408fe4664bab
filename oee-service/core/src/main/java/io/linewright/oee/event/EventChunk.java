package io.linewright.oee.event;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few ascending events in columns: 23 bytes each, and each track and text once. Events are made
 * when they are read. Immutable.
 */
final class EventChunk {

  /** Most events in a chunk; it bounds what one insertion copies, and tracks fit a byte. */
  static final int CAPACITY = 256;

  private static final EventChunk NONE =
      new EventChunk(
          new TrackName[0],
          new String[0],
          new long[0],
          new short[0],
          new byte[0],
          new int[0],
          new long[0]);

  /** No value. A double is stored by its canonical bits, which this NaN is not. */
  private static final long NOTHING = 0x7ff8_0000_0000_0001L;

  private final TrackName[] tracks;
  private final String[] texts;
  private final long[] micros;
  private final short[] ordinals;
  private final byte[] trackOf;
  private final int[] statuses;

  /** Bits of the double, or index of the text. */
  private final long[] values;

  private EventChunk(
      TrackName[] tracks,
      String[] texts,
      long[] micros,
      short[] ordinals,
      byte[] trackOf,
      int[] statuses,
      long[] values) {
    this.tracks = tracks;
    this.texts = texts;
    this.micros = micros;
    this.ordinals = ordinals;
    this.trackOf = trackOf;
    this.statuses = statuses;
    this.values = values;
  }

  /** Ascending events, at most {@link #CAPACITY}, each key once. */
  static EventChunk of(List<MachineEvent> ascending) {
    int size = ascending.size();
    EventChunk chunk =
        new EventChunk(
            NONE.tracks,
            NONE.texts,
            new long[size],
            new short[size],
            new byte[size],
            new int[size],
            new long[size]);
    for (int i = 0; i < size; i++) {
      chunk = chunk.written(i, ascending.get(i));
    }
    return chunk;
  }

  int size() {
    return micros.length;
  }

  long micros(int index) {
    return micros[index];
  }

  MachineEvent event(int index) {
    TrackName track = track(index);
    long value = values[index];
    String text = null;
    Double number = null;
    if (value != NOTHING) {
      if (track.kind().numeric()) {
        number = Double.longBitsToDouble(value);
      } else {
        text = texts[(int) value];
      }
    }
    return MachineEvent.of(
        new EventKey(micros[index], track, ordinals[index]), text, number, statuses[index]);
  }

  /** Whether the event at an index is of that track. */
  boolean isOf(int index, TrackName track) {
    return track(index).equals(track);
  }

  /** Whether any event is of that track. */
  boolean has(TrackName track) {
    return indexOf(tracks, track) >= 0;
  }

  List<TrackName> tracks() {
    return List.of(tracks);
  }

  /** Index of the key, or -1 - where it would be. */
  int find(EventKey key) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** Whether the event at an index is before, at or after a key. */
  int compare(int index, EventKey key) {
    if (micros[index] != key.micros()) {
      return micros[index] < key.micros() ? -1 : 1;
    }
    int byTrack = track(index).compareTo(key.track());
    return byTrack != 0 ? byTrack : Integer.compare(ordinals[index], key.ordinal());
  }

  /** With one more event, which will have that index. */
  EventChunk inserted(int index, MachineEvent event) {
    int size = size();
    long[] newMicros = new long[size + 1];
    short[] newOrdinals = new short[size + 1];
    byte[] newTrackOf = new byte[size + 1];
    int[] newStatuses = new int[size + 1];
    long[] newValues = new long[size + 1];
    open(micros, newMicros, index, size);
    open(ordinals, newOrdinals, index, size);
    open(trackOf, newTrackOf, index, size);
    open(statuses, newStatuses, index, size);
    open(values, newValues, index, size);
    return new EventChunk(tracks, texts, newMicros, newOrdinals, newTrackOf, newStatuses, newValues)
        .written(index, event);
  }

  /** With another event of the same key. */
  EventChunk replaced(int index, MachineEvent event) {
    return new EventChunk(
            tracks, texts, micros.clone(), ordinals, trackOf, statuses.clone(), values.clone())
        .written(index, event);
  }

  /** Writes into the arrays, which nobody else has yet; the result may have longer tables. */
  private EventChunk written(int index, MachineEvent event) {
    TrackName[] newTracks = tracks;
    int track = indexOf(tracks, event.key().track());
    if (track < 0) {
      track = tracks.length;
      newTracks = Arrays.copyOf(tracks, track + 1);
      newTracks[track] = event.key().track();
    }
    String[] newTexts = texts;
    long value = NOTHING;
    Object content = event.content();
    if (content instanceof Double number) {
      value = Double.doubleToLongBits(number);
    } else if (content instanceof String text) {
      int known = indexOf(texts, text);
      if (known < 0) {
        known = texts.length;
        newTexts = Arrays.copyOf(texts, known + 1);
        newTexts[known] = text;
      }
      value = known;
    }
    micros[index] = event.key().micros();
    ordinals[index] = (short) event.key().ordinal();
    trackOf[index] = (byte) track;
    statuses[index] = event.status();
    values[index] = value;
    return newTracks == tracks && newTexts == texts
        ? this
        : new EventChunk(newTracks, newTexts, micros, ordinals, trackOf, statuses, values);
  }

  private TrackName track(int index) {
    return tracks[trackOf[index] & 0xff];
  }

  private static int indexOf(Object[] all, @Nullable Object one) {
    for (int i = 0; i < all.length; i++) {
      if (all[i].equals(one)) {
        return i;
      }
    }
    return -1;
  }

  private static void open(Object from, Object to, int index, int size) {
    System.arraycopy(from, 0, to, 0, index);
    System.arraycopy(from, index, to, index + 1, size - index);
  }
}
