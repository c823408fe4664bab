package io.linewright.oee.app.figures;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.element.ElementName;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Lack;
import io.linewright.oee.kpi.Excess;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.KpiTable;
import io.linewright.oee.kpi.KpiValue;
import io.linewright.oee.loss.SixBigLosses;
import io.linewright.oee.loss.Teep;
import io.linewright.oee.loss.Waterfall;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Figures as answers have them. */
final class FiguresViews {

  private static final double SECOND = 1_000_000;

  private FiguresViews() {}

  /**
   * The time that was meant.
   *
   * @param title what was asked for
   * @param from first instant of any machine
   * @param to first instant after the last
   */
  record RangeView(String title, Instant from, Instant to) {

    static RangeView of(Asked asked) {
      return new RangeView(
          asked.title(),
          Times.instant(asked.bounds().fromMicros()),
          Times.instant(asked.bounds().toMicros()));
    }
  }

  /**
   * A KPI: a value, or why there is none.
   *
   * @param value null: there is none
   * @param unit UCUM; 1 for ratios
   * @param notDefined what it would be divided by is 0; else missing
   * @param lacks what is missing to compute it; else missing
   * @param over why a ratio is above 1 or below 0; else missing
   */
  record KpiView(
      @Nullable Double value,
      String unit,
      @Nullable String notDefined,
      @Nullable List<String> lacks,
      @Nullable List<String> over) {

    static KpiView of(KpiValue value) {
      String unit = value.kpi().unit();
      return switch (value) {
        case KpiValue.Defined defined ->
            new KpiView(
                defined.value(),
                unit,
                null,
                null,
                defined.over().isEmpty()
                    ? null
                    : defined.over().stream().map(Excess::title).toList());
        case KpiValue.NotDefined none -> new KpiView(null, unit, none.why(), null, null);
        case KpiValue.Lacking lacking -> new KpiView(null, unit, null, lacking.lacks(), null);
      };
    }
  }

  /**
   * Figures of what has the same keys.
   *
   * @param keys values of what was asked by; empty text for what has none
   * @param times seconds of each category of time, that of the calendar in all
   * @param elements of ISO 22400-2 by abbreviation, times in seconds; those that are not known are
   *     missing
   * @param kpis by name; those of ISO 22400-2, and teep
   * @param absorbedSeconds of the production time what was stops too short to count
   * @param stops how many began
   * @param idealGoodSeconds ideal time of the good items
   * @param coverage share of the planned busy time of which there are data; null: nothing planned
   * @param lacks what is not known
   * @param provisional whether data may still come for this time
   */
  record GroupView(
      Map<String, String> keys,
      Map<String, Double> times,
      Map<String, Double> elements,
      Map<String, KpiView> kpis,
      double absorbedSeconds,
      long stops,
      double idealGoodSeconds,
      @Nullable Double coverage,
      List<String> lacks,
      boolean provisional) {

    static GroupView of(GroupBy by, Group group, KpiOptions options) {
      Elements e = group.elements();
      Map<String, KpiView> kpis = new LinkedHashMap<>();
      for (KpiValue value : KpiTable.of(e, group.scope(), options)) {
        kpis.put(Names.key(value.kpi()), KpiView.of(value));
      }
      kpis.put("teep", teep(e));
      return new GroupView(
          FiguresViews.keys(by, group),
          FiguresViews.times(e),
          FiguresViews.elements(e),
          kpis,
          e.absorbedMicros() / SECOND,
          e.stops(),
          e.ideal().goodMicros() / SECOND,
          FiguresViews.coverage(e),
          e.lacks().stream().map(Lack::title).toList(),
          e.times().of(TimeCategory.PENDING) > 0);
    }
  }

  /**
   * A step of the waterfall.
   *
   * @param loss name of the loss
   * @param seconds how much, of any sign
   * @param remaining what is left of the calendar after it
   */
  record StepView(String loss, double seconds, double remaining) {}

