package io.linewright.simulator.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/** Turns the plant's values into those of OPC UA. */
final class Values {

  private static final long TICKS_PER_MICRO = 10;
  private static final long MICROS_FROM_1601_TO_1970 = 11_644_473_600_000_000L;

  private Values() {}

  static DateTime time(long micros) {
    return new DateTime((micros + MICROS_FROM_1601_TO_1970) * TICKS_PER_MICRO);
  }

  /** Machines count in 32 bits and beat in 16, as controllers do. */
  static Variant variant(PlantTag tag, SampleValue value) {
    return switch (value) {
      case SampleValue.BooleanValue b -> Variant.ofBoolean(b.value());
      case SampleValue.IntegerValue i ->
          switch (tag.role()) {
            case GOOD_COUNT, REJECT_COUNT -> Variant.ofUInt32(uint(i.value() & 0xffff_ffffL));
            case HEARTBEAT -> Variant.ofUInt16(ushort((int) i.value()));
            default -> Variant.ofInt32((int) i.value());
          };
      case SampleValue.DoubleValue d -> Variant.ofDouble(d.value());
      case SampleValue.StringValue s -> Variant.ofString(s.value());
      case SampleValue.BytesValue b ->
          throw new IllegalArgumentException("the plant has no byte strings: " + b);
    };
  }

  static NodeId dataType(PlantTag tag) {
    return switch (tag.description().type()) {
      case BOOLEAN -> NodeIds.Boolean;
      case INTEGER -> integerType(tag.role());
      case DOUBLE -> NodeIds.Double;
      case STRING -> NodeIds.String;
      case BYTES -> NodeIds.ByteString;
    };
  }

  static Range range(PlantTag tag) {
    ValueRange range = tag.description().range().orElseThrow();
    return new Range(range.low(), range.high());
  }

  /** The UCUM code as the unit's display name; its namespace says so. */
  static EUInformation unit(PlantTag tag) {
    String code = tag.description().unit().code();
    return new EUInformation(
        "http://unitsofmeasure.org", -1, LocalizedText.english(code), LocalizedText.english(code));
  }

  private static NodeId integerType(TagRole role) {
    return switch (role) {
      case GOOD_COUNT, REJECT_COUNT -> NodeIds.UInt32;
      case HEARTBEAT -> NodeIds.UInt16;
      default -> NodeIds.Int32;
    };
  }
}
