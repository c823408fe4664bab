package io.linewright.oee.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.element.ElementName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KpiTest {

  /** In the order of the standard, whose places in it are the clauses. */
  @Test
  void thereAreThe34OfTheStandard() {
    assertThat(Arrays.stream(Kpi.values()).map(kpi -> kpi.clause() + " " + kpi.title()))
        .containsExactly(
            "6.1 worker efficiency",
            "6.2 allocation ratio",
            "6.3 throughput rate",
            "6.4 allocation efficiency",
            "6.5 utilisation efficiency",
            "6.6 overall equipment effectiveness index",
            "6.7 net equipment effectiveness index",
            "6.8 availability",
            "6.9 effectiveness",
            "6.10 quality ratio",
            "6.11 setup ratio",
            "6.12 technical efficiency",
            "6.13 production process ratio",
            "6.14 actual to planned scrap ratio",
            "6.15 first pass yield",
            "6.16 scrap ratio",
            "6.17 rework ratio",
            "6.18 fall off ratio",
            "6.19 machine capability index Cm",
            "6.20 critical machine capability index Cmk",
            "6.21 process capability index Cp",
            "6.22 critical process capability index Cpk",
            "6.23 comprehensive energy consumption",
            "6.24 inventory turns",
            "6.25 finished goods ratio",
            "6.26 integrated goods ratio",
            "6.27 production loss ratio",
            "6.28 storage and transport loss ratio",
            "6.29 other loss ratio",
            "6.30 equipment load ratio",
            "6.31 mean operating time between failures",
            "6.32 mean time to failure",
            "6.33 mean time to repair",
            "6.34 corrective maintenance ratio");
  }

  @Test
  void formulasAreTheDivisionsThatAreDone() {
    for (Kpi kpi : Kpi.values()) {
      String formula = kpi.formula(FailureDivisor.FAILURES);
      assertThat(formula).contains(" / ");
      for (ElementName name : kpi.needs()) {
        if (name.ordinal() <= ElementName.EPC.ordinal() && name != ElementName.PQ_FIRST) {
          assertThat(formula).contains(name.name());
        }
      }
      assertThat(kpi.factors().size())
          .isEqualTo(
              kpi.needs().contains(ElementName.LIMITS) ? 0 : formula.split(" · (?!PQ)", -1).length);
    }
  }

  @Test
  void theDivisorOfMeanTimesIsPrinted() {
    assertThat(Kpi.MTBF.formula(FailureDivisor.FAILURES)).isEqualTo("ΣTBF / FE");
    assertThat(Kpi.MTTF.formula(FailureDivisor.FAILURES_PLUS_ONE)).isEqualTo("ΣTTF / (FE + 1)");
    assertThat(Kpi.MTTR.formula(FailureDivisor.FAILURES_PLUS_ONE)).isEqualTo("ΣTTR / (FE + 1)");
    for (FailureDivisor divisor : FailureDivisor.values()) {
      assertThat(Kpi.OEE_INDEX.formula(divisor))
          .isEqualTo("APT / PBT · Σ(PRI · PQ) / APT · GQ / PQ");
      assertThat(Kpi.EFFECTIVENESS.formula(divisor)).isEqualTo("Σ(PRI · PQ) / APT");
    }
    assertThat(Kpi.MTTF.note()).isNotEmpty();
    assertThat(Kpi.OEE_INDEX.note()).isEmpty();
  }

  @Test
  void unitsAreCodesOfUcum() {
    assertThat(Arrays.stream(Kpi.values()).map(Kpi::unit).distinct())
        .containsExactlyInAnyOrder("1", "/h", "kW.h", "s");
    assertThat(Kpi.THROUGHPUT_RATE.unit()).isEqualTo("/h");
    assertThat(Kpi.COMPREHENSIVE_ENERGY.unit()).isEqualTo("kW.h");
    assertThat(Kpi.MTTR.unit()).isEqualTo("s");
  }

  @Test
  void answersAreComplete() {
    assertThatThrownBy(() -> new KpiValue.Lacking(Kpi.MTTR, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new KpiValue.Defined(Kpi.MTTR, Double.NaN, java.util.Map.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KpiScope(-1L, null)).isInstanceOf(IllegalArgumentException.class);
  }
}
