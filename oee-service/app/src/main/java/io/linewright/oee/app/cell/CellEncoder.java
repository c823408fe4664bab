package io.linewright.oee.app.cell;

import io.linewright.oee.app.cell.Dictionary.Kind;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells as rows of table {@code cell}. */
final class CellEncoder {

  /** The columns in the order of the fields. */
  static final List<String> COLUMNS =
      List.of(
          "machine_id",
          "during",
          "plant_day",
          "shift_no",
          "order_no",
          "product_no",
          "lot_no",
          "version",
          "input_hash",
          "computed_at",
          "production_us",
          "setup_us",
          "minor_stop_us",
          "starved_us",
          "blocked_us",
          "delay_us",
          "breakdown_us",
          "unexplained_us",
          "planned_stop_us",
          "unscheduled_us",
          "no_data_us",
          "absorbed_us",
          "produced",
          "good",
          "reject",
          "rework",
          "start_up_reject",
          "inspected",
          "good_first_time",
          "unplanned",
          "difference",
          "corrected",
          "ideal_us",
          "ideal_good_us",
          "ideal_start_up_us",
          "without_ideal",
          "planned_scrap",
          "capacity",
          "stops",
          "failures",
          "repair_us",
          "corrective_us",
          "planned_maintenance_us",
          "energy",
          "energy_states",
          "energy_by_state",
          "energy_covered_us",
          "energy_us",
          "lacks",
          "cuts",
          "categories",
          "said",
          "states",
          "reasons",
          "slice_flags");

  /** Categories that stored time may be: all but what is not known yet. */
  static final int CATEGORIES = TimeCategory.NO_DATA.number() + 1;

  private final Numbers numbers;
  private final long computedAt;

  private CellEncoder(Numbers numbers, long computedAt) {
    this.numbers = numbers;
    this.computedAt = computedAt;
  }

  /** All of them, ready to be copied. */
  static byte[] encode(Collection<NewCell> cells, Numbers numbers, long computedAt) {
    CellEncoder encoder = new CellEncoder(numbers, computedAt);
    CopyRow rows = new CopyRow();
    cells.forEach(cell -> encoder.put(cell, rows));
    return rows.end();
  }

  private void put(NewCell one, CopyRow row) {
    var cell = one.cell();
    var key = cell.key();
    row.row(COLUMNS.size())
        .int4(one.machineId())
        .range(cell.span().fromMicros(), cell.span().toMicros())
        .date(key.plantDay())
        .int4(numbers.of(one.shift()))
        .int4(numbers.of(Kind.ORDER, key.order()))
        .int4(numbers.of(Kind.PRODUCT, key.product()))
        .int4(numbers.of(Kind.LOT, key.lot()))
        .int4(one.version())
        .bytes(one.inputs().bytes())
        .time(computedAt);
    put(cell.elements(), row);
    put(cell.slices(), row);
  }

  private void put(Elements elements, CopyRow row) {
    for (int number = 0; number < CATEGORIES; number++) {
      row.int8(elements.times().of(TimeCategory.ofNumber(number)));
    }
    row.int8(elements.absorbedMicros());
    Counts counts = elements.counts();
    for (Quantity quantity :
        List.of(
            counts.produced(),
            counts.good(),
            counts.reject(),
            counts.rework(),
            counts.startUpReject(),
            counts.inspected(),
            counts.goodFirstTime(),
            counts.unplanned(),
            counts.difference())) {
      row.int8(quantity.millionths());
    }
    row.bool(counts.corrected());
    IdealTimes ideal = elements.ideal();
    row.int8(ideal.producedMicros())
        .int8(ideal.goodMicros())
        .int8(ideal.startUpRejectMicros())
        .int8(ideal.without().millionths())
        .int8(elements.plannedScrap().millionths())
        .int8(elements.capacity().millionths())
        .int4(Math.toIntExact(elements.stops()));
    Failures failures = elements.failures();
    row.int4(Math.toIntExact(failures.onsets()))
        .int8(failures.repairMicros())
        .int8(failures.correctiveMicros())
        .int8(failures.plannedMaintenanceMicros());
    put(elements.energy(), row);
    int lacks = 0;
    for (Lack lack : elements.lacks()) {
      lacks |= 1 << lack.ordinal();
    }
    row.int4(lacks);
  }

  private void put(EnergyUse energy, CopyRow row) {
    long @Nullable [] byCategory = null;
    int @Nullable [] states = null;
    long @Nullable [] byState = null;
    if (energy.micros() > 0) {
      byCategory = new long[CATEGORIES];
      for (int number = 0; number < CATEGORIES; number++) {
        byCategory[number] =
            energy
                .byCategory()
                .getOrDefault(TimeCategory.ofNumber(number), Quantity.ZERO)
                .millionths();
      }
      states =
          energy.byState().keySet().stream()
              .mapToInt(state -> numbers.orZero(Kind.STATE, state))
              .toArray();
      byState = energy.byState().values().stream().mapToLong(Quantity::millionths).toArray();
    }
    row.int8s(byCategory)
        .int4s(states)
        .int8s(byState)
        .int8(energy.coveredMicros())
        .int8(energy.micros());
  }

  private void put(List<TimeSlice> slices, CopyRow row) {
    int count = slices.size();
    long[] cuts = new long[count + 1];
    short[] categories = new short[count];
    short[] said = new short[count];
    int[] states = new int[count];
    int[] reasons = new int[count];
    short[] flags = new short[count];
    cuts[0] = slices.getFirst().span().fromMicros();
    for (int i = 0; i < count; i++) {
      TimeSlice slice = slices.get(i);
      cuts[i + 1] = slice.span().toMicros();
      categories[i] = (short) slice.category().number();
      said[i] = (short) slice.said().number();
      states[i] = numbers.orZero(Kind.STATE, slice.state());
      reasons[i] = numbers.orZero(Kind.REASON, slice.reason());
      for (SliceFlag flag : slice.flags()) {
        flags[i] |= (short) (1 << flag.ordinal());
      }
    }
    row.int8s(cuts).int2s(categories).int2s(said).int4s(states).int4s(reasons).int2s(flags);
  }
}
