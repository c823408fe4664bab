package io.linewright.oee.engine;

import io.linewright.oee.count.CountBasis;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.CellKey;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyCurve;
import io.linewright.oee.energy.EnergyReading;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.Product;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.quantity.Rounded;
import io.linewright.oee.reason.Maintenance;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the sums of cells. */
final class CellElements {

  private static final long MICROS_OF_AN_HOUR = 3_600_000_000L;

  private final MachineInput in;
  private final Timeline timeline;
  private final Counted counted;
  private final Spans starts;
  private final long[] onsets;
  private final Map<MachineRules, List<EnergyCurve>> curves = new IdentityHashMap<>();

  CellElements(MachineInput in, Timeline timeline, Counted counted) {
    this.in = in;
    this.timeline = timeline;
    this.counted = counted;
    this.starts = StartUps.of(in, timeline.slices(), counted.ledger().entries(), this::begun);
    this.onsets = onsets(timeline.slices());
  }

  Cell cell(CellKey key, Span span) {
    List<TimeSlice> slices = Partition.within(timeline.slices(), span);
    MachineRules rules = in.rulesAt(span.fromMicros());
    Set<CountKind> kinds = begun(span.toMicros());
    CountBasis basis = CountBasis.of(kinds, counted.sums(span));
    Counts counts = counted.counts(span, basis, kinds, slices, starts, rules.inspected());
    Optional<IdealCycle> cycle = in.cycles().of(in.machine(), key.product(), span.fromMicros());
    Optional<Quantity> plannedScrap = plannedScrap(key, counts.produced());
    TimeSums times = TimeSums.of(slices);
    Elements elements =
        new Elements(
            times,
            absorbed(slices),
            counts,
            cycle
                .map(its -> IdealTimes.of(counts, its.cycle()))
                .orElseGet(() -> IdealTimes.unknown(counts.produced())),
            plannedScrap.orElse(Quantity.ZERO),
            rules.itemsPerHour().map(items -> capacity(items, times)).orElse(Quantity.ZERO),
            slices.stream().filter(slice -> slice.has(SliceFlag.FIRST_OF_EPISODE)).count(),
            failures(span, slices),
            EnergyUse.of(curves(rules), slices),
            lacks(span, rules, basis, cycle, plannedScrap));
    return new Cell(key, span, elements, slices);
  }

  /** The kinds of items of which there are counters before a day after an instant is over. */
  private Set<CountKind> begun(long micros) {
    Set<CountKind> kinds = EnumSet.noneOf(CountKind.class);
    in.history()
        .firsts()
        .forEach(
            (track, first) -> {
              if (first < micros + MachineHistory.BEGINS_MICROS) {
                CountKind.of(track.kind()).ifPresent(kinds::add);
              }
            });
    return kinds;
  }

  private boolean tells(TrackKind kind, long micros) {
    return in.history().firsts().entrySet().stream()
        .anyMatch(
            first ->
                first.getKey().kind() == kind
                    && first.getValue() < micros + MachineHistory.BEGINS_MICROS);
  }

  /** A time that was long over when the machine told anything first lacks nothing: it was not. */
  private Set<Lack> lacks(
      Span span,
      MachineRules rules,
      CountBasis basis,
      Optional<IdealCycle> cycle,
      Optional<Quantity> plannedScrap) {
    long to = span.toMicros();
    if (in.history().begun().orElse(Long.MIN_VALUE) >= to + MachineHistory.BEGINS_MICROS) {
      return Set.of();
    }
    boolean made = basis.produced().millionths() != 0;
    Set<Lack> lacks = EnumSet.noneOf(Lack.class);
    for (CountBasis.Unknown unknown : basis.unknown()) {
      lacks.add(
          switch (unknown) {
            case PRODUCED -> Lack.TOTAL;
            case GOOD -> Lack.GOOD;
            case REJECT -> Lack.REJECT;
            case REWORK -> Lack.REWORK;
          });
    }
    addIf(lacks, Lack.STATE, !tells(TrackKind.STATE, to));
    addIf(lacks, Lack.INSPECTION, !rules.inspected());
    addIf(
        lacks,
        Lack.IDEAL,
        cycle.isEmpty()
            && (made || in.cycles().shortest(in.machine(), span.fromMicros()).isEmpty()));
    addIf(lacks, Lack.PLANNED_SCRAP, made && plannedScrap.isEmpty());
    addIf(lacks, Lack.CAPACITY, rules.itemsPerHour().isEmpty());
    addIf(lacks, Lack.ENERGY, !tells(TrackKind.ENERGY, to) && !tells(TrackKind.POWER, to));
    return lacks;
  }

