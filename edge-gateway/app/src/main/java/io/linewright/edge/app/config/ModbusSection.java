package io.linewright.edge.app.config;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.Connection.SerialLine;
import io.linewright.edge.config.Connection.SerialLine.Parity;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.ModbusOptions.Forbidden;
import io.linewright.edge.config.ModbusOptions.Framing;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.modbus.poll.Limits;
import io.linewright.edge.modbus.write.WritePlanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection of driver {@code modbus-tcp} or {@code modbus-rtu}. */
final class ModbusSection {

  private static final Pattern RANGE = Pattern.compile("(?:(\\d+)/)?([a-z]+):(\\d+)(?:-(\\d+))?");
  private static final int MAX_PARALLEL = 64;

  /** Unit, function, count and check sum around the registers of an answer. */
  private static final int AROUND_REGISTERS = 5;

  /** Longest request to read. */
  private static final int READ_REQUEST = 8;

  static Optional<Connection> tcp(YamlMap map, String id) {
    Optional<String> host = map.required("host", "write the host name or address of the device");
    Optional<Integer> port = number(map, "port", 502, 1, 65535);
    Optional<Duration> poll = pollInterval(map);
    Optional<Duration> timeout = timeout(map);
    Optional<ModbusOptions> options = options(map, true);
    map.noOtherKeys();
    if (host.isEmpty()
        || port.isEmpty()
        || poll.isEmpty()
        || timeout.isEmpty()
        || options.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Connection.ModbusTcp(
            id, host.get(), port.get(), poll.get(), timeout.get(), options.get()));
  }

  static Optional<Connection> rtu(YamlMap map, String id) {
    Optional<String> port = map.required("port", "write the serial device, as /dev/ttyUSB0");
    Optional<SerialLine> line = line(map);
    Optional<Duration> poll = pollInterval(map);
    Optional<Duration> timeout = timeout(map);
    Optional<ModbusOptions> options = options(map, false);
    map.noOtherKeys();
    if (port.isEmpty()
        || line.isEmpty()
        || poll.isEmpty()
        || timeout.isEmpty()
        || options.isEmpty()) {
      return Optional.empty();
    }
    int characters = READ_REQUEST + AROUND_REGISTERS + 2 * options.get().maxRegisters();
    long needed = line.get().nanos(characters) + 2 * line.get().silenceNanos();
    if (timeout.get().toNanos() <= needed) {
      map.problem(
          "timeout",
          "is shorter than a read of max-registers takes on this line ("
              + needed / 1_000_000
              + " ms)",
          "raise timeout or lower max-registers");
    }
    return Optional.of(
        new Connection.ModbusRtu(
            id, port.get(), line.get(), poll.get(), timeout.get(), options.get()));
  }

  /** Even parity unless the file says otherwise; without, a second stop bit takes its place. */
  private static Optional<SerialLine> line(YamlMap map) {
    Optional<Integer> baud = number(map, "baud", 19_200, 300, 921_600);
    Optional<Parity> parity =
        map.has("parity")
            ? map.parsed(
                "parity",
                Scalars.oneOf(Parity.values(), Scalars::lower),
                Scalars.names(Parity.values(), Scalars::lower))
            : Optional.of(Parity.EVEN);
    int usual = parity.filter(Parity.NONE::equals).isPresent() ? 2 : 1;
    Optional<Integer> stopBits = number(map, "stop-bits", usual, 1, 2);
    return baud.isEmpty() || parity.isEmpty() || stopBits.isEmpty()
        ? Optional.empty()
        : Optional.of(new SerialLine(baud.get(), parity.get(), stopBits.get()));
  }

  private static Optional<Duration> pollInterval(YamlMap map) {
    return map.requiredParsed(
        "poll-interval", ConnectionSection.INTERVAL, "write 10ms to 10min, as 200ms");
  }

