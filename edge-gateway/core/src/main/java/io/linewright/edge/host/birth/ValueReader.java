package io.linewright.edge.host.birth;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.StatusCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads metrics of data messages as samples, by the types that the birth declared. */
public final class ValueReader {

  /** {@code Quality} property: the value is stale (Sparkplug 3.0, clause 6.4.9). */
  private static final int QUALITY_STALE = 500;

  private static final int QUALITY_GOOD = 192;

  /** OPC UA Bad_DataUnavailable: there was a value, but it cannot be carried. */
  private static final StatusCode BAD_DATA_UNAVAILABLE = new StatusCode(0x809E0000);

  private ValueReader() {}

  /** A value, or why there is none. */
  public sealed interface Reading {

    /**
     * @param sample the value
     */
    record Value(Sample sample) implements Reading {}

    /**
     * @param cause one sentence for people
     * @param inItsPlace a bad sample without value, or the value before it would stay the newest
     *     and look good; null if not even the time can be read
     */
    record Refused(String cause, @Nullable Sample inItsPlace) implements Reading {}
  }

  /**
   * Reads one metric.
   *
   * @param tag what the birth says of it
   * @param metric the metric as received
   * @param fallbackMillis source time if the metric has none
   * @param ordinal order within the microsecond; empty: as the metric's property says
   */
  public static Reading read(
      Binding.Tag tag, Metric metric, long fallbackMillis, OptionalInt ordinal) {
    long micros;
    int order;
    try {
      micros =
          Math.addExact(
              Math.multiplyExact(metric.timestampMillis().orElse(fallbackMillis), 1000L),
              property(metric, LinewrightMetrics.SOURCE_MICROS, 999));
      order =
          ordinal.isPresent()
              ? ordinal.getAsInt()
              : property(metric, LinewrightMetrics.ORDINAL, Sample.MAX_ORDINAL);
    } catch (IllegalArgumentException | ArithmeticException refused) {
      return new Reading.Refused(cause(tag, refused), null);
    }
    try {
      boolean nothing = metric.value() == null && !metric.unsupported();
      @Nullable SampleValue value = nothing || badNumber(metric) ? null : value(tag, metric);
      return new Reading.Value(new Sample(value, status(metric, value), micros, order));
    } catch (IllegalArgumentException refused) {
      return new Reading.Refused(
          cause(tag, refused), new Sample(null, BAD_DATA_UNAVAILABLE, micros, order));
    }
  }

  /** What a source sends that says itself that its value is bad. */
  private static boolean badNumber(Metric metric) {
    boolean finite =
        switch (metric.value()) {
          case Double number -> Double.isFinite(number);
          case Float number -> Float.isFinite(number);
          case null, default -> true;
        };
    return !finite && status(metric, SampleValue.of(0.0)).isBad();
  }

  private static String cause(Binding.Tag tag, RuntimeException refused) {
    return "metric %s: %s".formatted(tag.metric(), refused.getMessage());
  }

  private static int property(Metric metric, String name, int highest) {
    Optional<Number> value = BirthReader.number(metric.properties(), name);
    long number = value.map(Number::longValue).orElse(0L);
    if (number < 0 || number > highest) {
      throw new IllegalArgumentException(
          "property %s is %d, allowed is 0 to %d".formatted(name, number, highest));
    }
    return (int) number;
  }

  private static StatusCode status(Metric metric, @Nullable SampleValue value) {
    Map<String, Object> properties = metric.properties();
    Optional<Number> code = BirthReader.number(properties, LinewrightMetrics.STATUS_CODE);
    if (code.isPresent()) {
      return StatusCode.of(code.get().intValue());
    }
    Optional<Number> quality = BirthReader.number(properties, LinewrightMetrics.QUALITY);
    if (quality.isEmpty() || quality.get().intValue() == QUALITY_GOOD) {
      // A metric without value and without a reason says that there is none: never a good one.
      return value == null ? StatusCode.BAD : StatusCode.GOOD;
    }
    return quality.get().intValue() == QUALITY_STALE
        ? StatusCode.UNCERTAIN_LAST_USABLE_VALUE
        : StatusCode.BAD;
  }

  /** The birth's type tells how to read the bits; data messages may leave it out. */
  private static SampleValue value(Binding.Tag tag, Metric metric) {
    if (metric.unsupported() || metric.value() == null) {
      throw new IllegalArgumentException("the value is of a kind that is not supported");
    }
    Object raw = metric.value();
    return switch (tag.type().read(raw).orElse(raw)) {
      case Boolean truth when tag.type() == SparkplugType.BOOLEAN -> SampleValue.of(truth);
      case Long number when tag.description().type() == DataType.INTEGER ->
          SampleValue.of(integer(tag.type(), number));
      case Double number when tag.description().type() == DataType.DOUBLE ->
          SampleValue.of(finite(number));
      case Float number when tag.description().type() == DataType.DOUBLE ->
          SampleValue.of(finite(number.doubleValue()));
      case String text when tag.description().type() == DataType.STRING ->
          SampleValue.of(bounded(text));
      case byte[] bytes when tag.description().type() == DataType.BYTES ->
          new BytesValue(bounded(bytes));
      default ->
          throw new IllegalArgumentException(
              "the birth declares %s, the value is %s"
                  .formatted(tag.type(), raw.getClass().getSimpleName()));
    };
  }

  /** One NaN makes every mean over it NaN, and no JSON can tell it. */
  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(number + " is not a number that can be stored");
    }
    return number;
  }

  private static long integer(SparkplugType type, long number) {
    if (type == SparkplugType.UINT64 && number < 0) {
      throw new IllegalArgumentException(
          "%s is above 2^63-1, which a 64-bit integer cannot hold"
              .formatted(Long.toUnsignedString(number)));
    }
    if (type.read(number).isEmpty()) {
      throw new IllegalArgumentException("%d does not fit %s".formatted(number, type));
    }
    return number;
  }

  private static String bounded(String text) {
    if (text.length() > SampleValue.MAX_BYTES
        || (text.length() > SampleValue.MAX_BYTES / 3
            && text.getBytes(StandardCharsets.UTF_8).length > SampleValue.MAX_BYTES)) {
      throw new IllegalArgumentException(
          "the text is longer than %d bytes".formatted(SampleValue.MAX_BYTES));
    }
    return text;
  }

  private static byte[] bounded(byte[] bytes) {
    if (bytes.length > SampleValue.MAX_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes, at most %d are allowed".formatted(bytes.length, SampleValue.MAX_BYTES));
    }
    return bytes;
  }
}
