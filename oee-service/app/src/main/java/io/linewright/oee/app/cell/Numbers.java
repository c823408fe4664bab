package io.linewright.oee.app.cell;

import io.linewright.oee.app.cell.Dictionary.Kind;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.CellKey;
import io.linewright.oee.slice.TimeSlice;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The numbers for all texts and shifts that some cells name. */
final class Numbers {

  private final Map<Kind, Map<String, Integer>> texts = new EnumMap<>(Kind.class);
  private final Map<Shift, Integer> shifts;

  private Numbers(Map<Shift, Integer> shifts) {
    this.shifts = shifts;
  }

  /** Those of cells; what is new is added to the tables. */
  static Numbers of(Collection<NewCell> cells, Dictionary dictionary, Shifts shifts) {
    Map<Kind, Set<String>> wanted = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      wanted.put(kind, new TreeSet<>());
    }
    for (NewCell one : cells) {
      CellKey key = one.cell().key();
      add(wanted, Kind.ORDER, key.order());
      add(wanted, Kind.PRODUCT, key.product());
      add(wanted, Kind.LOT, key.lot());
      for (TimeSlice slice : one.cell().slices()) {
        add(wanted, Kind.STATE, slice.state());
        add(wanted, Kind.REASON, slice.reason());
      }
      one.cell().elements().energy().byState().keySet().forEach(s -> add(wanted, Kind.STATE, s));
    }
    Map<Kind, Map<String, Integer>> found = new HashMap<>();
    wanted.forEach((kind, names) -> found.put(kind, dictionary.numbers(kind, names)));
    Numbers numbers =
        new Numbers(
            shifts.numbers(cells.stream().map(NewCell::shift).filter(Objects::nonNull).toList()));
    numbers.texts.putAll(found);
    return numbers;
  }

  private static void add(Map<Kind, Set<String>> wanted, Kind kind, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      Objects.requireNonNull(wanted.get(kind)).add(text);
    }
  }

  /** Null for none. */
  @Nullable Integer of(Kind kind, @Nullable String text) {
    return text == null ? null : number(kind, text);
  }

  /** 0 for none. */
  int orZero(Kind kind, @Nullable String text) {
    return text == null || text.isEmpty() ? 0 : number(kind, text);
  }

  @Nullable Integer of(@Nullable Shift shift) {
    return shift == null ? null : Objects.requireNonNull(shifts.get(shift));
  }

  private int number(Kind kind, String text) {
    return Objects.requireNonNull(Objects.requireNonNull(texts.get(kind)).get(text), text);
  }
}
