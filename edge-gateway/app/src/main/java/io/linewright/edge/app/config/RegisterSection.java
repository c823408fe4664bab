package io.linewright.edge.app.config;

import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.modbus.value.RegisterDecoder;
import io.linewright.model.sample.DataType;
import java.util.List;
import java.util.Optional;

/** Where a tag lies on a Modbus device. */
final class RegisterSection {

  /** All keys that belong to it. */
  static final List<String> KEYS =
      List.of("register", "encoding", "word-order", "length", "padding", "bit", "scale", "offset");

  private static final int ADDRESSES = 65536;

  private record Place(Table table, int address) {
    boolean ofBits() {
      return table == Table.COIL || table == Table.DISCRETE;
    }
  }

  static Optional<TagAddress> read(YamlMap map, Optional<DataType> type) {
    Optional<Place> place =
        map.requiredParsed(
            "register",
            RegisterSection::place,
            "write table:address, as holding:100, with table coil, discrete, holding or input");
    Optional<Encoding> encoding =
        map.requiredParsed(
            "encoding",
            Scalars.oneOf(Encoding.values(), Scalars::lower),
            Scalars.names(Encoding.values(), Scalars::lower));
    Optional<WordOrder> order =
        map.parsed(
            "word-order",
            Scalars.oneOf(WordOrder.values(), WordOrder::name),
            Scalars.names(WordOrder.values(), WordOrder::name));
    if (place.isEmpty() || encoding.isEmpty()) {
      KEYS.forEach(map::text);
      return Optional.empty();
    }
    RegisterForm form = form(map, encoding.get(), place.get());
    ModbusRegister register =
        new ModbusRegister(
            place.get().table(),
            place.get().address(),
            encoding.get(),
            order.orElse(WordOrder.ABCD),
            form);
    check(map, register, type);
    return Optional.of(register);
  }

  private static void check(YamlMap map, ModbusRegister register, Optional<DataType> type) {
    if (register.ofBits() && register.encoding() != Encoding.BOOL) {
      map.problem("encoding", "a coil or discrete input is one bit", "write encoding: bool");
    }
    if (register.end() > ADDRESSES) {
      map.problem("register", "the value ends behind address 65535", "choose a lower address");
    }
    if (type.isPresent()
        && !RegisterDecoder.fits(register.encoding(), register.form(), type.get())) {
      boolean scaled = register.form().isScaled() && type.get() == DataType.INTEGER;
      map.problem(
          "type",
          "'"
              + type.get()
              + "' cannot hold "
              + (scaled ? "scaled " : "encoding ")
              + Scalars.lower(register.encoding()),
          "use boolean for bool, integer or double for integers and bcd, double for floats and"
              + " what scale or offset make fractions of, string for string");
    }
  }

  private static RegisterForm form(YamlMap map, Encoding encoding, Place place) {
    boolean text = encoding == Encoding.STRING;
    boolean word = encoding == Encoding.BOOL && !place.ofBits();
    boolean number = !text && encoding != Encoding.BOOL;
    onlyFor(map, "length", text, "encoding string");
    onlyFor(map, "padding", text, "encoding string");
    onlyFor(map, "bit", word, "encoding bool in a holding or input register");
    onlyFor(map, "scale", number, "numbers");
    onlyFor(map, "offset", number, "numbers");
    if (text) {
      int length =
          map.requiredParsed(
                  "length",
                  Scalars.integer(1, RegisterForm.MAX_LENGTH),
                  "write the number of characters, 1 to " + RegisterForm.MAX_LENGTH)
              .orElse(1);
      Padding padding =
          map.parsed(
                  "padding",
                  Scalars.oneOf(Padding.values(), Scalars::lower),
                  Scalars.names(Padding.values(), Scalars::lower))
              .orElse(Padding.NUL);
      return RegisterForm.text(length, padding);
    }
    int bit =
        map.parsed("bit", Scalars.integer(0, 15), "write 0 (least significant) to 15")
            .orElse(RegisterForm.WHOLE);
    double scale =
        map.parsed("scale", t -> finite(t, false), "write a factor such as 0.1").orElse(1.0);
    double offset =
        map.parsed("offset", t -> finite(t, true), "write a number such as -40").orElse(0.0);
    return new RegisterForm(0, Padding.NUL, bit, scale, offset);
  }

  private static void onlyFor(YamlMap map, String key, boolean allowed, String what) {
    if (map.has(key) && !allowed) {
      map.problem(key, "is for " + what + " only", "remove it");
      map.text(key); // one problem is enough
    }
  }

  private static double finite(String text, boolean mayBeZero) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(
          "'" + Scalars.shortened(text) + "' is not a number", wrong);
    }
    if (!Double.isFinite(number) || number == 0 && !mayBeZero) {
      throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is out of range");
    }
    return number;
  }

  private static Place place(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' has no table");
    }
    Table table = Scalars.oneOf(Table.values(), Scalars::lower).apply(text.substring(0, colon));
    return new Place(table, Scalars.integer(0, ADDRESSES - 1).apply(text.substring(colon + 1)));
  }

  /**
   * Notes a problem if the connection's limits or forbidden addresses keep a tag from being read.
   */
  static void checkReadable(YamlMap map, TagSettings tag, ModbusOptions options, int unitId) {
    if (!(tag.address() instanceof ModbusRegister register)) {
      return;
    }
    boolean forbidden =
        options.forbidden().stream()
            .anyMatch(
                range ->
                    range.unit().orElse(unitId) == unitId
                        && range.table() == register.table()
                        && range.first() < register.end()
                        && range.last() >= register.address());
    if (forbidden) {
      map.problem(
          "register",
          "the value lies on an address that the connection forbids",
          "correct register or the connection's forbidden");
    }
    if (!register.ofBits() && register.registers() > options.maxRegisters()) {
      map.problem(
          "register",
          "the value has more registers than the connection's max-registers",
          "raise max-registers");
    }
  }

  private RegisterSection() {}
}
