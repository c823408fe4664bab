package io.linewright.oee.element;

import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.time.Span;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums of cells by what they have in common. */
public final class Grouping {

  /** Something that cells may have in common. */
  public enum By {
    /** The machine. */
    MACHINE,
    /** The line (work center) of the machine, or its place itself if that is not below a line. */
    LINE,
    /** The area of the machine, likewise. */
    AREA,
    /** The site of the machine, likewise. */
    SITE,
    /** The shift, by name; of one day if {@link #DAY} is asked too. */
    SHIFT,
    /** The plant day, as 2026-03-29. */
    DAY,
    /** The production order. */
    ORDER,
    /** The product. */
    PRODUCT,
    /** The lot. */
    LOT
  }

  private static final Comparator<List<String>> ORDER = Grouping::compare;

  private Grouping() {}

  /**
   * The elements of each group.
   *
   * @param cells in any order
   * @param by what the cells of a group have in common; empty for one group of all
   * @return by what they have in common, in the order that was asked; empty text for what has none,
   *     as time without order. Sorted; without cells there are no groups
   * @throws ArithmeticException if a sum is out of range
   */
  public static SortedMap<List<String>, Elements> sum(Collection<Cell> cells, List<By> by) {
    SortedMap<List<String>, Elements> groups = new TreeMap<>(ORDER);
    for (Cell cell : cells) {
      List<String> group = by.stream().map(one -> common(one, cell.key())).toList();
      groups.merge(group, cell.elements(), Elements::plus);
    }
    return Collections.unmodifiableSortedMap(groups);
  }

  /**
   * The elements of each span, for time that is divided in another way, as by the hour.
   *
   * @param cells in any order; they must have been cut where the spans begin and end
   * @param spans ascending, without overlap
   * @return of each span with a cell the sum, by span; what lies in no span is left out
   * @throws IllegalArgumentException if a cell lies partly in a span: no part of sums is known
   */
  public static SortedMap<Span, Elements> within(Collection<Cell> cells, List<Span> spans) {
    TreeMap<Long, Span> byBegin = new TreeMap<>();
    spans.forEach(span -> byBegin.put(span.fromMicros(), span));
    SortedMap<Span, Elements> sums = new TreeMap<>();
    for (Cell cell : cells) {
      Map.Entry<Long, Span> entry = byBegin.lowerEntry(cell.span().toMicros());
      if (entry == null || !entry.getValue().overlaps(cell.span())) {
        continue;
      }
      if (!entry.getValue().covers(cell.span())) {
        throw new IllegalArgumentException(
            "the cell of %s is not all in %s".formatted(cell.span(), entry.getValue()));
      }
      sums.merge(entry.getValue(), cell.elements(), Elements::plus);
    }
    return Collections.unmodifiableSortedMap(sums);
  }

  private static String common(By by, CellKey key) {
    return switch (by) {
      case MACHINE -> key.machine().toString();
      case LINE -> above(key.machine(), EquipmentLevel.WORK_CENTER);
      case AREA -> above(key.machine(), EquipmentLevel.AREA);
      case SITE -> above(key.machine(), EquipmentLevel.SITE);
      case SHIFT -> orEmpty(key.shift());
      case DAY -> key.plantDay().toString();
      case ORDER -> orEmpty(key.order());
      case PRODUCT -> orEmpty(key.product());
      case LOT -> orEmpty(key.lot());
    };
  }

  private static String above(EquipmentPath machine, EquipmentLevel level) {
    List<String> segments = machine.segments();
    return new EquipmentPath(segments.subList(0, Math.min(level.depth(), segments.size())))
        .toString();
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
