package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Lack;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.Product;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a time lacks, and the elements that only exist if master data say something. */
class EngineLackTest {

  private static final int DAY = 86_400;
  private static final double MICRO = 1e-6;
  private static final Set<Lack> NOT_COUNTED = EnumSet.of(Lack.TOTAL, Lack.GOOD, Lack.REJECT);

  private final World world = new World(Plans.at("2026-03-10T06:00:00Z"));

  @Test
  void aCounterThatBeginsTodayLacksNothingTodayButDidAWeekAgo() {
    world.state(-8 * DAY, "RUNNING");
    world.count(8 * 3_600, TrackKind.GOOD, 5);
    world.count(8 * 3_600, TrackKind.REJECT, 1);
    assertThat(world.sum(0, DAY).lacks())
        .containsExactlyInAnyOrder(Lack.REWORK, Lack.IDEAL, Lack.CAPACITY, Lack.ENERGY);
    assertThat(world.sum(0, 60).lacks()).doesNotContainAnyElementsOf(NOT_COUNTED);
    assertThat(world.sum(-7 * DAY, -6 * DAY).lacks()).containsAll(NOT_COUNTED);
  }

  @Test
  void aTagIsThereIfItBeginsWithinADayAfterTheTime() {
    world.state(-8 * DAY, "RUNNING");
    world.count(3_600 + DAY - MICRO, TrackKind.GOOD, 5);
    world.count(3_600 + DAY - MICRO, TrackKind.REJECT, 1);
    world.count(3_600 + DAY, TrackKind.REWORK, 1);
    world.tell(3_600 + DAY, TrackKind.ENERGY, "meter", 1);
    assertThat(world.sum(0, 3_600).lacks())
        .doesNotContainAnyElementsOf(NOT_COUNTED)
        .contains(Lack.REWORK, Lack.ENERGY);
    assertThat(world.sum(0, 3_600 + MICRO).lacks()).doesNotContain(Lack.REWORK, Lack.ENERGY);
  }

  @Test
  void aMachineThatWasNotYetThereLacksNothing() {
    world.count(3_600 + DAY, TrackKind.GOOD, 5);
    assertThat(world.sum(0, 3_600).lacks()).isEmpty();
    assertThat(world.sum(0, 3_600 + MICRO).lacks()).contains(Lack.STATE, Lack.REJECT);
  }

