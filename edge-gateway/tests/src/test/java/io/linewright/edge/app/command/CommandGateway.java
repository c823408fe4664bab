package io.linewright.edge.app.command;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.command.StopSwitch;
import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A gateway with its uplink and its desk; only the machine is not real. */
public final class CommandGateway implements AutoCloseable {

  /** The tag that may be written. */
  public static final TagKey SPEED =
      TagKey.parse("acme/graz/machining/line-1/mill-01#speed/setpoint");

  private final CommandDesk desk;
  private final CommandInbox inbox;
  private final Uplink uplink;

  /**
   * @param answers whether the machine says how a write ended
   * @param written gets what was written
   */
  public CommandGateway(
      EdgeFile file, Path directory, String url, boolean answers, List<SampleValue> written)
      throws Exception {
    CompletableFuture<Uplink> started = new CompletableFuture<>();
    desk =
        CommandDesk.open(
            directory,
            GatewayRules.of(file),
            (tag, value, patience) -> {
              written.add(value);
              CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
              if (answers) {
                outcome.complete(new WriteOutcome.Verified(value));
              }
              return outcome;
            },
            new CommandDesk.ProgressSink() {
              @Override
              public void tell(CommandProgress progress) throws InterruptedException {
                started.join().tell(progress);
              }

              @Override
              public void stopped(boolean on) throws InterruptedException {
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                started
                    .join()
                    .tell(
                        StopSwitch.NAME,
                        new Sample(SampleValue.of(on), StatusCode.GOOD, micros, 0));
              }
            },
            InstantSource.system());
    inbox = new CommandInbox(Optional.of(desk));
    uplink =
        Uplink.builder(file, directory.resolve("log"), UplinkSettings.of(url))
            .ownTags((of, gateway) -> List.of(StopSwitch.description(gateway)))
            .hostMessages(inbox)
            .start();
    started.complete(uplink);
    desk.start();
  }

  CommandDesk desk() {
    return desk;
  }

  long refused() {
    return inbox.refused();
  }

  public boolean ready() {
    return uplink.ready();
  }

  @Override
  public void close() throws CommandStoreException {
    desk.close();
    uplink.close();
  }

  /** Its file; the tag may have values from 0 on. */
  public static EdgeFile file(GatewayIdentity.Confirm confirm, double highest) {
    TagDescription speed =
        new TagDescription(
            SPEED,
            DataType.DOUBLE,
            UcumUnit.ONE,
            TagRole.PROCESS_VALUE,
            Optional.empty(),
            Optional.empty(),
            DataClass.SITE,
            Optional.empty());
    WriteGuard guard =
        new WriteGuard(
            DataType.DOUBLE,
            Optional.of(new ValueRange(0, highest)),
            10,
            Duration.ofSeconds(1),
            List.of(),
            0);
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", confirm),
        LogSettings.DEFAULT,
        List.of(),
        List.of(
            new DeviceSettings(
                SPEED.equipment(),
                Optional.empty(),
                "machining",
                0,
                List.of(
                    new TagSettings(speed, new TagAddress.OpcUaNode("ns=1;s=speed"))
                        .withWrite(Optional.of(guard))),
                Map.of())));
  }
}
