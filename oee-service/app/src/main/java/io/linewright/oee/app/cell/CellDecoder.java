package io.linewright.oee.app.cell;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.cell.Dictionary.Kind;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.CellKey;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of table {@code cell} as cells. The texts of their numbers are asked for when all rows are
 * read, in one question for each kind.
 */
final class CellDecoder {

  /** What a cell is read from, in this order; the span is told by the cuts. */
  static final String COLUMNS =
      String.join(", ", CellEncoder.COLUMNS)
          .replace("machine_id, during,", "")
          .replace("shift_no,", "(SELECT s.name FROM shift s WHERE s.shift_no = cell.shift_no),")
          .replace(" computed_at,", "")
          .strip();

  private static final SliceFlag[] FLAGS = SliceFlag.values();
  private static final Lack[] LACKS = Lack.values();

  /** A row without its texts. */
  private record Raw(
      LocalDate plantDay,
      @Nullable String shift,
      @Nullable Integer order,
      @Nullable Integer product,
      @Nullable Integer lot,
      int version,
      InputHash inputs,
      Elements elements,
      Long @Nullable [] energy,
      Integer @Nullable [] energyStates,
      Long @Nullable [] energyByState,
      long energyCovered,
      long energyMicros,
      Long[] cuts,
      Number[] categories,
      Number[] said,
      Integer[] states,
      Integer[] reasons,
      Number[] flags) {}

  private final List<Raw> rows = new ArrayList<>();
  private final Map<Kind, Set<Integer>> wanted = new EnumMap<>(Kind.class);

  CellDecoder() {
    for (Kind kind : Kind.values()) {
      wanted.put(kind, new HashSet<>());
    }
  }

  /** Takes a row of {@link #COLUMNS}. */
  void add(ResultSet row) throws SQLException {
    Columns in = new Columns(row);
    LocalDate day = in.date();
    String shift = in.text();
    Integer order = in.optional();
    Integer product = in.optional();
    Integer lot = in.optional();
    int version = in.integer();
    InputHash inputs = InputHash.ofBytes(in.bytes());
    Elements elements = elements(in);
    Long[] energy = in.array(Long[].class);
    Integer[] energyStates = in.array(Integer[].class);
    Long[] energyByState = in.array(Long[].class);
    long covered = in.bigint();
    long micros = in.bigint();
    Set<Lack> lacks = EnumSet.noneOf(Lack.class);
    int bits = in.integer();
    for (Lack lack : LACKS) {
      if ((bits & 1 << lack.ordinal()) != 0) {
        lacks.add(lack);
      }
    }
    Raw raw =
        new Raw(
            day,
            shift,
            order,
            product,
            lot,
            version,
            inputs,
            with(elements, EnergyUse.NONE, lacks),
            energy,
            energyStates,
            energyByState,
            covered,
            micros,
            in.full(Long[].class),
            in.full(Number[].class),
            in.full(Number[].class),
            in.full(Integer[].class),
            in.full(Integer[].class),
            in.full(Number[].class));
    rows.add(raw);
    want(Kind.ORDER, raw.order);
    want(Kind.PRODUCT, raw.product);
    want(Kind.LOT, raw.lot);
    want(Kind.STATE, raw.states);
    want(Kind.REASON, raw.reasons);
    if (raw.energyStates != null) {
      want(Kind.STATE, raw.energyStates);
    }
  }

  /** All that were taken, in that order. */
  List<StoredCell> cells(EquipmentPath machine, Dictionary dictionary) {
    Map<Kind, Map<Integer, String>> texts = new EnumMap<>(Kind.class);
    wanted.forEach((kind, numbers) -> texts.put(kind, dictionary.names(kind, numbers)));
    Map<Integer, String> states = texts(texts, Kind.STATE);
    Map<Integer, String> reasons = texts(texts, Kind.REASON);
    List<StoredCell> cells = new ArrayList<>(rows.size());
    for (Raw raw : rows) {
      CellKey key =
          new CellKey(
              machine,
              raw.plantDay,
              raw.shift,
              text(texts(texts, Kind.ORDER), raw.order),
              text(texts(texts, Kind.PRODUCT), raw.product),
              text(texts(texts, Kind.LOT), raw.lot));
      Span span = new Span(raw.cuts[0], raw.cuts[raw.cuts.length - 1]);
      Elements elements = with(raw.elements, energy(raw, states), raw.elements.lacks());
      Cell cell = new Cell(key, span, elements, slices(raw, states, reasons));
      cells.add(new StoredCell(cell, raw.version, raw.inputs));
    }
    return cells;
  }

