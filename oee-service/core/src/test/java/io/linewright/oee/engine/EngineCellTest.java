package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where time is cut into cells, and which of them a count falls to. */
class EngineCellTest {

  private static final double MICRO = 1e-6;

  private final World world = new World(Plans.at("2026-03-10T06:00:00Z"));

  @BeforeEach
  void itRuns() {
    world.state(-3_600, "RUNNING");
    world.count(-3_600, TrackKind.GOOD, 0);
    world.count(-3_600, TrackKind.REJECT, 0);
  }

  @Test
  void aCountBelongsToTheOrderThatWasWorkedOnJustBeforeIt() {
    world.tell(0, TrackKind.ORDER, "order", "PO-1");
    world.tell(100, TrackKind.ORDER, "order", "PO-2");
    world.count(100, TrackKind.GOOD, 7);
    world.count(100 + MICRO, TrackKind.GOOD, 9);
    world.count(200, TrackKind.GOOD, 10);
    List<Cell> cells = world.compute(0, 200).cells();
    assertThat(cells).extracting(cell -> cell.key().order()).containsExactly("PO-1", "PO-2");
    assertThat(cells)
        .extracting(Cell::span)
        .containsExactly(world.span(0, 100), world.span(100, 200));
    assertThat(good(cells)).containsExactly(7.0, 3.0);
  }

  @Test
  void theLastReadingOfAShiftIsOfThatShift() {
    world.calendar = Plans.threeShifts(Plans.zone("UTC"));
    world.count(8 * 3_600, TrackKind.GOOD, 40);
    world.count(8 * 3_600 + 1, TrackKind.GOOD, 41);
    List<Cell> cells = world.compute(0, 9 * 3_600).cells();
    assertThat(cells).extracting(cell -> cell.key().shift()).containsExactly("early", "late");
    assertThat(good(cells)).containsExactly(40.0, 1.0);
  }

  @Test
  void productAndLotCutAndAnOrderNamesThem() {
    world.orders.put(
        "PO-1",
        new ProductionOrder(
            "PO-1",
            "P9",
            Quantity.of(10L),
            UcumUnit.ONE,
            "L9",
            null,
            null,
            null,
            0,
            OrderState.RUNNING,
            null));
    world.tell(10, TrackKind.ORDER, "order", "PO-1");
    world.tell(20, TrackKind.PRODUCT, "product", "P2");
    world.tell(30, TrackKind.LOT, "lot", "L2");
    world.tell(35, TrackKind.SERIAL, "serial", "S1");
    List<Cell> cells = world.compute(0, 40).cells();
    assertThat(cells)
        .extracting(
            cell -> cell.key().order() + " " + cell.key().product() + " " + cell.key().lot())
        .containsExactly("null null null", "PO-1 P9 L9", "PO-1 P2 L9", "PO-1 P2 L2");
    assertThat(world.compute(0, 40).inForce().at(world.at(36)).serial()).isEqualTo("S1");
  }

  @Test
  void whatSomebodySaysRanWinsOverTheTag() {
    world.tell(0, TrackKind.ORDER, "order", "PO-1");
    world.runs.add(new RunWord(1, World.MACHINE.toString(), "PO-7", world.span(100, 200), "eve"));
    assertThat(world.compute(0, 300).cells())
        .extracting(cell -> cell.key().order())
        .containsExactly("PO-1", "PO-7", "PO-1");
  }

  @Test
  void theMachineMakesWhatItUsuallyMakesIfNobodySaysWhich() {
    world.rules(rules -> usually(rules, "P5"));
    world.tell(50, TrackKind.PRODUCT, "product", "P6");
    assertThat(world.compute(0, 100).cells())
        .extracting(cell -> cell.key().product())
        .containsExactly("P5", "P6");
  }

  @Test
  void aNewIdealCycleHoldsFromItsInstantOn() {
    world.cycles.add(World.cycle(null, "PT10S"));
    world.cycles.add(cycle(World.MACHINE.parent().orElseThrow(), "PT5S", 50));
    world.cycles.add(cycle(World.MACHINE, "PT8S", 100));
    world.cycles.add(cycle(EquipmentPath.parse("acme/graz/body/line-2"), "PT2S", 120));
    world.count(100, TrackKind.GOOD, 3);
    world.count(200, TrackKind.GOOD, 5);
    List<Cell> cells = world.compute(0, 200).cells();
    assertThat(cells)
        .extracting(Cell::span)
        .containsExactly(world.span(0, 50), world.span(50, 100), world.span(100, 200));
    assertThat(cells)
        .extracting(cell -> cell.elements().ideal().producedMicros() / World.SECOND)
        .containsExactly(0L, 30L, 16L);
  }

