package io.linewright.edge.host.command;

import io.linewright.edge.command.Command;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.SparkplugAddress;

/** What is to be done. */
public sealed interface DeliveryFact {

  /** To be published to the node or device, before the command expires. */
  record Publish(Command command, SparkplugAddress to) implements DeliveryFact {}

  /** The bridge's own word on how a command ended, to be written with the results. */
  record Tell(CommandProgress progress) implements DeliveryFact {}
}
