package io.linewright.oee.kpi;

import io.linewright.oee.element.Counts;
import io.linewright.oee.element.ElementName;
import io.linewright.oee.element.Elements;
import io.linewright.oee.slice.IsoElement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Why a share may lie outside 0 to 1. It is shown as it is; this says what to look at. */
public enum Excess {
  /** Items took less time than the ideal cycle says: it is longer than what the machine can do. */
  IDEAL_CYCLE_TOO_LONG("an ideal cycle time is longer than what the machine can do"),
  /** More items were made than master data say that the machine can make. */
  CAPACITY_TOO_LOW("the capacity of a machine is less than what it can do"),
  /** More items were rejected or made again than were made in the same time. */
  REJECTS_EXCEED_OUTPUT("more items were rejected than made in the time"),
  /** Counters contradict each other, or some tell later than others. */
  COUNTS_DISAGREE("counters contradict each other"),
  /** Somebody corrected a count. */
  CORRECTED_COUNTS("somebody corrected a count"),
  /** Items were made in time in which none were planned: they count, the time does not. */
  UNPLANNED_OUTPUT("items were made in time in which no production was planned"),
  /** A machine fed back more energy than it took. */
  ENERGY_FED_BACK("a machine fed back more energy than it took");

  private static final Set<ElementName> QUALITIES =
      EnumSet.of(ElementName.GQ, ElementName.SQ, ElementName.RQ, ElementName.GP);

  private final String title;

  Excess(String title) {
    this.title = title;
  }

  /** Part of a sentence for people. */
  public String title() {
    return title;
  }

  /**
   * What a value may come from that is negative, or a share above 1; one at least then, else none.
   */
  static Set<Excess> of(Kpi kpi, double value, Elements e) {
    Set<Excess> causes = EnumSet.noneOf(Excess.class);
    if (value >= 0 && (value <= 1 || !kpi.share())) {
      return causes;
    }
    Counts counts = e.counts();
    boolean tooFast = e.ideal().producedMicros() > e.times().of(IsoElement.APT);
    boolean tooMany = counts.produced().compareTo(e.capacity()) > 0;
    addIf(causes, IDEAL_CYCLE_TOO_LONG, tooFast && kpi.needs().contains(ElementName.PRI_PQ));
    addIf(causes, CAPACITY_TOO_LOW, tooMany && kpi.needs().contains(ElementName.EPC));
    addIf(causes, UNPLANNED_OUTPUT, !causes.isEmpty() && counts.unplanned().millionths() > 0);
    addIf(
        causes,
        ENERGY_FED_BACK,
        kpi.needs().contains(ElementName.ENERGY) && e.energy().total().millionths() < 0);
    if (kpi.needs().stream().anyMatch(ElementName::isCount)) {
      addIf(
          causes,
          REJECTS_EXCEED_OUTPUT,
          !Collections.disjoint(kpi.needs(), QUALITIES)
              && counts.reject().plus(counts.rework()).compareTo(counts.produced()) > 0);
      addIf(causes, COUNTS_DISAGREE, counts.difference().millionths() != 0);
      addIf(causes, CORRECTED_COUNTS, counts.corrected());
      addIf(causes, COUNTS_DISAGREE, causes.isEmpty());
    }
    return causes;
  }

  private static void addIf(Set<Excess> causes, Excess cause, boolean holds) {
    if (holds) {
      causes.add(cause);
    }
  }
}
