package io.linewright.model.event;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.machine.MachineState;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The events of machines that values stand for. They are derived once, where values enter Kafka: by
 * the bridge and by imports. The same value always makes the same event, with the id {@code
 * path#tag@<source µs>.<ordinal>}.
 */
public final class MachineEvents {

  private MachineEvents() {}

  /**
   * The record key of all events of a machine: the path of its line, or its own above that level.
   */
  public static String keyOf(EquipmentPath equipment) {
    return equipment.line().toString();
  }

  /**
   * The event that a value of a tag stands for whose role raises events.
   *
   * @param source CloudEvents source
   * @param historical true if it comes from backlog or an import
   * @param sequence gap-free count of the event's source and key; empty if the source keeps none
   * @throws IllegalArgumentException if values of that role raise no events
   */
  public static CloudEvent<?> of(
      String source,
      TagKey tag,
      TagRole role,
      Sample sample,
      boolean historical,
      OptionalLong sequence) {
    String machine = tag.equipment().toString();
    String name = tag.name().value();
    long status = Integer.toUnsignedLong(sample.status().bits());
    int ordinal = sample.ordinal();
    @Nullable SampleValue value = sample.value();
    Content content =
        switch (role) {
          case MACHINE_STATE -> {
            Optional<MachineState> state = state(value);
            yield new Content(
                EventTypes.MACHINE_STATE,
                new MachineStateReported(
                    machine,
                    name,
                    state.map(MachineState::number).orElse(null),
                    state.map(Enum::name).orElse(null),
                    text(value),
                    status,
                    ordinal,
                    historical));
          }
          case GOOD_COUNT, REJECT_COUNT, REWORK_COUNT, TOTAL_COUNT ->
              new Content(
                  EventTypes.MACHINE_COUNT,
                  new CountReported(
                      machine, name, role.toString(), number(value), status, ordinal, historical));
          case ALARM ->
              new Content(
                  EventTypes.MACHINE_ALARM,
                  new AlarmReported(
                      machine, name, active(value), text(value), status, ordinal, historical));
          case ORDER, PRODUCT, LOT, SERIAL, STOP_REASON ->
              new Content(
                  EventTypes.MACHINE_CONTEXT,
                  new ContextReported(
                      machine, name, role.toString(), text(value), status, ordinal, historical));
          default ->
              throw new IllegalArgumentException("values of role " + role + " raise no events");
        };
    return event(source, tag, sample, sequence, content);
  }

  /**
   * The event of a value of energy or power, if it is one that is told.
   *
   * @param source CloudEvents source
   * @param scale of the tag
   * @param historical true if it comes from backlog or an import
   * @param sequence gap-free count of the event's source and key; empty if the source keeps none
   */
  public static CloudEvent<?> energy(
      String source,
      TagKey tag,
      EnergyScale scale,
      Sample sample,
      boolean historical,
      OptionalLong sequence) {
    EnergyReported energy =
        new EnergyReported(
            tag.equipment().toString(),
            tag.name().value(),
            scale.role().toString(),
            scale.read(sample.value()),
            Integer.toUnsignedLong(sample.status().bits()),
            sample.ordinal(),
            historical);
    return event(source, tag, sample, sequence, new Content(EventTypes.MACHINE_ENERGY, energy));
  }

  private record Content(String type, Object data) {}

  private static CloudEvent<?> event(
      String source, TagKey tag, Sample sample, OptionalLong sequence, Content content) {
    return new CloudEvent<>(
        "%s@%d.%d".formatted(tag, sample.sourceMicros(), sample.ordinal()),
        source,
        content.type(),
        Instant.EPOCH.plus(sample.sourceMicros(), ChronoUnit.MICROS),
        tag.equipment().toString(),
        sequence,
        null,
        content.data());
  }

  private static Optional<MachineState> state(@Nullable SampleValue value) {
    return value instanceof IntegerValue(long number) ? MachineState.of(number) : Optional.empty();
  }

  private static @Nullable Double number(@Nullable SampleValue value) {
    return switch (value) {
      case IntegerValue(long number) -> (double) number;
      case DoubleValue(double number) -> number;
      case null, default -> null;
    };
  }

  private static @Nullable Boolean active(@Nullable SampleValue value) {
    return switch (value) {
      case BooleanValue(boolean truth) -> truth;
      case IntegerValue(long number) -> number != 0;
      case DoubleValue(double number) -> number != 0;
      case StringValue(String text) -> !text.isEmpty();
      case null, default -> null;
    };
  }

  private static @Nullable String text(@Nullable SampleValue value) {
    return switch (value) {
      case BooleanValue(boolean truth) -> Boolean.toString(truth);
      case IntegerValue(long number) -> Long.toString(number);
      case DoubleValue(double number) -> Double.toString(number);
      case StringValue(String text) -> text;
      case BytesValue bytes -> HexFormat.of().formatHex(bytes.value());
      case null -> null;
    };
  }
}
