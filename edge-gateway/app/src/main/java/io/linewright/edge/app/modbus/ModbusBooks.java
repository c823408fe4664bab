package io.linewright.edge.app.modbus;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of one connection; written by its thread, read by any. */
final class ModbusBooks {

  /** Eight buckets for each doubling of time: a bucket is at most 13 % wide. */
  private static final int PER_OCTAVE = 8;

  private static final int OCTAVES = 40;

  final LongAdder requests = new LongAdder();
  final LongAdder answers = new LongAdder();
  final LongAdder exceptions = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder lateAnswers = new LongAdder();
  final LongAdder strayAnswers = new LongAdder();
  final LongAdder garbledAnswers = new LongAdder();
  final LongAdder missedCycles = new LongAdder();
  private final AtomicLongArray times = new AtomicLongArray(PER_OCTAVE * OCTAVES);

  void answered(long nanos) {
    answers.increment();
    times.incrementAndGet(bucket(Math.max(1, nanos / 1000)));
  }

  /** Bucket of a time, µs: the octave by the highest bit, the eighth by the three below it. */
  private static int bucket(long micros) {
    int octave = 63 - Long.numberOfLeadingZeros(micros);
    long eighth = octave < 3 ? micros << 3 - octave & 7 : micros >>> octave - 3 & 7;
    return Math.min(PER_OCTAVE * octave + (int) eighth, PER_OCTAVE * OCTAVES - 1);
  }

  private static long upperMicros(int bucket) {
    int octave = bucket / PER_OCTAVE;
    return (long) Math.ceil(Math.scalb(1 + (bucket % PER_OCTAVE + 1) / 8.0, octave));
  }

  private long p99() {
    long total = 0;
    for (int i = 0; i < times.length(); i++) {
      total += times.get(i);
    }
    long seen = 0;
    for (int i = 0; i < times.length() && total > 0; i++) {
      seen += times.get(i);
      if (seen * 100 >= total * 99) {
        return upperMicros(i);
      }
    }
    return 0;
  }

  ModbusStatistics statistics() {
    return new ModbusStatistics(
        requests.sum(),
        answers.sum(),
        exceptions.sum(),
        timeouts.sum(),
        lateAnswers.sum(),
        strayAnswers.sum(),
        garbledAnswers.sum(),
        missedCycles.sum(),
        p99());
  }
}
