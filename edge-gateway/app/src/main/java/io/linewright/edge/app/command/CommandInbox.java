package io.linewright.edge.app.command;

import io.linewright.edge.app.uplink.link.HostMessages;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands commands from MQTT to the desk; what is no command of the platform is refused. */
public final class CommandInbox implements HostMessages {

  private static final Logger LOG = LoggerFactory.getLogger(CommandInbox.class);
  private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Optional<CommandDesk> desk;
  private final AtomicLong refused = new AtomicLong();
  private long logged = System.nanoTime() - LOG_PAUSE_NANOS;

  /**
   * @param desk empty if nothing may be executed because the memory of commands cannot be read
   */
  public CommandInbox(Optional<CommandDesk> desk) {
    this.desk = desk;
  }

  /** Metrics that were no command of the platform, or came while nothing may be executed. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void heard(long sentMillis) {
    desk.ifPresent(present -> present.heard(sentMillis));
  }

  @Override
  public void command(SparkplugAddress to, Payload payload) {
    Optional<EquipmentPath> machine = to.equipment();
    if (machine.isEmpty() || desk.isEmpty()) {
      refuse(to, List.of("nothing can be written here"), payload.metrics().size());
      return;
    }
    CommandMessage message = CommandMessage.read(machine.get(), payload);
    message.commands().forEach(desk.get()::requested);
    if (!message.refusals().isEmpty()) {
      refuse(to, message.refusals(), message.refusals().size());
    }
  }

  /** Anybody on the broker may send such messages again and again: the log has one a second. */
  private void refuse(SparkplugAddress to, List<String> reasons, int count) {
    long all = refused.addAndGet(count);
    long now = System.nanoTime();
    if (now - logged >= LOG_PAUSE_NANOS) {
      logged = now;
      LOG.warn(
          "A write to {} is refused: {} ({} since the start). Writes come from the platform, see"
              + " docs/commands.md",
          to,
          reasons.getFirst(),
          all);
    }
  }
}
