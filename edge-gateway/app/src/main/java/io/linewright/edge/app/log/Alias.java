package io.linewright.edge.app.log;

import java.util.Map;

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

  Alias withId(long given) {
    return new Alias(given, device, name, type, properties);
  }
}
