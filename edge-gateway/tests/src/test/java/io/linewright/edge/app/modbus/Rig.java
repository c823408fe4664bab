package io.linewright.edge.app.modbus;

import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.RecordingSink;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.liveness.BackOff;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.unit.UcumUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A real Modbus driver with its tags, in front of a sink that remembers. */
final class Rig implements AutoCloseable {

  final RecordingSink sink = new RecordingSink();
  private final Map<Integer, List<TagSettings>> tags = new TreeMap<>();
  private final Path directory;
  private Duration poll = Duration.ofMillis(100);
  private Duration timeout = Duration.ofSeconds(2);
  private ModbusOptions options = ModbusOptions.DEFAULT;
  private @Nullable ModbusLink link;
  private @Nullable Supervisor driver;

  Rig(Path directory) {
    this.directory = directory;
  }

  Rig timing(int pollMillis, int timeoutMillis) {
    poll = Duration.ofMillis(pollMillis);
    timeout = Duration.ofMillis(timeoutMillis);
    return this;
  }

  Rig options(ModbusOptions changed) {
    options = changed;
    return this;
  }

  /**
   * Consecutive 16-bit registers {@code r0} … of a unit; the name of others is {@code uUNIT/r0}.
   */
  Rig words(int unit, int count) {
    for (int i = 0; i < count; i++) {
      String name = unit == 1 ? "r" + i : "u" + unit + "/r" + i;
      tag(unit, name, Table.HOLDING, i, Encoding.UINT16, RegisterForm.PLAIN, DataType.INTEGER);
    }
    return this;
  }

  Rig tag(
      int unit,
      String name,
      Table table,
      int address,
      Encoding encoding,
      RegisterForm form,
      DataType type) {
    tags.computeIfAbsent(unit, u -> new ArrayList<>())
        .add(
            new TagSettings(
                new TagDescription(
                    key(unit, name),
                    type,
                    UcumUnit.ONE,
                    TagRole.PROCESS_VALUE,
                    Optional.empty(),
                    Optional.empty(),
                    DataClass.ENTERPRISE,
                    Optional.empty()),
                new TagAddress.ModbusRegister(table, address, encoding, WordOrder.CDAB, form)));
    return this;
  }

  private static TagKey key(int unit, String name) {
    return new TagKey(
        EquipmentPath.parse("acme/graz/packaging/line-2/saw-" + unit), new TagName(name));
  }

  Rig start(int port) {
    return start(new Connection.ModbusTcp("m", "127.0.0.1", port, poll, timeout, options));
  }

  Rig start(Connection.Modbus connection) {
    StageCounters counters = new StageCounters();
    List<TagChannel> all = new ArrayList<>();
    Map<Integer, List<TagChannel>> byUnit = new TreeMap<>();
    tags.forEach(
        (unit, own) -> {
          var device =
              new DeviceSettings(
                  key(unit, "x").equipment(), Optional.empty(), "m", unit, own, Map.of());
          List<TagChannel> channels = TagChannel.of(device, sink, InstantSource.system(), counters);
          all.addAll(channels);
          byUnit.put(unit, channels);
        });
    ModbusLink started = new ModbusLink(connection, byUnit);
    link = started;
    Supervisor supervisor =
        new Supervisor(
            "m",
            started,
            all,
            counters,
            directory,
            new BackOff(Duration.ofMillis(50), Duration.ofMillis(200)),
            new Random(1));
    driver = supervisor;
    supervisor.start();
    return this;
  }

  private ModbusLink link() {
    return Objects.requireNonNull(link, "the rig was not started");
  }

  DriverStatus status() {
    return Objects.requireNonNull(driver, "the rig was not started").status();
  }

  ModbusStatistics statistics() {
    return link().statistics();
  }

  CompletableFuture<WriteOutcome> write(String name, SampleValue value) {
    return write(name, value, Duration.ofSeconds(60));
  }

  CompletableFuture<WriteOutcome> write(String name, SampleValue value, Duration patience) {
    return link().write(key(1, name), value, patience);
  }

  @Override
  public void close() {
    if (driver != null) {
      driver.close();
    }
  }
}
