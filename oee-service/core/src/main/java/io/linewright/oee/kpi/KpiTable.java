package io.linewright.oee.kpi;

import io.linewright.oee.element.ElementName;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes KPIs. */
public final class KpiTable {

  private static final double MICROS_OF_A_SECOND = 1_000_000;

  private KpiTable() {}

  /** All of them, in the order of the standard. */
  public static List<KpiValue> of(Elements elements, KpiScope scope, KpiOptions options) {
    return Arrays.stream(Kpi.values()).map(kpi -> of(kpi, elements, scope, options)).toList();
  }

  /**
   * One of them. It is not defined if any of its divisions is by 0, also where the product would
   * have a limit: nobody knows the effectiveness of a machine that did not run.
   */
  public static KpiValue of(Kpi kpi, Elements elements, KpiScope scope, KpiOptions options) {
    Map<ElementName, Double> values = new EnumMap<>(ElementName.class);
    Set<String> lacks = new LinkedHashSet<>();
    for (ElementName name : kpi.needs()) {
      OptionalDouble value = value(name, elements, scope, options);
      if (value.isPresent()) {
        values.put(name, value.getAsDouble());
      } else {
        lacks.addAll(name.missing(elements));
      }
    }
    return lacks.isEmpty()
        ? divided(kpi, elements, values, options)
        : new KpiValue.Lacking(kpi, List.copyOf(lacks));
  }

  private static KpiValue divided(
      Kpi kpi, Elements elements, Map<ElementName, Double> values, KpiOptions options) {
    double product = 1;
    for (Kpi.Fraction factor : kpi.factors()) {
      double denominator = denominator(factor, values, options);
      if (denominator == 0) {
        return new KpiValue.NotDefined(kpi, factor.under(), why(kpi, factor, values), values);
      }
      product *= values.getOrDefault(factor.over(), 0.0) / denominator;
    }
    double value = kpi.scaled(product);
    return new KpiValue.Defined(kpi, value, values, Excess.of(kpi, value, elements));
  }

  private static double denominator(
      Kpi.Fraction factor, Map<ElementName, Double> values, KpiOptions options) {
    double sum = 0;
    for (ElementName name : factor.under()) {
      sum += values.getOrDefault(name, 0.0);
    }
    return factor.under().contains(ElementName.FE) ? options.divisor().of(sum) : sum;
  }

  private static String why(Kpi kpi, Kpi.Fraction factor, Map<ElementName, Double> values) {
    String why =
        factor.under().stream().map(ElementName::name).collect(Collectors.joining(" + ")) + " is 0";
    return kpi == Kpi.MTTR && values.getOrDefault(ElementName.TTR, 0.0) > 0
        ? why + ": what was repaired in this time broke before it"
        : why;
  }

  private static OptionalDouble value(
      ElementName name, Elements elements, KpiScope scope, KpiOptions options) {
    @Nullable Long orderMicros = scope.orderMicros();
    if (name == ElementName.AOET && orderMicros != null) {
      return OptionalDouble.of(orderMicros / MICROS_OF_A_SECOND);
    }
    @Nullable Quantity producedFirst = scope.producedFirst();
    if (name == ElementName.PQ_FIRST && producedFirst != null) {
      return OptionalDouble.of(producedFirst.units());
    }
    OptionalDouble value = name.of(elements);
    if (name == ElementName.PBT
        && value.isPresent()
        && options.noData() == NoDataTreatment.EXCLUDED) {
      TimeSums times = elements.times();
      long micros = times.of(IsoElement.PBT) - times.of(TimeCategory.NO_DATA);
      return OptionalDouble.of(micros / MICROS_OF_A_SECOND);
    }
    return value;
  }
}
