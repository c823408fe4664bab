package io.linewright.bench.edge;

import io.linewright.bench.plant.CanonicalValue;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What arrived of one tag, in the order of arrival. */
final class TagLog {

  private static final Object[] NONE = {};

  private long[] micros = new long[16];
  private long[] bits = new long[16];
  private int[] latencyMicros = new int[16];
  private int[] status = new int[16];
  private byte[] kinds = new byte[16];
  private Object[] texts = NONE;
  private int size;

  /**
   * Adds a value.
   *
   * @param metric source time, status and value
   * @param arrivedMicros when it arrived, microseconds since 1970
   */
  void add(WireMetric metric, long arrivedMicros) {
    if (size == micros.length) {
      grow();
    }
    micros[size] = metric.sourceMicros();
    status[size] = (int) metric.status;
    latencyMicros[size] =
        (int) Math.clamp(arrivedMicros - metric.sourceMicros(), 0, Integer.MAX_VALUE);
    keep(metric.value);
    size++;
  }

  private void keep(@Nullable Object value) {
    kinds[size] = 0;
    switch (value) {
      case Double number -> {
        kinds[size] = 'd';
        bits[size] = Double.doubleToRawLongBits(number);
      }
      case Long number -> {
        kinds[size] = 'i';
        bits[size] = number;
      }
      case Boolean truth -> {
        kinds[size] = 'b';
        bits[size] = truth ? 1 : 0;
      }
      case String text -> {
        kinds[size] = 's';
        if (texts.length <= size) {
          texts = Arrays.copyOf(texts, micros.length);
        }
        texts[size] = text;
      }
      case null, default -> bits[size] = 0;
    }
  }

  private void grow() {
    int capacity = size * 2;
    micros = Arrays.copyOf(micros, capacity);
    bits = Arrays.copyOf(bits, capacity);
    latencyMicros = Arrays.copyOf(latencyMicros, capacity);
    status = Arrays.copyOf(status, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
  }

  int size() {
    return size;
  }

  /** Time from source to arrival of the n-th value. */
  int latencyMicros(int n) {
    return latencyMicros[n];
  }

  /** Source time of the n-th value. */
  long sourceMicros(int n) {
    return micros[n];
  }

  /** Whether the n-th value is Good. */
  boolean isGood(int n) {
    return status[n] >>> 30 == 0;
  }

  /** How often a value is older than the one before it. */
  int disorder() {
    int count = 0;
    for (int i = 1; i < size; i++) {
      if (micros[i] < micros[i - 1]) {
        count++;
      }
    }
    return count;
  }

  /** Everything, as the comparison wants it. */
  List<StoredSample> samples() {
    List<StoredSample> samples = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      samples.add(new StoredSample(micros[i], 0, Integer.toUnsignedLong(status[i]), text(i)));
    }
    return samples;
  }

  private @Nullable String text(int n) {
    return switch (kinds[n]) {
      case 'd' -> Double.toString(Double.longBitsToDouble(bits[n]));
      case 'i' -> Long.toString(bits[n]);
      case 'b' -> Boolean.toString(bits[n] != 0);
      case 's' -> CanonicalValue.of("string", String.valueOf(texts[n]));
      default -> null;
    };
  }
}
