package io.linewright.model.event;

import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandRequested;
import java.util.Map;
import java.util.Optional;

/** CloudEvents types of the platform and the record that each carries. */
public final class EventTypes {

  public static final String EQUIPMENT_ANNOUNCED = "io.linewright.equipment.announced.v1";
  public static final String TAG_ANNOUNCED = "io.linewright.equipment.tag-announced.v1";
  public static final String MACHINE_STATE = "io.linewright.machine.state.v1";
  public static final String MACHINE_COUNT = "io.linewright.machine.count.v1";
  public static final String MACHINE_ALARM = "io.linewright.machine.alarm.v1";
  public static final String MACHINE_CONTEXT = "io.linewright.machine.context.v1";
  public static final String SAMPLES_LOST = "io.linewright.machine.samples-lost.v1";
  public static final String COMMAND_REQUESTED = "io.linewright.command.requested.v1";
  public static final String COMMAND_PROGRESS = "io.linewright.command.progress.v1";
  public static final String RECORD_QUARANTINED = "io.linewright.quarantine.record.v1";

  private static final Map<String, Class<?>> RECORDS =
      Map.of(
          EQUIPMENT_ANNOUNCED, EquipmentAnnounced.class,
          TAG_ANNOUNCED, TagAnnounced.class,
          MACHINE_STATE, MachineStateReported.class,
          MACHINE_COUNT, CountReported.class,
          MACHINE_ALARM, AlarmReported.class,
          MACHINE_CONTEXT, ContextReported.class,
          SAMPLES_LOST, SamplesLost.class,
          COMMAND_REQUESTED, CommandRequested.class,
          COMMAND_PROGRESS, CommandProgress.class,
          RECORD_QUARANTINED, RecordQuarantined.class);

  private EventTypes() {}

  /** The record class of a type; empty if this version does not know the type. */
  public static Optional<Class<?>> recordOf(String type) {
    return Optional.ofNullable(RECORDS.get(type));
  }

  /** Every type with its record class. */
  public static Map<String, Class<?>> all() {
    return RECORDS;
  }
}
