package io.linewright.edge.host.command;

import io.linewright.model.equipment.SparkplugAddress;

/** Where a command to a tag has to go at the moment. */
public sealed interface Route {

  /** Its gateway, and the device if it is of one, are there. */
  record Online(SparkplugAddress to) implements Route {}

  /** It is declared, but its gateway or device is not there. */
  record Absent() implements Route {}

  /** It can go nowhere. */
  record Impossible(String reason) implements Route {}

  /** Another bridge carries its site. */
  record NotOurs() implements Route {}
}