  private static Optional<Duration> timeout(YamlMap map) {
    return map.has("timeout")
        ? map.parsed(
            "timeout",
            Scalars.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "write 10ms to 1min, as 1s")
        : Optional.of(Duration.ofSeconds(1));
  }

  private static Optional<ModbusOptions> options(YamlMap map, boolean tcp) {
    ModbusOptions usual = ModbusOptions.DEFAULT;
    Framing framing = tcp ? framing(map) : usual.framing();
    boolean parallelGiven = tcp && map.has("parallel-units");
    Optional<Integer> parallel =
        tcp
            ? number(map, "parallel-units", usual.parallelUnits(), 1, MAX_PARALLEL)
            : Optional.of(1);
    if (framing == Framing.RTU_OVER_TCP && parallelGiven && parallel.orElse(1) != 1) {
      map.problem("parallel-units", "RTU answers carry no number to tell them apart", "remove it");
    }
    Optional<Integer> registers =
        number(map, "max-registers", usual.maxRegisters(), 1, Limits.MAX_REGISTERS);
    Optional<Integer> coils = number(map, "max-coils", usual.maxBits(), 1, Limits.MAX_BITS);
    Optional<Integer> gap = number(map, "gap", usual.gap(), 0, Limits.MAX_REGISTERS - 1);
    List<Forbidden> forbidden = forbidden(map);
    Set<Integer> functions = functions(map);
    if (parallel.isEmpty() || registers.isEmpty() || coils.isEmpty() || gap.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModbusOptions(
            framing,
            parallel.get(),
            registers.get(),
            coils.get(),
            gap.get(),
            forbidden,
            functions));
  }

  private static Framing framing(YamlMap map) {
    return map.parsed(
            "framing",
            Scalars.oneOf(Framing.values(), ModbusSection::name),
            Scalars.names(Framing.values(), ModbusSection::name))
        .orElse(ModbusOptions.DEFAULT.framing());
  }

  private static String name(Framing framing) {
    return framing.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Integer> number(YamlMap map, String key, int usual, int least, int most) {
    return map.has(key)
        ? map.parsed(
            key, Scalars.integer(least, most), "write " + least + " to " + most + ", as " + usual)
        : Optional.of(usual);
  }

  private static List<Forbidden> forbidden(YamlMap map) {
    String advice = "write table:first-last or unit/table:first-last, as holding:200-299";
    return values(map, "forbidden", ModbusSection::range, advice);
  }

  private static Forbidden range(String text) {
    Matcher match = RANGE.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is no range");
    }
    OptionalInt unit =
        match.group(1) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Scalars.integer(0, 255).apply(match.group(1)));
    Table table = Scalars.oneOf(Table.values(), Scalars::lower).apply(match.group(2));
    int first = Scalars.integer(0, 65535).apply(match.group(3));
    String end = match.group(4) == null ? match.group(3) : match.group(4);
    return new Forbidden(unit, table, first, Scalars.integer(first, 65535).apply(end));
  }

  private static Set<Integer> functions(YamlMap map) {
    if (!map.has("write-functions")) {
      return WritePlanner.DEFAULT_FUNCTIONS;
    }
    return new HashSet<>(
        values(
            map,
            "write-functions",
            text -> {
              int code = Scalars.integer(1, 127).apply(text);
              if (!WritePlanner.FUNCTIONS.contains(code)) {
                throw new IllegalArgumentException("function " + code + " does not write");
              }
              return code;
            },
            "list those of 5, 6, 15, 16, 22 and 23 that the device knows"));
  }

  private static <T> List<T> values(
      YamlMap map, String key, Function<String, T> parser, String advice) {
    List<T> values = new ArrayList<>();
    if (map.has(key)) {
      for (String text : map.texts(key, advice)) {
        try {
          values.add(parser.apply(text));
        } catch (IllegalArgumentException wrong) {
          map.problem(key, String.valueOf(wrong.getMessage()), advice);
        }
      }
    }
    return values;
  }

  private ModbusSection() {}
}
