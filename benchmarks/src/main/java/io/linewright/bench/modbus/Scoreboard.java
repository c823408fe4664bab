package io.linewright.bench.modbus;

import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes every sample of the driver and compares it with what the device showed at that time. One
 * thread writes, as there is one connection.
 */
final class Scoreboard implements SampleSink {

  /** A tag that turned Bad. */
  record Bad(long millis, int unit, int block, String status) {}

  /** First and last sample that is remembered for the report. */
  private static final int MAX_EXAMPLES = 20;

  private final KnownValues values;
  private final long windowMillis;
  private final long[] lastTick;
  private final boolean[] bad;
  private final List<Bad> bads = new ArrayList<>();
  private final List<String> examples = new ArrayList<>();
  private final LongAdder right = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /**
   * @param windowMillis longest time between an answer's making and its arrival here
   */
  Scoreboard(KnownValues values, long windowMillis) {
    this.values = values;
    this.windowMillis = windowMillis;
    int size = (ModbusBench.UNITS + 1) * ModbusBench.BLOCKS * values.fields().size();
    this.lastTick = new long[size];
    this.bad = new boolean[size];
    Arrays.fill(lastTick, Long.MIN_VALUE);
  }

  @Override
  public synchronized void accept(EquipmentPath device, TagName tag, Sample sample) {
    String machine = device.segments().getLast();
    int unit = Integer.parseInt(machine.substring(machine.indexOf('-') + 1));
    String[] name = tag.value().split("/", -1);
    int block = Integer.parseInt(name[0].substring(1));
    int field = Integer.parseInt(name[1].substring(1));
    int index = (unit * ModbusBench.BLOCKS + block) * values.fields().size() + field;
    long millis = sample.sourceMicros() / 1000;
    if (!sample.status().isGood()) {
      bad[index] = true;
      bads.add(new Bad(millis, unit, block, sample.status().toString()));
      return;
    }
    long tick = match(unit, block, field, sample, millis);
    if (tick == Long.MIN_VALUE) {
      wrong.increment();
      example(device + "#" + tag + " " + sample + " is none of the device's values of that time");
    } else {
      right.increment();
      follow(unit, block, field, index, tick);
    }
    bad[index] = false;
  }

  private long match(int unit, int block, int field, Sample sample, long millis) {
    long newest = values.tick(unit, block, field, millis);
    long oldest = values.tick(unit, block, field, millis - windowMillis);
    for (long tick = newest; tick >= oldest; tick--) {
      if (values.value(unit, block, field, tick).equals(sample.value())) {
        return tick;
      }
    }
    return Long.MIN_VALUE;
  }

  /** A value that changes must be seen each second, unless its tag is Bad. */
  private void follow(int unit, int block, int field, int index, long tick) {
    long last = lastTick[index];
    if (last != Long.MIN_VALUE && !bad[index]) {
      SampleValue seen = values.value(unit, block, field, last);
      for (long between = last + 1; between < tick; between++) {
        if (!values.value(unit, block, field, between).equals(seen)) {
          skipped.increment();
          example("unit " + unit + " b" + block + "/f" + field + " lacks value " + between);
        }
      }
    }
    lastTick[index] = tick;
  }

  private void example(String text) {
    if (examples.size() < MAX_EXAMPLES) {
      examples.add(text);
    }
  }

  long right() {
    return right.sum();
  }

  long wrong() {
    return wrong.sum();
  }

  /** Values that were not seen although their tag was Good. */
  long skipped() {
    return skipped.sum();
  }

  synchronized List<Bad> bads() {
    return List.copyOf(bads);
  }

  synchronized List<String> examples() {
    return List.copyOf(examples);
  }
}
