package io.linewright.edge.app.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.SparkplugType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one metric. */
final class MetricReader {

  /** Bytes of one property set; more is refused, since each element costs far more heap. */
  private static final int MAX_PROPERTY_BYTES = 64 * 1024;

  private @Nullable String name;
  private OptionalLong alias = OptionalLong.empty();
  private OptionalLong timestamp = OptionalLong.empty();
  private int type;
  private boolean historical;
  private boolean isNull;
  private boolean unsupported;
  private @Nullable Object wire;
  private Map<String, Object> properties = Map.of();

  void readField(CodedInputStream in, int tag) throws IOException, SparkplugFormatException {
    switch (WireTag.field(tag)) {
      case Payload.Metric.NAME_FIELD_NUMBER -> name = WireTag.string(in, tag);
      case Payload.Metric.ALIAS_FIELD_NUMBER -> alias = OptionalLong.of(WireTag.varint(in, tag));
      case Payload.Metric.TIMESTAMP_FIELD_NUMBER ->
          timestamp = OptionalLong.of(WireTag.varint(in, tag));
      case Payload.Metric.DATATYPE_FIELD_NUMBER -> type = (int) WireTag.varint(in, tag);
      case Payload.Metric.IS_HISTORICAL_FIELD_NUMBER -> historical = WireTag.varint(in, tag) != 0;
      case Payload.Metric.IS_NULL_FIELD_NUMBER -> isNull = WireTag.varint(in, tag) != 0;
      case Payload.Metric.PROPERTIES_FIELD_NUMBER -> properties = readProperties(in, tag);
      default -> readValue(in, tag);
    }
  }

  private void readValue(CodedInputStream in, int tag)
      throws IOException, SparkplugFormatException {
    switch (WireTag.field(tag)) {
      case Payload.Metric.INT_VALUE_FIELD_NUMBER -> wire = WireTag.varint(in, tag) & 0xFFFF_FFFFL;
      case Payload.Metric.LONG_VALUE_FIELD_NUMBER -> wire = WireTag.varint(in, tag);
      case Payload.Metric.FLOAT_VALUE_FIELD_NUMBER -> {
        WireTag.require(tag, WireFormat.WIRETYPE_FIXED32);
        wire = in.readFloat();
      }
      case Payload.Metric.DOUBLE_VALUE_FIELD_NUMBER -> {
        WireTag.require(tag, WireFormat.WIRETYPE_FIXED64);
        wire = in.readDouble();
      }
      case Payload.Metric.BOOLEAN_VALUE_FIELD_NUMBER -> wire = WireTag.varint(in, tag) != 0;
      case Payload.Metric.STRING_VALUE_FIELD_NUMBER -> wire = WireTag.string(in, tag);
      case Payload.Metric.BYTES_VALUE_FIELD_NUMBER -> {
        WireTag.require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        wire = in.readByteArray();
      }
      case Payload.Metric.DATASET_VALUE_FIELD_NUMBER,
          Payload.Metric.TEMPLATE_VALUE_FIELD_NUMBER,
          Payload.Metric.EXTENSION_VALUE_FIELD_NUMBER -> {
        unsupported = true;
        WireTag.skip(in, tag);
      }
      default -> WireTag.skip(in, tag);
    }
  }

  Metric toMetric() {
    Object value = isNull || unsupported ? null : wire;
    boolean mismatch = false;
    if (type != 0 && !isNull) {
      Optional<SparkplugType> declared = SparkplugType.of(type);
      mismatch = declared.isEmpty();
      if (value != null && declared.isPresent()) {
        value = declared.get().read(value).orElse(null);
        mismatch = value == null;
      }
    }
    return new Metric(
        name,
        alias,
        type,
        timestamp,
        historical,
        mismatch ? null : value,
        unsupported || mismatch,
        properties);
  }

  private static Map<String, Object> readProperties(CodedInputStream in, int tag)
      throws IOException, SparkplugFormatException {
    WireTag.require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    if (length < 0 || length > MAX_PROPERTY_BYTES) {
      throw new SparkplugFormatException(
          "properties of one metric exceed " + MAX_PROPERTY_BYTES + " bytes");
    }
    Payload.PropertySet set = Payload.PropertySet.parseFrom(in.readRawBytes(length));
    if (set.getKeysCount() != set.getValuesCount()) {
      throw new SparkplugFormatException(
          "property set has %d keys and %d values"
              .formatted(set.getKeysCount(), set.getValuesCount()));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < set.getKeysCount(); i++) {
      Object value = property(set.getValues(i));
      if (value != null) {
        properties.put(set.getKeys(i), value);
      }
    }
    return properties;
  }

  /** The value in its type's meaning; null for null, nested sets and values that do not fit. */
  private static @Nullable Object property(Payload.PropertyValue property) {
    Object wire =
        switch (property.getValueCase()) {
          case INT_VALUE -> property.getIntValue() & 0xFFFF_FFFFL;
          case LONG_VALUE -> property.getLongValue();
          case FLOAT_VALUE -> property.getFloatValue();
          case DOUBLE_VALUE -> property.getDoubleValue();
          case BOOLEAN_VALUE -> property.getBooleanValue();
          case STRING_VALUE -> property.getStringValue();
          default -> null;
        };
    if (wire == null || property.getIsNull()) {
      return null;
    }
    return property.getType() == 0
        ? wire
        : SparkplugType.of(property.getType()).flatMap(type -> type.read(wire)).orElse(null);
  }
}