  private static void addIf(Set<Lack> lacks, Lack lack, boolean condition) {
    if (condition) {
      lacks.add(lack);
    }
  }

  /** What of the planned scrap of the order falls to these items, else what the product says. */
  private Optional<Quantity> plannedScrap(CellKey key, Quantity produced) {
    ProductionOrder order = key.order() == null ? null : in.orders().get(key.order());
    if (order != null && order.plannedScrap() != null) {
      return Optional.of(
          new Quantity(
              Rounded.quotient(
                  order.plannedScrap().millionths(),
                  produced.millionths(),
                  order.quantity().millionths())));
    }
    Product product = key.product() == null ? null : in.products().get(key.product());
    if (product == null || product.plannedScrapRatio().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Quantity(
            Math.round(product.plannedScrapRatio().getAsDouble() * produced.millionths())));
  }

  private static Quantity capacity(Quantity itemsPerHour, TimeSums times) {
    return new Quantity(
        Rounded.quotient(itemsPerHour.millionths(), times.of(IsoElement.POT), MICROS_OF_AN_HOUR));
  }

  private static long absorbed(List<TimeSlice> slices) {
    return slices.stream()
        .filter(slice -> slice.category() == TimeCategory.PRODUCTION)
        .filter(slice -> slice.said() != TimeCategory.PRODUCTION)
        .mapToLong(slice -> slice.span().micros())
        .sum();
  }

  private Failures failures(Span span, List<TimeSlice> slices) {
    long repair = 0;
    long corrective = 0;
    long planned = 0;
    for (TimeSlice slice : slices) {
      long micros = slice.span().micros();
      repair += slice.category() == TimeCategory.BREAKDOWN ? micros : 0;
      Maintenance maintenance = maintenance(slice);
      corrective += maintenance == Maintenance.CORRECTIVE ? micros : 0;
      planned += maintenance == Maintenance.PLANNED ? micros : 0;
    }
    long begun = 0;
    for (long onset : onsets) {
      begun += span.contains(onset) ? 1 : 0;
    }
    return new Failures(begun, repair, corrective, planned);
  }

  private Maintenance maintenance(TimeSlice slice) {
    String reason = slice.reason();
    if (reason == null || slice.category() == TimeCategory.PRODUCTION) {
      return Maintenance.NONE;
    }
    return in.rulesAt(slice.span().fromMicros())
        .reasons()
        .byCode(reason)
        .map(Reason::maintenance)
        .orElse(Maintenance.NONE);
  }

  /**
   * Where the machine broke. It counts where it began, also in a break and without a shift, but not
   * if it was so short that it counts as production. A gap in the data of up to an hour does not
   * divide a failure.
   */
  private static long[] onsets(List<TimeSlice> slices) {
    List<Long> onsets = new ArrayList<>();
    boolean broken = false;
    long until = 0;
    for (TimeSlice slice : slices) {
      if (slice.said() == TimeCategory.BREAKDOWN && slice.category() != TimeCategory.PRODUCTION) {
        long from = slice.span().fromMicros();
        if (!broken || from - until > MachineExtent.SAME_FAILURE_MICROS) {
          onsets.add(from);
        }
        broken = true;
        until = slice.span().toMicros();
      } else if (slice.said() != TimeCategory.NO_DATA) {
        broken = false;
      }
    }
    return onsets.stream().mapToLong(Long::longValue).toArray();
  }

  private List<EnergyCurve> curves(MachineRules rules) {
    return curves.computeIfAbsent(
        rules,
        its -> {
          Map<TrackName, List<EnergyReading>> readings = new HashMap<>();
          for (TrackName track : in.history().tracks().keySet()) {
            if (track.kind() == TrackKind.ENERGY || track.kind() == TrackKind.POWER) {
              List<EnergyReading> usable = new ArrayList<>();
              for (EnergyRead read : in.history().energies(track)) {
                if (read.usableNumber() && read.value() != null) {
                  usable.add(new EnergyReading(read.key().micros(), read.value()));
                }
              }
              readings.put(track, usable);
            }
          }
          return EnergyCurve.of(readings, its.energy());
        });
  }
}
