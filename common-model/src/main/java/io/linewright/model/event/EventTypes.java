package io.linewright.model.event;

import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.historian.DataQualityBreached;
import io.linewright.model.historian.EquipmentMoved;
import io.linewright.model.historian.TagVersionBegun;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.production.CountCorrected;
import io.linewright.model.production.MasterItemChanged;
import io.linewright.model.production.OrderChanged;
import io.linewright.model.production.ShiftClosed;
import io.linewright.model.production.ShiftCorrected;
import io.linewright.model.production.StopClassified;
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
  public static final String MACHINE_ENERGY = "io.linewright.machine.energy.v1";
  public static final String MACHINE_PROGRESS = "io.linewright.machine.progress.v1";
  public static final String SAMPLES_LOST = "io.linewright.machine.samples-lost.v1";
  public static final String EQUIPMENT_MOVED = "io.linewright.machine.moved.v1";
  public static final String TAG_VERSION = "io.linewright.machine.tag-version.v1";
  public static final String DATA_QUALITY = "io.linewright.machine.data-quality.v1";
  public static final String COMMAND_REQUESTED = "io.linewright.command.requested.v1";
  public static final String COMMAND_PROGRESS = "io.linewright.command.progress.v1";
  public static final String MASTER_ITEM_CHANGED = "io.linewright.master.item-changed.v1";
  public static final String STOP_CLASSIFIED = "io.linewright.oee.stop-classified.v1";
  public static final String COUNT_CORRECTED = "io.linewright.oee.count-corrected.v1";
  public static final String ORDER_CHANGED = "io.linewright.production.order-changed.v1";
  public static final String SHIFT_CLOSED = "io.linewright.oee.shift-closed.v1";
  public static final String SHIFT_CORRECTED = "io.linewright.oee.shift-corrected.v1";
  public static final String RECORD_QUARANTINED = "io.linewright.quarantine.record.v1";

  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          Map.entry(EQUIPMENT_ANNOUNCED, EquipmentAnnounced.class),
          Map.entry(TAG_ANNOUNCED, TagAnnounced.class),
          Map.entry(MACHINE_STATE, MachineStateReported.class),
          Map.entry(MACHINE_COUNT, CountReported.class),
          Map.entry(MACHINE_ALARM, AlarmReported.class),
          Map.entry(MACHINE_CONTEXT, ContextReported.class),
          Map.entry(MACHINE_ENERGY, EnergyReported.class),
          Map.entry(MACHINE_PROGRESS, DeviceProgress.class),
          Map.entry(SAMPLES_LOST, SamplesLost.class),
          Map.entry(EQUIPMENT_MOVED, EquipmentMoved.class),
          Map.entry(TAG_VERSION, TagVersionBegun.class),
          Map.entry(DATA_QUALITY, DataQualityBreached.class),
          Map.entry(COMMAND_REQUESTED, CommandRequested.class),
          Map.entry(COMMAND_PROGRESS, CommandProgress.class),
          Map.entry(MASTER_ITEM_CHANGED, MasterItemChanged.class),
          Map.entry(STOP_CLASSIFIED, StopClassified.class),
          Map.entry(COUNT_CORRECTED, CountCorrected.class),
          Map.entry(ORDER_CHANGED, OrderChanged.class),
          Map.entry(SHIFT_CLOSED, ShiftClosed.class),
          Map.entry(SHIFT_CORRECTED, ShiftCorrected.class),
          Map.entry(RECORD_QUARANTINED, RecordQuarantined.class));

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
