package io.linewright.oee.app.shift;

import io.linewright.model.production.ElementSums;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.slice.TimeCategory;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Elements as they are told to others. */
final class Sums {

  private Sums() {}

  static ElementSums of(Elements elements) {
    SortedMap<String, Long> micros = new TreeMap<>();
    for (TimeCategory category : TimeCategory.values()) {
      if (category != TimeCategory.PENDING) {
        micros.put(name(category), elements.times().of(category));
      }
    }
    IdealTimes ideal = elements.ideal();
    Failures failures = elements.failures();
    micros.put("absorbed", elements.absorbedMicros());
    micros.put("ideal", ideal.producedMicros());
    micros.put("idealGood", ideal.goodMicros());
    micros.put("idealStartUp", ideal.startUpRejectMicros());
    micros.put("repair", failures.repairMicros());
    micros.put("corrective", failures.correctiveMicros());
    micros.put("plannedMaintenance", failures.plannedMaintenanceMicros());
    return new ElementSums(
        micros,
        quantities(elements),
        elements.stops(),
        failures.onsets(),
        elements.lacks().stream().map(lack -> lack.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static SortedMap<String, Double> quantities(Elements elements) {
    SortedMap<String, Double> quantities = new TreeMap<>();
    Counts counts = elements.counts();
    quantities.put("produced", counts.produced().units());
    quantities.put("good", counts.good().units());
    quantities.put("reject", counts.reject().units());
    quantities.put("rework", counts.rework().units());
    quantities.put("startUpReject", counts.startUpReject().units());
    quantities.put("inspected", counts.inspected().units());
    quantities.put("goodFirstTime", counts.goodFirstTime().units());
    quantities.put("unplanned", counts.unplanned().units());
    quantities.put("withoutIdeal", elements.ideal().without().units());
    quantities.put("plannedScrap", elements.plannedScrap().units());
    quantities.put("capacity", elements.capacity().units());
    quantities.put("energyKwh", elements.energy().total().units());
    return quantities;
  }

  /** {@code minorStop}. */
  private static String name(TimeCategory category) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char letter : category.name().toLowerCase(Locale.ROOT).toCharArray()) {
      if (letter == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(letter) : letter);
        upper = false;
      }
    }
    return name.toString();
  }
}
