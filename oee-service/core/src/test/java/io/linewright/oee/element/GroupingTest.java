package io.linewright.oee.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.element.Grouping.By;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupingTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 29);
  private static final Span SPAN = new Span(0, 10);

  @Test
  void cellsAreSummedByWhatTheyHaveInCommon() {
    Cell early = cell("acme/graz/body/line-1/press-01", "early", "PO-1", SPAN);
    Cell late = cell("acme/graz/body/line-1/press-02", "late", null, SPAN);
    Cell weld = cell("acme/graz/body/line-2/weld-01", "early", "PO-1", SPAN);
    Cell oven = cell("acme/linz", "early", null, SPAN);
    List<Cell> cells = List.of(early, late, weld, oven);

    assertThat(Grouping.sum(cells, List.of(By.LINE)).keySet())
        .containsExactly(
            List.of("acme/graz/body/line-1"),
            List.of("acme/graz/body/line-2"),
            List.of("acme/linz"));
    assertThat(Grouping.sum(cells, List.of(By.SITE, By.SHIFT)))
        .isEqualTo(
            Map.of(
                List.of("acme/graz", "early"), early.elements().plus(weld.elements()),
                List.of("acme/graz", "late"), late.elements(),
                List.of("acme/linz", "early"), oven.elements()));
    assertThat(Grouping.sum(cells, List.of(By.ORDER)).keySet())
        .containsExactly(List.of(""), List.of("PO-1"));
    assertThat(Grouping.sum(cells, List.of(By.AREA, By.MACHINE, By.DAY, By.PRODUCT, By.LOT)))
        .hasSize(4)
        .containsKey(
            List.of(
                "acme/graz/body", "acme/graz/body/line-1/press-01", "2026-03-29", "bracket", ""));
    assertThat(Grouping.sum(List.of(), List.of())).isEmpty();
  }

  @Test
  void everyGroupingHasTheSameSum() {
    Seeded.check(
        200,
        random -> {
          List<Cell> cells = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            cells.add(cell(random));
          }
          Elements all = Grouping.sum(cells, List.of()).get(List.of());
          List<By> by = new ArrayList<>(Arrays.asList(By.values()));
          Collections.shuffle(by, new Random(random.nextLong()));
          by = by.subList(0, 1 + random.nextInt(by.size()));
          Map<List<String>, Elements> groups = Grouping.sum(cells, by);
          assertThat(groups.values().stream().reduce(Elements.NONE, Elements::plus)).isEqualTo(all);
          Collections.shuffle(cells, new Random(random.nextLong()));
          assertThat(Grouping.sum(cells, by).toString()).isEqualTo(groups.toString());
        });
  }

  @Test
  void cellsThatWereCutAtHoursAreSummedByHours() {
    Span first = new Span(0, 10);
    Span second = new Span(10, 20);
    Cell a = cell("acme/graz", "early", null, new Span(0, 4));
    Cell b = cell("acme/graz", "early", null, new Span(4, 10));
    Cell c = cell("acme/graz", "early", null, new Span(12, 20));
    Cell after = cell("acme/graz", "early", null, new Span(20, 30));
    assertThat(Grouping.within(List.of(c, b, after, a), List.of(first, second)))
        .isEqualTo(Map.of(first, a.elements().plus(b.elements()), second, c.elements()));
    for (Span across :
        List.of(new Span(8, 12), new Span(-2, 1), new Span(19, 21), new Span(-5, 50))) {
      assertThatThrownBy(
              () ->
                  Grouping.within(
                      List.of(cell("acme/graz", "early", null, across)), List.of(first, second)))
          .as("%s", across)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aCellIsDividedByItsSlicesAndHasTheirTimes() {
    Cell cell = cell("acme/graz", "early", null, SPAN);
    Span half = new Span(0, 5);
    assertThatThrownBy(() -> new Cell(cell.key(), half, cell.elements(), cell.slices()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cell(cell.key(), SPAN, Elements.NONE, cell.slices()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Cell(
                    cell.key(),
                    SPAN,
                    cell.elements(),
                    List.of(slice(SPAN, TimeCategory.MINOR_STOP))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsUnknownIsNoEmptyName() {
    EquipmentPath machine = EquipmentPath.parse("acme/graz");
    assertThatThrownBy(() -> new CellKey(machine, DAY, "", null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CellKey(machine, DAY, null, "", null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CellKey(machine, DAY, null, null, "", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CellKey(machine, DAY, null, null, null, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Cell cell(String machine, String shift, @Nullable String order, Span span) {
    CellKey key = new CellKey(EquipmentPath.parse(machine), DAY, shift, order, "bracket", null);
    return cell(key, span, Elements.NONE);
  }

  private static Cell cell(RandomGenerator random) {
    CellKey key =
        new CellKey(
            EquipmentPath.parse(
                "acme/graz/body/line-" + random.nextInt(2) + "/m" + random.nextInt(3)),
            DAY.plusDays(random.nextInt(2)),
            random.nextBoolean() ? "early" : null,
            random.nextBoolean() ? "PO-" + random.nextInt(2) : null,
            random.nextBoolean() ? "bracket" : null,
            random.nextBoolean() ? "L-7" : null);
    return cell(key, SPAN, RandomElements.one(random));
  }

  private static Cell cell(CellKey key, Span span, Elements other) {
    List<TimeSlice> slices = List.of(slice(span, TimeCategory.SETUP));
    return new Cell(
        key,
        span,
        new Elements(
            TimeSums.of(slices),
            0,
            other.counts(),
            other.ideal(),
            other.plannedScrap(),
            other.capacity(),
            span.fromMicros() + 100,
            other.failures(),
            other.energy(),
            other.lacks()),
        slices);
  }

  private static TimeSlice slice(Span span, TimeCategory category) {
    return new TimeSlice(span, category, category, "", null, Set.of());
  }
}
