package io.linewright.edge.app.modbus;

import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.modbus.wire.SerialWire;
import io.linewright.edge.app.modbus.wire.TcpWire;
import io.linewright.edge.app.modbus.wire.Wire;
import io.linewright.edge.app.modbus.write.WriteDesk;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.ModbusOptions.Framing;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.frame.MbapFraming;
import io.linewright.edge.modbus.frame.RtuFraming;
import io.linewright.edge.modbus.poll.Limits;
import io.linewright.edge.modbus.poll.Obstacles;
import io.linewright.edge.modbus.poll.ReadPlan;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One Modbus connection, over TCP or a serial line, that polls all units behind it and writes to
 * them.
 */
public final class ModbusLink implements DeviceLink, TagWriter {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private record Unit(UnitTags tags, WriteDesk writes) {}

  private record Target(Unit unit, TagChannel tag) {}

  private final Connection.Modbus settings;
  private final Map<Integer, Unit> units = new TreeMap<>();
  private final Map<TagKey, Target> targets = new HashMap<>();
  private final ModbusBooks books = new ModbusBooks();
  private volatile @Nullable Wire current;

  /**
   * @param tagsByUnit all tags of the connection by unit id
   */
  public ModbusLink(Connection.Modbus settings, Map<Integer, List<TagChannel>> tagsByUnit) {
    this.settings = settings;
    tagsByUnit.forEach(
        (id, tags) -> {
          WriteDesk writes = new WriteDesk(settings.options().writeFunctions());
          Unit unit = new Unit(new UnitTags(tags), writes);
          units.put(id, unit);
          tags.forEach(
              tag -> targets.put(tag.settings().description().key(), new Target(unit, tag)));
        });
  }

  /** Counts since the start; may be called from any thread. */
  public ModbusStatistics statistics() {
    return books.statistics();
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TagKey tag, SampleValue value, Duration patience) {
    Target target = targets.get(tag);
    if (target == null) {
      return CompletableFuture.completedFuture(
          new WriteOutcome.Refused(
              StatusCode.BAD_NODE_ID_UNKNOWN, tag + " is not on connection " + settings.id()));
    }
    DataType type = target.tag().settings().description().type();
    ModbusRegister place = (ModbusRegister) target.tag().settings().address();
    CompletableFuture<WriteOutcome> outcome =
        target.unit().writes().submit(place, type, value, patience);
    Wire wire = current;
    if (wire != null) {
      wire.wakeup();
    }
    return outcome;
  }

  @Override
  public void live(Life life) throws LinkException, InterruptedException {
    boolean rtu =
        settings instanceof Connection.ModbusRtu
            || settings.options().framing() == Framing.RTU_OVER_TCP;
    try (Wire wire = connect()) {
      current = wire;
      int parallel = rtu ? 1 : settings.options().parallelUnits();
      new PollRun(wire, !rtu, life, pollers(), parallel, settings.timeout(), books).run();
    } catch (IOException unclosed) {
      throw new LinkException("the connection broke (" + unclosed.getMessage() + ")", unclosed);
    } finally {
      current = null;
    }
  }

  private Wire connect() throws LinkException, InterruptedException {
    return switch (settings) {
      case Connection.ModbusTcp tcp -> overTcp(tcp);
      case Connection.ModbusRtu rtu -> overSerialLine(rtu);
    };
  }

  private static Wire overTcp(Connection.ModbusTcp tcp) throws LinkException, InterruptedException {
    boolean rtu = tcp.options().framing() == Framing.RTU_OVER_TCP;
    try {
      return TcpWire.open(
          tcp.host(), tcp.port(), CONNECT.toNanos(), rtu ? new RtuFraming() : new MbapFraming());
    } catch (IOException refused) {
      throw new LinkException(
          "no connection to "
              + tcp.host()
              + ":"
              + tcp.port()
              + " ("
              + refused.getMessage()
              + "); check host, port and device",
          refused);
    }
  }

  private static Wire overSerialLine(Connection.ModbusRtu rtu) throws LinkException {
    try {
      return SerialWire.open(rtu.port(), rtu.line());
    } catch (IOException refused) {
      throw new LinkException(
          "serial line "
              + rtu.port()
              + " cannot be opened ("
              + refused.getMessage()
              + "); check the name, the gateway's right to use it (group dialout) and who else has it",
          refused);
    }
  }

  /** Units begin spread over one interval, so that their requests do not come in bursts. */
  private List<UnitPoller> pollers() {
    ModbusOptions options = settings.options();
    Limits limits =
        new Limits(options.maxRegisters(), options.maxBits(), options.gap(), 8 * options.gap());
    long now = System.nanoTime();
    long step = settings.pollInterval().toNanos() / Math.max(1, units.size());
    List<UnitPoller> pollers = new ArrayList<>();
    units.forEach(
        (id, unit) ->
            pollers.add(
                new UnitPoller(
                    id,
                    unit.tags(),
                    new ReadPlan(unit.tags().slots(), limits, obstacles(id, options)),
                    unit.writes(),
                    settings.pollInterval(),
                    books,
                    now + pollers.size() * step)));
    return pollers;
  }

  private static Obstacles obstacles(int unit, ModbusOptions options) {
    Obstacles obstacles = new Obstacles();
    options.forbidden().stream()
        .filter(range -> range.unit().isEmpty() || range.unit().getAsInt() == unit)
        .forEach(range -> obstacles.forbid(range.table(), range.first(), range.last() + 1));
    return obstacles;
  }
}
