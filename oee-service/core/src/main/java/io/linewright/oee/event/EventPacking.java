package io.linewright.oee.event;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs as bytes, without loss, about 5 for an event of a counter or a state. Equal logs give equal
 * bytes, in whatever order their events came. All numbers but doubles are unsigned LEB128:
 *
 * <ol>
 *   <li>1, the version of this form
 *   <li>how many events; the greatest of 1, 1,000 and 1,000,000 us that divides all times; the
 *       first time in these units, as a signed number (0, -1, 1, -2, …)
 *   <li>how many tracks, ascending; of each the number of its kind, its tag, and the smallest of 1,
 *       1,000 and 1,000,000 by which all of its decimal numbers become whole
 *   <li>how many texts, ascending, and these; how many status codes other than 0, ascending, and
 *       these
 *   <li>of each event: its time since the one before in these units; 16 × index of its track + 8 if
 *       it has an ordinal + 4 if its status is not 0 + form of its value; the ordinal; the index of
 *       the status; the value
 * </ol>
 *
 * A text is its length and its UTF-16 units: texts come from outside, and one with half a surrogate
 * pair has no UTF-8.
 *
 * <p>Forms of a value: 0 none; 1 a text, by its index, or a number that is one more than the last
 * of its track; 2 a number by its distance from that, whole after the track's scale, as a signed
 * number; 3 a double, 8 bytes, big-endian.
 */
public final class EventPacking {

  private static final int VERSION = 1;
  private static final long[] UNITS = {1_000_000, 1_000, 1};
  private static final long[] SCALES = {1, 1_000, 1_000_000};
  private static final long EXACT = 1L << 53;
  private static final int ORDINAL = 8;
  private static final int STATUS = 4;
  private static final int NOTHING = 0;
  private static final int TEXT = 1;
  private static final int NEXT = 1;
  private static final int DISTANCE = 2;
  private static final int RAW = 3;

  private EventPacking() {}

  /** The log as bytes. */
  public static byte[] pack(EventLog log) {
    List<MachineEvent> events = new ArrayList<>(log.size());
    log.forEach(events::add);
    return new Packer(events).pack();
  }

  /**
   * The log that was packed.
   *
   * @throws IllegalArgumentException if the bytes were not made by {@link #pack}
   */
  public static EventLog unpack(byte[] packed) {
    try {
      return new Unpacker(ByteBuffer.wrap(packed)).unpack();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException broken) {
      throw new IllegalArgumentException("these bytes are no packed events", broken);
    }
  }

  /** The number in units of the scale; null if that would not be exactly the same number. */
  private static @Nullable Long scaled(double number, long scale) {
    double product = Math.rint(number * scale);
    long whole = (long) product;
    boolean exact =
        Math.abs(product) <= EXACT
            && Double.doubleToLongBits((double) whole / scale) == Double.doubleToLongBits(number);
    return exact ? whole : null;
  }

  /** What a track tells of itself, and its last number. */
  private static final class Column {
    private final TrackName track;
    private final int index;
    private final long scale;
    private long last;

    Column(TrackName track, int index, long scale) {
      this.track = track;
      this.index = index;
      this.scale = scale;
    }
  }

  private static final class Packer {

    private final List<MachineEvent> events;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Packer(List<MachineEvent> events) {
      this.events = events;
    }

    byte[] pack() {
      write(VERSION);
      write(events.size());
      if (events.isEmpty()) {
        return out.toByteArray();
      }
      long unit = unit();
      write(unit);
      long time = events.getFirst().key().micros() / unit;
      writeSigned(time);
      Map<TrackName, Column> columns = columns();
      Map<String, Integer> texts = texts();
      Map<Integer, Integer> statuses = statuses();
      for (MachineEvent event : events) {
        long next = event.key().micros() / unit;
        write(next - time);
        time = next;
        Column column = known(columns, event.key().track());
        Object content = event.content();
        Long whole = content instanceof Double number ? scaled(number, column.scale) : null;
        int form = form(content, whole, column);
        int ordinal = event.key().ordinal();
        write(
            16L * column.index
                + (ordinal == 0 ? 0 : ORDINAL)
                + (event.status() == 0 ? 0 : STATUS)
                + form);
        if (ordinal != 0) {
          write(ordinal);
        }
        if (event.status() != 0) {
          write(known(statuses, event.status()));
        }
        if (content instanceof String text) {
          write(known(texts, text));
        } else if (form == RAW && content instanceof Double number) {
          out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
        } else if (whole != null) {
          if (form == DISTANCE) {
            writeSigned(whole - column.last);
          }
          column.last = whole;
        }
      }
      return out.toByteArray();
    }

    /** What was written before of every event. */
    private static <K, V> V known(Map<K, V> written, K key) {
      return Objects.requireNonNull(written.get(key));
    }

    private static int form(@Nullable Object content, @Nullable Long whole, Column column) {
      if (content == null) {
        return NOTHING;
      }
      if (content instanceof String) {
        return TEXT;
      }
      if (whole == null) {
        return RAW;
      }
      return whole - column.last == column.scale ? NEXT : DISTANCE;
    }

