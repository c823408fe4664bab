package io.linewright.bench.historian;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Samples that can be made again to compare: machines of 20 tags, each read ten times a second, one
 * record a machine and second. Tag and number of a sample decide its time and value.
 *
 * @param machines how many
 * @param beginMicros time of the samples with number 0, microseconds since the epoch
 */
public record KnownSamples(int machines, long beginMicros) {

  public static final int TAGS = 20;
  public static final int PER_SECOND = 10;
  public static final long STEP_MICROS = 1_000_000 / PER_SECOND;

  /** Samples in one record. */
  public static final int PER_RECORD = TAGS * PER_SECOND;

  /** How a value follows from tag and number, for those who recount. */
  public static final String RULE =
      "tag t = machine * 20 + number in its name; sample k at begin + k * 100 ms;"
          + " x = t * 1000003 + k; x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9;"
          + " x = (x ^ x >>> 27) * 0x94D049BB133111EB; x ^= x >>> 31 (64 bits, wrapping);"
          + " number in the name 0 to 13: double (x >>> 44) / 64; 14 to 16: integer x >>> 40;"
          + " 17 to 19: boolean x & 1";

  private static final int DOUBLES = 14;
  private static final int INTEGERS = 3;

  /** How many tags there are. */
  public int tags() {
    return machines * TAGS;
  }

  /** Path of a machine; its record key. */
  public String path(int machine) {
    return "bench/plant/hall/line-%d/machine-%03d".formatted(machine % 5 + 1, machine);
  }

  /** Name of a tag within its machine. */
  public static String name(int tag) {
    return "signal/%02d".formatted(tag % TAGS);
  }

  /** Time of a sample, microseconds since the epoch. */
  public long micros(long number) {
    return beginMicros + number * STEP_MICROS;
  }

  /** Type of a tag. */
  public static DataType type(int tag) {
    int number = tag % TAGS;
    return number < DOUBLES
        ? DataType.DOUBLE
        : number < DOUBLES + INTEGERS ? DataType.INTEGER : DataType.BOOLEAN;
  }

  /** Value of a double tag. */
  public static double number(int tag, long number) {
    return (hash(tag, number) >>> 44) / 64.0;
  }

  /** Value of an integer tag. */
  public static long integer(int tag, long number) {
    return hash(tag, number) >>> 40;
  }

  /** Value of a boolean tag. */
  public static boolean bool(int tag, long number) {
    return (hash(tag, number) & 1) != 0;
  }

  private static long hash(int tag, long number) {
    long x = tag * 1_000_003L + number;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  /** What a machine says of one second. */
  public TelemetryBatch batch(int machine, int second) {
    List<TagSeries> series = new ArrayList<>(TAGS);
    for (int tag = machine * TAGS; tag < (machine + 1) * TAGS; tag++) {
      List<Sample> samples = new ArrayList<>(PER_SECOND);
      for (int i = 0; i < PER_SECOND; i++) {
        long number = (long) second * PER_SECOND + i;
        samples.add(new Sample(value(tag, number), StatusCode.GOOD, micros(number), 0));
      }
      series.add(new TagSeries(new TagName(name(tag)), type(tag), TagRole.PROCESS_VALUE, samples));
    }
    return new TelemetryBatch(
        EquipmentPath.parse(path(machine)),
        "bench:plant",
        "gateway",
        gatewayMicros(second),
        OptionalLong.empty(),
        series);
  }

  /** When the gateway closed the record of a second. */
  public long gatewayMicros(int second) {
    return micros((second + 1L) * PER_SECOND);
  }

  private static SampleValue value(int tag, long number) {
    return switch (type(tag)) {
      case DOUBLE -> SampleValue.of(number(tag, number));
      case INTEGER -> SampleValue.of(integer(tag, number));
      default -> SampleValue.of(bool(tag, number));
    };
  }
}
