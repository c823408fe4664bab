package io.linewright.edge.host.content;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.AlarmReported;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.ContextReported;
import io.linewright.model.event.CountReported;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.machine.MachineState;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Events of machines, one for each value of a tag whose role says so. */
public final class MachineEvents {

  private MachineEvents() {}

  /**
   * The event that a value stands for.
   *
   * @param source CloudEvents source
   * @param historical true if it comes from backlog
   * @param sequence gap-free count of the event's source and key
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
    record Content(String type, Object data) {}
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
                    status,
                    ordinal,
                    historical));
          }
          case GOOD_COUNT, REJECT_COUNT, TOTAL_COUNT ->
              new Content(
                  EventTypes.MACHINE_COUNT,
                  new CountReported(
                      machine, name, role.toString(), number(value), status, ordinal, historical));
          case ALARM ->
              new Content(
                  EventTypes.MACHINE_ALARM,
                  new AlarmReported(
                      machine, name, active(value), text(value), status, ordinal, historical));
          default ->
              new Content(
                  EventTypes.MACHINE_CONTEXT,
                  new ContextReported(
                      machine, name, role.toString(), text(value), status, ordinal, historical));
        };
    return new CloudEvent<>(
        "%s@%d.%d".formatted(tag, sample.sourceMicros(), ordinal),
        source,
        content.type(),
        Micros.instant(sample.sourceMicros()),
        machine,
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
      case BytesValue bytes -> java.util.HexFormat.of().formatHex(bytes.value());
      case null -> null;
    };
  }
}
