package io.linewright.edge.app.log;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A metric of the edge node and the number that stands for it.
 *
 * @param id the alias, from 1; 0: not given yet
 * @param device Sparkplug device id; empty for the node itself
 * @param name metric name
 * @param type Sparkplug data type number
 * @param properties what births say of it besides: texts, whole numbers as {@link Long}, numbers as
 *     {@link Double}; kept as long as the alias, for births after the gateway's file dropped it
 */
public record Alias(long id, String device, String name, int type, Map<String, Object> properties) {

  public Alias {
    properties = Map.copyOf(properties);
  }

  /** A metric that nobody has given an alias yet. */
  public static Alias wanted(String device, String name, int type, Map<String, Object> properties) {
    return new Alias(0, device, name, type, properties);
  }

  /**
   * This metric with the number that it has. If type or unit of its values are others than before,
   * they are so since now; births keep telling that time, because values may be older than them.
   */
  Alias succeeding(Alias before, long nowMillis) {
    boolean same =
        type == before.type
            && Objects.equals(
                properties.get(LinewrightMetrics.ENG_UNIT),
                before.properties.get(LinewrightMetrics.ENG_UNIT));
    Object since = same ? before.properties.get(LinewrightMetrics.SINCE_MS) : (Object) nowMillis;
    Map<String, Object> all = new HashMap<>(properties);
    all.remove(LinewrightMetrics.SINCE_MS);
    if (since != null) {
      all.put(LinewrightMetrics.SINCE_MS, since);
    }
    return new Alias(before.id, device, name, type, all);
  }

  Alias withId(long given) {
    return new Alias(given, device, name, type, properties);
  }
}
