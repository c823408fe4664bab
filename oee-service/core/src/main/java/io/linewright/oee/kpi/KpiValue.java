package io.linewright.oee.kpi;

import io.linewright.oee.element.ElementName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer for one KPI: a number, that there is none, or what is missing to compute it. */
public sealed interface KpiValue {

  /** Which one it is. */
  Kpi kpi();

  /**
   * A number.
   *
   * @param kpi which one
   * @param value in {@link Kpi#unit}; never clipped
   * @param elements what it was computed from, in their units, as the standard defines them; copied
   * @param over why a share may lie outside 0 to 1; empty if it does not, and for what is no share;
   *     copied
   */
  record Defined(Kpi kpi, double value, Map<ElementName, Double> elements, Set<Excess> over)
      implements KpiValue {

    /**
     * @throws IllegalArgumentException if the value is not finite
     */
    public Defined {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(kpi + " cannot be " + value);
      }
      elements = copy(elements);
      Set<Excess> causes = EnumSet.noneOf(Excess.class);
      causes.addAll(over);
      over = Collections.unmodifiableSet(causes);
    }
  }

  /**
   * A division by 0. That a machine was never planned does not make its availability 0.
   *
   * @param kpi which one
   * @param zeroDenominator the sum of these is 0; copied
   * @param why a sentence without full stop
   * @param elements what there was, in their units; copied
   */
  record NotDefined(
      Kpi kpi, List<ElementName> zeroDenominator, String why, Map<ElementName, Double> elements)
      implements KpiValue {

    public NotDefined {
      zeroDenominator = List.copyOf(zeroDenominator);
      elements = copy(elements);
    }
  }

  /**
   * Something is not known.
   *
   * @param kpi which one
   * @param lacks what there would have to be, 1 or more; copied
   */
  record Lacking(Kpi kpi, List<String> lacks) implements KpiValue {

    /**
     * @throws IllegalArgumentException if nothing is lacking
     */
    public Lacking {
      if (lacks.isEmpty()) {
        throw new IllegalArgumentException(kpi + " lacks nothing");
      }
      lacks = List.copyOf(lacks);
    }
  }

  private static Map<ElementName, Double> copy(Map<ElementName, Double> elements) {
    Map<ElementName, Double> copy = new EnumMap<>(ElementName.class);
    copy.putAll(elements);
    return Collections.unmodifiableMap(copy);
  }
}