  /**
   * Where the time went.
   *
   * @param calendarSeconds all of it
   * @param steps one after the other; the last one leaves the OEE index times the planned busy time
   * @param lacks why steps are missing at the end
   * @param sixBigLosses seconds of each that is known, by name
   * @param notExplainedSeconds stops that nobody has explained, apart from the six
   * @param noDataSeconds time without data, apart from the six
   * @param valueRatio ideal time of good items as share of the planned busy time; null: not known
   */
  record LossView(
      Map<String, String> keys,
      double calendarSeconds,
      List<StepView> steps,
      List<String> lacks,
      Map<String, Double> sixBigLosses,
      double notExplainedSeconds,
      double noDataSeconds,
      double productMixSeconds,
      @Nullable Double valueRatio) {

    static LossView of(GroupBy by, Group group) {
      Waterfall waterfall = Waterfall.of(group.elements());
      SixBigLosses losses = SixBigLosses.of(waterfall);
      List<StepView> steps = new ArrayList<>();
      waterfall
          .steps()
          .forEach(
              step ->
                  steps.add(
                      new StepView(
                          Names.key(step.kind()),
                          step.micros() / SECOND,
                          step.remainingMicros() / SECOND)));
      Map<String, Double> six = new LinkedHashMap<>();
      losses.micros().forEach((loss, micros) -> six.put(Names.key(loss), micros / SECOND));
      return new LossView(
          FiguresViews.keys(by, group),
          waterfall.calendarMicros() / SECOND,
          steps,
          waterfall.lacks().stream().map(Lack::title).toList(),
          six,
          losses.unexplainedMicros() / SECOND,
          losses.noDataMicros() / SECOND,
          losses.productMixMicros() / SECOND,
          orNull(waterfall.valueRatio()));
    }
  }

  /**
   * What a KPI is.
   *
   * @param formula from its elements
   * @param note what should be known of its definition; empty: nothing
   */
  record KpiMeaning(
      String name, String title, String formula, String unit, List<String> elements, String note) {

    static KpiMeaning of(Kpi kpi, KpiOptions options) {
      return new KpiMeaning(
          Names.key(kpi),
          kpi.title(),
          kpi.formula(options.divisor()),
          kpi.unit(),
          kpi.needs().stream().map(ElementName::name).toList(),
          kpi.note());
    }
  }

  static Map<String, Double> times(Elements e) {
    Map<String, Double> times = new LinkedHashMap<>();
    for (TimeCategory category : TimeCategory.values()) {
      times.put(Names.key(category), e.times().of(category) / SECOND);
    }
    times.put("calendar", e.times().calendar() / SECOND);
    return times;
  }

  static Map<String, Double> elements(Elements e) {
    Map<String, Double> elements = new LinkedHashMap<>();
    for (ElementName name : ElementName.values()) {
      name.of(e).ifPresent(value -> elements.put(name.name(), value));
    }
    return elements;
  }

  private static Map<String, String> keys(GroupBy by, Group group) {
    Map<String, String> keys = new LinkedHashMap<>();
    List<String> names = by.names();
    for (int i = 0; i < names.size(); i++) {
      keys.put(names.get(i), group.keys().get(i));
    }
    return keys;
  }

  private static KpiView teep(Elements e) {
    List<String> lacks = new ArrayList<>();
    for (Lack lack : List.of(Lack.TOTAL, Lack.GOOD, Lack.IDEAL)) {
      if (e.lacks().contains(lack)) {
        lacks.add(lack.title());
      }
    }
    OptionalDouble value = Teep.of(e);
    return new KpiView(
        orNull(value),
        "1",
        value.isEmpty() && lacks.isEmpty() ? "calendar time is 0" : null,
        value.isEmpty() && !lacks.isEmpty() ? lacks : null,
        null);
  }

  private static @Nullable Double coverage(Elements e) {
    long planned = e.times().of(IsoElement.PBT);
    return planned == 0 ? null : (double) (planned - e.times().of(TimeCategory.NO_DATA)) / planned;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
