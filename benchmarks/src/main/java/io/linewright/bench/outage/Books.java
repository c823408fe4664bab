package io.linewright.bench.outage;

import io.linewright.bench.compare.TagComparison;
import io.linewright.bench.compare.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Every change against everything that arrived, and what is missing against the losses told.
 *
 * @param verdict the comparison; its {@code lost} are changes that did not arrive
 * @param accounted those of them for which the gateway told a loss of their device
 * @param odd some rows at times at which nothing changed, for a person to look at
 */
record Books(Verdict verdict, long accounted, List<String> odd) {

  private static final int MAX_ODD = 20;

  /** Changes that neither arrived nor were told as lost. */
  long unaccounted() {
    return verdict.lost() - accounted;
  }

  /** Compares, tag by tag. */
  static Books of(
      List<PlantTruth> truths, Map<String, ValueColumns> arrived, List<Arrivals.Loss> losses) {
    Verdict sum = Verdict.NONE;
    Map<String, Long> missing = new HashMap<>();
    List<String> odd = new ArrayList<>();
    for (PlantTruth truth : truths) {
      for (Map.Entry<String, ValueColumns> tag : truth.tags().entrySet()) {
        ValueColumns rows = arrived.getOrDefault(tag.getKey(), new ValueColumns());
        Verdict verdict =
            TagComparison.of(
                tag.getValue().truth(tag.getKey()),
                OptionalLong.of(truth.observedMicros()),
                rows.rows());
        sum = sum.plus(verdict);
        if (verdict.wrong() > 0) {
          odd.addAll(rows.strangers(tag.getKey(), tag.getValue(), MAX_ODD - odd.size()));
        }
        if (verdict.lost() > 0) {
          missing.merge(device(tag.getKey()), verdict.lost(), Long::sum);
        }
      }
    }
    return new Books(sum, accounted(missing, losses), odd);
  }

  private static String device(String tag) {
    return tag.substring(0, tag.indexOf('#'));
  }

  /** A loss without a number, or of the whole gateway, covers what is missing of its equipment. */
  private static long accounted(Map<String, Long> missing, List<Arrivals.Loss> losses) {
    long accounted = 0;
    for (Map.Entry<String, Long> device : missing.entrySet()) {
      long told = 0;
      for (Arrivals.Loss loss : losses) {
        Long count = loss.count();
        if (loss.equipment().equals(device.getKey())) {
          told = count == null ? device.getValue() : Math.addExact(told, count);
        }
      }
      accounted += Math.min(told, device.getValue());
    }
    return accounted;
  }
}
