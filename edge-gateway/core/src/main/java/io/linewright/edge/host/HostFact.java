package io.linewright.edge.host;

import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TelemetryBatch;

/** What follows from a message. */
public sealed interface HostFact {

  /**
   * Values to write.
   *
   * @param lane which telemetry topic
   * @param batch the values, within the limits of one record
   */
  record Telemetry(Lane lane, TelemetryBatch batch) implements HostFact {}

  /**
   * A machine event to write.
   *
   * @param key record key: path of the line
   * @param event the event, with its sequence number
   */
  record MachineEvent(String key, CloudEvent<?> event) implements HostFact {}

  /**
   * A gateway tells how far a command has come.
   *
   * @param key record key: path of the machine
   * @param event the step
   */
  record Progress(String key, CloudEvent<?> event) implements HostFact {}

  /**
   * A birth declares equipment or a tag; to be written if it says something new.
   *
   * @param key record key: path or path#tag
   * @param event the declaration
   * @param onlyIfAbsent true for places above a device, which nobody owns: the first one stays
   */
  record Declared(String key, CloudEvent<?> event, boolean onlyIfAbsent) implements HostFact {}

  /**
   * Part or all of the message could not be read; its bytes go to quarantine.
   *
   * @param id identifies the message
   * @param cause one sentence for people
   * @param values how many values are set aside
   */
  record SetAside(String id, String cause, int values) implements HostFact {}

  /**
   * The message belongs to no known equipment.
   *
   * @param address a mapping for it is missing
   */
  record Unmapped(SparkplugAddress address) implements HostFact {}

  /**
   * The node shall send its births again.
   *
   * @param reason one sentence for people
   */
  record RebirthWanted(String reason) implements HostFact {}

  /** The positions carried so far shall be confirmed again, although they have not changed. */
  record ConfirmAgain() implements HostFact {}
}
