package io.linewright.edge.host.birth;

import io.linewright.edge.sparkplug.Metric;
import io.linewright.model.equipment.EquipmentPath;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the birth of one node or device declared.
 *
 * @param equipment the equipment behind it; empty: its ids have no mapping, values are set aside
 * @param byName every metric by its name
 * @param byAlias every metric that has an alias, by it
 * @param tellsOfMachine whether machine events come from one of its tags
 * @param flaw what is wrong with it, one sentence for people; empty if nothing is
 */
public record Birth(
    Optional<EquipmentPath> equipment,
    Map<String, Binding> byName,
    Map<Long, Binding> byAlias,
    boolean tellsOfMachine,
    Optional<String> flaw) {

  /** Most metrics that one birth may declare. */
  public static final int MAX_METRICS = 100_000;

  public Birth {
    byName = Map.copyOf(byName);
    byAlias = Map.copyOf(byAlias);
  }

  /** What the metric of a data message stands for; null if this birth does not declare it. */
  public @Nullable Binding resolve(Metric metric) {
    if (metric.name() != null) {
      return byName.get(metric.name());
    }
    return metric.alias().isPresent() ? byAlias.get(metric.alias().getAsLong()) : null;
  }

  /** Whether a metric of that name is declared. */
  public boolean declares(String metricName) {
    return byName.containsKey(metricName);
  }
}
