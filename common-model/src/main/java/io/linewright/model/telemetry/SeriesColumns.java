package io.linewright.model.telemetry;

import com.google.protobuf.ByteString;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of one tag to packed Protobuf columns and back. */
final class SeriesColumns {

  private SeriesColumns() {}

  static io.linewright.model.telemetry.wire.TagSeries toWire(TagSeries series) {
    var out =
        io.linewright.model.telemetry.wire.TagSeries.newBuilder()
            .setTag(series.tag().value())
            .setTypeValue(series.type().ordinal() + 1);
    if (series.role() != TagRole.PROCESS_VALUE) {
      out.setRole(series.role().toString());
    }
    List<Sample> samples = series.samples();
    boolean withOrdinals = samples.stream().anyMatch(s -> s.ordinal() != 0);
    boolean withStatus = samples.stream().anyMatch(s -> s.status().bits() != 0);
    long previous = 0;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      out.addSourceUsDelta(sample.sourceMicros() - previous);
      previous = sample.sourceMicros();
      if (withOrdinals) {
        out.addOrdinal(sample.ordinal());
      }
      if (withStatus) {
        out.addStatus(sample.status().bits());
      }
      switch (sample.value()) {
        case null -> out.addWithoutValue(i);
        case BooleanValue(boolean value) -> out.addBooleans(value);
        case IntegerValue(long value) -> out.addIntegers(value);
        case DoubleValue(double value) -> out.addDoubles(value);
        case StringValue(String value) -> out.addStrings(value);
        case BytesValue(byte[] value) -> out.addBinaries(ByteString.copyFrom(value));
      }
    }
    return out.build();
  }

  /**
   * @throws IllegalArgumentException if the type is missing or unknown
   */
  static DataType typeOf(io.linewright.model.telemetry.wire.TagSeries wire) {
    int number = wire.getTypeValue();
    if (number < 1 || number > DataType.values().length) {
      throw new IllegalArgumentException("tag " + wire.getTag() + " has unknown type " + number);
    }
    return DataType.values()[number - 1];
  }

  /**
   * @throws IllegalArgumentException if the columns do not fit together
   */
  static List<Sample> samplesOf(io.linewright.model.telemetry.wire.TagSeries wire) {
    DataType type = typeOf(wire);
    int count = wire.getSourceUsDeltaCount();
    checkColumn(wire.getTag(), "ordinal", wire.getOrdinalCount(), count);
    checkColumn(wire.getTag(), "status", wire.getStatusCount(), count);
    int values = valueCount(wire, type);
    if (values + wire.getWithoutValueCount() != count) {
      throw new IllegalArgumentException(
          "tag %s has %d source times, but %d values and %d marks for a missing value"
              .formatted(wire.getTag(), count, values, wire.getWithoutValueCount()));
    }
    List<Sample> samples = new ArrayList<>(count);
    long time = 0;
    int nextValue = 0;
    int nextGap = 0;
    for (int i = 0; i < count; i++) {
      time += wire.getSourceUsDelta(i);
      boolean gap = nextGap < wire.getWithoutValueCount() && wire.getWithoutValue(nextGap) == i;
      SampleValue value = gap ? null : valueAt(wire, type, nextValue);
      if (gap) {
        nextGap++;
      } else {
        nextValue++;
      }
      StatusCode status =
          wire.getStatusCount() == 0 ? StatusCode.GOOD : StatusCode.of(wire.getStatus(i));
      int ordinal = wire.getOrdinalCount() == 0 ? 0 : wire.getOrdinal(i);
      samples.add(new Sample(value, status, time, ordinal));
    }
    return samples;
  }

  private static void checkColumn(String tag, String name, int size, int count) {
    if (size != 0 && size != count) {
      throw new IllegalArgumentException(
          "tag %s has %d source times, but %d in column %s".formatted(tag, count, size, name));
    }
  }

  private static int valueCount(io.linewright.model.telemetry.wire.TagSeries wire, DataType type) {
    return switch (type) {
      case BOOLEAN -> wire.getBooleansCount();
      case INTEGER -> wire.getIntegersCount();
      case DOUBLE -> wire.getDoublesCount();
      case STRING -> wire.getStringsCount();
      case BYTES -> wire.getBinariesCount();
    };
  }

  private static @Nullable SampleValue valueAt(
      io.linewright.model.telemetry.wire.TagSeries wire, DataType type, int index) {
    if (index >= valueCount(wire, type)) {
      throw new IllegalArgumentException(
          "tag %s marks a missing value at a wrong or repeated position".formatted(wire.getTag()));
    }
    return switch (type) {
      case BOOLEAN -> new BooleanValue(wire.getBooleans(index));
      case INTEGER -> new IntegerValue(wire.getIntegers(index));
      case DOUBLE -> new DoubleValue(wire.getDoubles(index));
      case STRING -> new StringValue(bounded(wire.getStrings(index), wire.getTag()));
      case BYTES -> new BytesValue(wire.getBinaries(index).toByteArray());
    };
  }

  private static String bounded(String text, String tag) {
    if (text.length() > SampleValue.MAX_BYTES) {
      throw new IllegalArgumentException(
          "tag %s has a text of %d characters, at most %d are allowed"
              .formatted(tag, text.length(), SampleValue.MAX_BYTES));
    }
    return text;
  }
}
