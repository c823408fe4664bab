package io.linewright.oee.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.element.ElementName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KpiTest {

  @Test
  void thereAreThe34OfTheStandard() {
    assertThat(Arrays.stream(Kpi.values()).map(Kpi::title))
        .containsExactly(
            "worker efficiency",
            "allocation ratio",
            "throughput rate",
            "allocation efficiency",
            "utilisation efficiency",
            "overall equipment effectiveness index",
            "net equipment effectiveness index",
            "availability",
            "effectiveness",
            "quality ratio",
            "setup ratio",
            "technical efficiency",
            "production process ratio",
            "actual to planned scrap ratio",
            "first pass yield",
            "scrap ratio",
            "rework ratio",
            "fall off ratio",
            "machine capability index Cm",
            "critical machine capability index Cmk",
            "process capability index Cp",
            "critical process capability index Cpk",
            "comprehensive energy consumption",
            "inventory turns",
            "finished goods ratio",
            "integrated goods ratio",
            "production loss ratio",
            "storage and transport loss ratio",
            "other loss ratio",
            "equipment load ratio",
            "mean operating time between failures",
            "mean time to failure",
            "mean time to repair",
            "corrective maintenance ratio");
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