    private long unit() {
      for (long unit : UNITS) {
        if (events.stream().allMatch(event -> event.key().micros() % unit == 0)) {
          return unit;
        }
      }
      throw new AssertionError("1 divides everything");
    }

    private Map<TrackName, Column> columns() {
      Map<TrackName, List<Double>> numbers = new TreeMap<>();
      for (MachineEvent event : events) {
        List<Double> ofTrack =
            numbers.computeIfAbsent(event.key().track(), track -> new ArrayList<>());
        if (event.content() instanceof Double number) {
          ofTrack.add(number);
        }
      }
      write(numbers.size());
      Map<TrackName, Column> columns = new HashMap<>();
      numbers.forEach(
          (track, ofTrack) -> {
            Column column = new Column(track, columns.size(), scale(ofTrack));
            columns.put(track, column);
            write(track.kind().number());
            writeText(track.tag());
            write(column.scale);
          });
      return columns;
    }

    /** The scale at which most numbers need no raw form; the smallest of those that tie. */
    private static long scale(List<Double> numbers) {
      long best = SCALES[0];
      int most = -1;
      for (long scale : SCALES) {
        int whole = (int) numbers.stream().filter(n -> scaled(n, scale) != null).count();
        if (whole > most) {
          most = whole;
          best = scale;
        }
        if (most == numbers.size()) {
          break;
        }
      }
      return best;
    }

    private Map<String, Integer> texts() {
      TreeSet<String> texts = new TreeSet<>();
      for (MachineEvent event : events) {
        if (event.content() instanceof String text) {
          texts.add(text);
        }
      }
      return written(texts, this::writeText);
    }

    private Map<Integer, Integer> statuses() {
      TreeSet<Integer> statuses = new TreeSet<>();
      for (MachineEvent event : events) {
        if (event.status() != 0) {
          statuses.add(event.status());
        }
      }
      return written(statuses, status -> write(Integer.toUnsignedLong(status)));
    }

    private <T> Map<T, Integer> written(Collection<T> ascending, Consumer<T> writer) {
      write(ascending.size());
      Map<T, Integer> indexes = new HashMap<>();
      for (T one : ascending) {
        indexes.put(one, indexes.size());
        writer.accept(one);
      }
      return indexes;
    }

    private void writeText(String text) {
      write(text.length());
      text.chars().forEach(this::write);
    }

    private void writeSigned(long number) {
      write((number << 1) ^ (number >> 63));
    }

    private void write(long number) {
      long rest = number;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }

  private static final class Unpacker {

    private final ByteBuffer in;

    Unpacker(ByteBuffer in) {
      this.in = in;
    }

    EventLog unpack() {
      if (read() != VERSION) {
        throw new IllegalArgumentException("unknown version of packed events");
      }
      int size = count();
      if (size == 0) {
        return EventLog.NONE;
      }
      long unit = read();
      long time = readSigned();
      Column[] columns = new Column[count()];
      for (int i = 0; i < columns.length; i++) {
        TrackName track = new TrackName(TrackKind.ofNumber((int) read()), readText());
        columns[i] = new Column(track, i, read());
      }
      String[] texts = new String[count()];
      Arrays.setAll(texts, i -> readText());
      int[] statuses = new int[count()];
      Arrays.setAll(statuses, i -> (int) read());
      List<MachineEvent> events = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        time += read();
        events.add(event(Math.multiplyExact(time, unit), columns, texts, statuses));
      }
      return EventLog.of(events);
    }

    private MachineEvent event(long micros, Column[] columns, String[] texts, int[] statuses) {
      long head = read();
      Column column = columns[(int) (head >>> 4)];
      int ordinal = (head & ORDINAL) == 0 ? 0 : (int) read();
      int status = (head & STATUS) == 0 ? 0 : statuses[(int) read()];
      int form = (int) head & 3;
      EventKey key = new EventKey(micros, column.track, ordinal);
      if (form == NOTHING) {
        return MachineEvent.of(key, null, null, status);
      }
      return column.track.kind().numeric()
          ? MachineEvent.of(key, null, number(form, column), status)
          : MachineEvent.of(key, texts[(int) read()], null, status);
    }

    private double number(int form, Column column) {
      if (form == RAW) {
        return in.getDouble();
      }
      column.last += form == NEXT ? column.scale : readSigned();
      return (double) column.last / column.scale;
    }

    /** How many things follow, each of at least one byte: broken bytes reserve no memory. */
    private int count() {
      long count = read();
      if (count < 0 || count > in.remaining()) {
        throw new IllegalArgumentException("there are not " + count + " things in these bytes");
      }
      return (int) count;
    }

    private String readText() {
      char[] units = new char[count()];
      for (int i = 0; i < units.length; i++) {
        units[i] = (char) read();
      }
      return new String(units);
    }

    private long readSigned() {
      long number = read();
      return (number >>> 1) ^ -(number & 1);
    }

    private long read() {
      long number = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = in.get();
        number |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return number;
        }
      }
      throw new IllegalArgumentException("a number has too many bytes");
    }
  }
}