  @Test
  void aMachineThatNeverToldAnythingLacksAll() {
    assertThat(world.sum(0, DAY).lacks())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Lack.INSPECTION, Lack.PLANNED_SCRAP)));
    assertThat(world.sum(0, DAY).times().of(TimeCategory.NO_DATA)).isEqualTo(DAY * World.SECOND);
  }

  @Test
  void aStateThatBeginsLaterThanADayAfterIsMissing() {
    world.count(-DAY, TrackKind.GOOD, 5);
    world.state(2 * DAY, "RUNNING");
    assertThat(world.sum(DAY - 1, DAY).lacks()).contains(Lack.STATE);
    assertThat(world.sum(DAY, DAY + 1).lacks()).doesNotContain(Lack.STATE);
  }

  @Test
  void onlyWhatWasMadeNeedsAnIdealCycle() {
    made("P1", 100);
    assertThat(world.sum(0, DAY).lacks()).contains(Lack.IDEAL);
    assertThat(world.sum(0, DAY).ideal().without()).isEqualTo(Quantity.of(100L));
    world.cycles.add(World.cycle("P2", "PT3S"));
    assertThat(world.sum(0, DAY).lacks()).contains(Lack.IDEAL);
    // Nothing was made before, and there is a cycle of something.
    assertThat(world.sum(0, 99).lacks()).doesNotContain(Lack.IDEAL);
    world.cycles.add(World.cycle("P1", "PT4S"));
    Elements all = world.sum(0, DAY);
    assertThat(all.lacks()).doesNotContain(Lack.IDEAL);
    assertThat(all.ideal().producedMicros()).isEqualTo(400 * World.SECOND);
    assertThat(all.ideal().without()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void plannedScrapIsThatOfTheOrderElseOfItsProduct() {
    made("P1", 100);
    world.tell(0, TrackKind.ORDER, "order", "PO-1");
    assertThat(world.sum(0, DAY).lacks()).contains(Lack.PLANNED_SCRAP);
    assertThat(world.sum(0, 99).lacks()).doesNotContain(Lack.PLANNED_SCRAP);
    world.products.put("P1", new Product("P1", "", UcumUnit.ONE, OptionalDouble.of(0.02)));
    world.orders.put("PO-1", order(null));
    assertThat(world.sum(0, DAY).plannedScrap()).isEqualTo(Quantity.of(2L));
    // 50 of 1,000 are planned to be scrap, so 5 of these 100.
    world.orders.put("PO-1", order(Quantity.of(50L)));
    assertThat(world.sum(0, DAY).plannedScrap()).isEqualTo(Quantity.of(5L));
    assertThat(world.sum(0, DAY).lacks()).doesNotContain(Lack.PLANNED_SCRAP);
  }

  @Test
  void theCapacityIsOfThePlannedOperationTimeWithBreaks() {
    world.state(-DAY, "RUNNING");
    world.calendar = World.early(Plans.zone("UTC"), "break");
    world.rules(rules -> capacity(rules, Quantity.of(60L)));
    Elements day = world.sum(0, DAY);
    assertThat(day.capacity()).isEqualTo(Quantity.of(480L));
    assertThat(day.lacks()).doesNotContain(Lack.CAPACITY);
  }

  @Test
  void whereNotEveryItemIsInspectedNobodyKnowsTheFirstPassYield() {
    made("P1", 100);
    assertThat(world.sum(0, DAY).counts().inspected()).isEqualTo(Quantity.of(100L));
    assertThat(world.sum(0, DAY).counts().goodFirstTime()).isEqualTo(Quantity.of(90L));
    world.rules(EngineLackTest::notInspected);
    assertThat(world.sum(0, DAY).counts().inspected()).isEqualTo(Quantity.ZERO);
    assertThat(world.sum(0, DAY).lacks()).contains(Lack.INSPECTION);
  }

  @Test
  void energyIsThatOfTheCounterIfThereIsOne() {
    world.state(-DAY, "RUNNING");
    world.state(60, "IDLE");
    for (int minute = 0; minute <= 3; minute++) {
      world.tell(60 * minute, TrackKind.POWER, "power", 600);
    }
    Elements byPower = world.sum(0, 180);
    assertThat(byPower.energy().total()).isEqualTo(Quantity.of(30L));
    assertThat(byPower.energy().byCategory())
        .containsEntry(TimeCategory.PRODUCTION, Quantity.of(10L))
        .containsEntry(TimeCategory.DELAY, Quantity.of(20L));
    assertThat(byPower.lacks()).doesNotContain(Lack.ENERGY);
    for (int minute = 0; minute <= 3; minute++) {
      world.tell(60 * minute, TrackKind.ENERGY, "meter", 7 + minute);
    }
    assertThat(world.sum(0, 180).energy().total()).isEqualTo(Quantity.of(3L));
    // The reading before and the one after the time are enough for a part of it.
    assertThat(world.sum(90, 120).energy().total()).isEqualTo(Quantity.of(0.5));
  }

  /** 90 good and the rest rejected, of which a counter told at 100 s. */
  private void made(String product, int all) {
    world.state(-DAY, "RUNNING");
    world.tell(-DAY, TrackKind.PRODUCT, "product", product);
    world.count(-1, TrackKind.GOOD, 0);
    world.count(-1, TrackKind.REJECT, 0);
    world.count(100, TrackKind.GOOD, 90);
    world.count(100, TrackKind.REJECT, all - 90);
  }

  private static ProductionOrder order(@Nullable Quantity plannedScrap) {
    return new ProductionOrder(
        "PO-1",
        "P1",
        Quantity.of(1_000L),
        UcumUnit.ONE,
        null,
        null,
        null,
        null,
        0,
        OrderState.RUNNING,
        plannedScrap);
  }

  static MachineRules capacity(MachineRules rules, Quantity perHour) {
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
        rules.usually(),
        Optional.of(perHour));
  }

  private static MachineRules notInspected(MachineRules rules) {
    return new MachineRules(
        rules.states(),
        rules.stateTag(),
        rules.counters(),
        rules.ofKind(),
        rules.stops(),
        rules.reasons(),
        rules.energy(),
        rules.holds(),
        false,
        rules.usually(),
        rules.itemsPerHour());
  }
}