  private static Elements elements(Columns in) throws SQLException {
    Map<TimeCategory, Long> times = new EnumMap<>(TimeCategory.class);
    for (int number = 0; number < CellEncoder.CATEGORIES; number++) {
      times.put(TimeCategory.ofNumber(number), in.bigint());
    }
    long absorbed = in.bigint();
    Counts counts =
        new Counts(
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.quantity(),
            in.bool());
    IdealTimes ideal = new IdealTimes(in.bigint(), in.bigint(), in.bigint(), in.quantity());
    Quantity scrap = in.quantity();
    Quantity capacity = in.quantity();
    long stops = in.bigint();
    Failures failures = new Failures(in.bigint(), in.bigint(), in.bigint(), in.bigint());
    return new Elements(
        new TimeSums(times),
        absorbed,
        counts,
        ideal,
        scrap,
        capacity,
        stops,
        failures,
        EnergyUse.NONE,
        Set.of());
  }

  private static Elements with(Elements of, EnergyUse energy, Set<Lack> lacks) {
    return new Elements(
        of.times(),
        of.absorbedMicros(),
        of.counts(),
        of.ideal(),
        of.plannedScrap(),
        of.capacity(),
        of.stops(),
        of.failures(),
        energy,
        lacks);
  }

  private static EnergyUse energy(Raw raw, Map<Integer, String> texts) {
    if (raw.energy == null || raw.energyStates == null || raw.energyByState == null) {
      return EnergyUse.NONE;
    }
    Map<TimeCategory, Quantity> byCategory = new EnumMap<>(TimeCategory.class);
    for (int number = 0; number < raw.energy.length; number++) {
      byCategory.put(TimeCategory.ofNumber(number), new Quantity(raw.energy[number]));
    }
    SortedMap<String, Quantity> byState = new TreeMap<>();
    for (int i = 0; i < raw.energyStates.length; i++) {
      byState.put(state(texts, raw.energyStates[i]), new Quantity(raw.energyByState[i]));
    }
    return new EnergyUse(byCategory, byState, raw.energyCovered, raw.energyMicros);
  }

  private static List<TimeSlice> slices(
      Raw raw, Map<Integer, String> states, Map<Integer, String> reasons) {
    List<TimeSlice> slices = new ArrayList<>(raw.categories.length);
    for (int i = 0; i < raw.categories.length; i++) {
      Set<SliceFlag> flags = EnumSet.noneOf(SliceFlag.class);
      for (SliceFlag flag : FLAGS) {
        if ((raw.flags[i].intValue() & 1 << flag.ordinal()) != 0) {
          flags.add(flag);
        }
      }
      slices.add(
          new TimeSlice(
              new Span(raw.cuts[i], raw.cuts[i + 1]),
              TimeCategory.ofNumber(raw.categories[i].intValue()),
              TimeCategory.ofNumber(raw.said[i].intValue()),
              state(states, raw.states[i]),
              raw.reasons[i] == 0 ? null : reasons.get(raw.reasons[i]),
              flags));
    }
    return slices;
  }

  private void want(Kind kind, @Nullable Integer... numbers) {
    for (Integer number : numbers) {
      if (number != null && number != 0) {
        Objects.requireNonNull(wanted.get(kind)).add(number);
      }
    }
  }

  private static Map<Integer, String> texts(Map<Kind, Map<Integer, String>> texts, Kind kind) {
    return Objects.requireNonNull(texts.get(kind));
  }

  private static @Nullable String text(Map<Integer, String> texts, @Nullable Integer number) {
    return number == null ? null : texts.get(number);
  }

  private static String state(Map<Integer, String> texts, int number) {
    return number == 0 ? "" : Objects.requireNonNull(texts.get(number));
  }
}