  @Test
  void newRulesHoldFromTheirInstantOn() {
    MachineRules later = usually(World.rules(World.stops(0, 0)), "P1");
    world.rules =
        world.rules.painted(new Span(world.at(100), MachineInput.ALL_TIME.toMicros()), later);
    world.state(40, "MINOR_STOP");
    world.state(60, "RUNNING");
    world.state(140, "MINOR_STOP");
    world.state(160, "RUNNING");
    List<Cell> cells = world.compute(0, 200).cells();
    assertThat(cells).extracting(cell -> cell.key().product()).containsExactly(null, "P1");
    assertThat(cells.getFirst().elements().times().of(TimeCategory.MINOR_STOP))
        .isEqualTo(20 * World.SECOND);
    assertThat(cells.getLast().elements().times().of(TimeCategory.UNEXPLAINED))
        .isEqualTo(20 * World.SECOND);
  }

  @Test
  void eachPartOfAShiftHasTheCapacityOfItsRules() {
    MachineRules later = EngineLackTest.capacity(MachineRules.DEFAULT, Quantity.of(60L));
    world.rules =
        world.rules.painted(new Span(world.at(1_800), MachineInput.ALL_TIME.toMicros()), later);
    assertThat(world.compute(0, 3_600).cells())
        .extracting(cell -> cell.elements().capacity())
        .containsExactly(Quantity.ZERO, Quantity.of(30L));
  }

  @Test
  void cutsAreCellBoundsInAnyOrder() {
    world.count(3_600, TrackKind.GOOD, 60);
    world.count(3_601, TrackKind.GOOD, 61);
    List<Long> cuts =
        new ArrayList<>(List.of(world.at(7_200), world.at(3_600), world.at(3_600), world.at(0)));
    cuts.add(world.at(99_999));
    List<Cell> cells = MachineEngine.compute(world.span(0, 9_000), cuts, world).cells();
    assertThat(cells)
        .extracting(Cell::span)
        .containsExactly(world.span(0, 3_600), world.span(3_600, 7_200), world.span(7_200, 9_000));
    assertThat(good(cells)).containsExactly(60.0, 1.0, 0.0);
  }

  @Test
  void aCorrectionBelongsToItsInstant() {
    world.tell(0, TrackKind.ORDER, "order", "PO-1");
    world.tell(100, TrackKind.ORDER, "order", "PO-2");
    world.corrections.add(
        new CountCorrection(
            1,
            World.MACHINE.toString(),
            world.at(100),
            CountKind.GOOD,
            Quantity.of(-2L),
            "eve",
            "counted twice"));
    List<Cell> cells = world.compute(0, 200).cells();
    assertThat(good(cells)).containsExactly(0.0, -2.0);
    assertThat(cells)
        .extracting(cell -> cell.elements().counts().corrected())
        .containsExactly(false, true);
  }

  @Test
  void aRollOverIsTold() {
    world.count(100, TrackKind.GOOD, 1);
    world.count(200, TrackKind.GOOD, 0);
    assertThat(world.compute(0, 300).irregular()).hasSize(1);
    assertThat(world.compute(0, 200).irregular()).hasSize(1);
    assertThat(world.compute(200, 300).irregular()).isEmpty();
  }

  private static List<Double> good(List<Cell> cells) {
    return cells.stream().map(cell -> cell.elements().counts().good().units()).toList();
  }

  private IdealCycle cycle(EquipmentPath at, String cycle, int from) {
    return new IdealCycle(null, at, Duration.parse(cycle), world.at(from));
  }

  static MachineRules usually(MachineRules rules, String product) {
    return new MachineRules(
        rules.states(),
        rules.stateTag(),
        rules.counters(),
        rules.ofKind(),
        rules.stops(),
        rules.reasons(),
        rules.energy(),
        rules.holds(),
        rules.inspected(),
        product,
        Optional.empty());
  }
}
