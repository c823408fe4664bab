package io.linewright.edge.app.log;

/**
 * A metric of the edge node and the number that stands for it.
 *
 * @param id the alias, from 1; 0: not given yet
 * @param device Sparkplug device id; empty for the node itself
 * @param name metric name
 * @param type Sparkplug data type number
 */
public record Alias(long id, String device, String name, int type) {

  Alias withId(long given) {
    return new Alias(given, device, name, type);
  }
}
