package io.linewright.edge.host;

import io.linewright.edge.host.content.MessageContent;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.EventTypes;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What our own node tells as text: losses, and steps of commands. */
final class NodeReports {

  private NodeReports() {}

  /** Reads both of one record; what is not readable is set aside. */
  static void read(
      HostRules rules,
      Output out,
      String recordId,
      MessageContent content,
      Optional<EquipmentPath> gateway) {
    @Nullable String loss = content.text(LinewrightMetrics.LOSS);
    if (loss != null) {
      rules
          .lossReader()
          .apply(loss)
          .ifPresentOrElse(
              lost -> out.lost(recordId + "#loss", lost),
              () -> out.add(new HostFact.SetAside(recordId, "its loss record is not readable", 0)));
    }
    @Nullable String progress = content.text(LinewrightMetrics.COMMAND_PROGRESS);
    if (progress != null) {
      rules
          .progressReader()
          .apply(progress)
          .flatMap(step -> gateway.flatMap(path -> fact(step, path)))
          .ifPresentOrElse(
              out::add,
              () ->
                  out.add(
                      new HostFact.SetAside(
                          recordId, "its step of a command is not readable, or not its own", 0)));
    }
  }

  /** A gateway speaks for the machines of its site only. */
  private static Optional<HostFact> fact(CommandProgress step, EquipmentPath gateway) {
    EquipmentPath machine = TagKey.parse(step.tag()).equipment();
    EquipmentPath site =
        new EquipmentPath(gateway.segments().subList(0, gateway.segments().size() - 1));
    if (!site.contains(machine)) {
      return Optional.empty();
    }
    return Optional.of(
        new HostFact.Progress(
            machine.toString(),
            new CloudEvent<>(
                step.id() + "." + step.step(),
                "/edge/" + gateway,
                EventTypes.COMMAND_PROGRESS,
                step.at(),
                machine.toString(),
                OptionalLong.empty(),
                null,
                step)));
  }
}
