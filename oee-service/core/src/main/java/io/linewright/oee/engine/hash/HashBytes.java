package io.linewright.oee.engine.hash;

import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes that are written one after the other, so that no two contents have the same bytes. */
public final class HashBytes {

  private static final int NOTHING = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;

  private byte[] bytes = new byte[1_024];
  private int size;

  /** All that was written. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** The events of a track, ascending. */
  public void write(TrackName track, List<MachineEvent> events) {
    write(track.kind().number());
    write(track.tag());
    write(events.size());
    long before = 0;
    for (MachineEvent event : events) {
      write(event.key().micros() - before);
      before = event.key().micros();
      write(event.key().ordinal());
      write(event.status());
      writeContent(event.content());
    }
  }

  /** A text, with its length before it. */
  public void write(String text) {
    write(text.length());
    for (int i = 0; i < text.length(); i++) {
      write(text.charAt(i));
    }
  }

  /** Small ones of either sign take few bytes: seven bits in each, the lowest first. */
  public void write(long number) {
    room(Long.BYTES + 2);
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void writeContent(@Nullable Object content) {
    if (content instanceof Double number) {
      write(NUMBER);
      // The other way round, as the low bits of most numbers are 0.
      write(Long.reverseBytes(Double.doubleToLongBits(number)));
    } else if (content instanceof String text) {
      write(TEXT);
      write(text);
    } else {
      write(NOTHING);
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }
}
