package io.linewright.bench.edge;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes what the gateway publishes and keeps every value by tag. For one thread at a time. */
final class Arrivals {

  private static final String OWN = "Linewright/";

  private final InstantSource clock;
  private final Positions positions = new Positions();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, TagLog> byAlias = new HashMap<>();
  private final Map<String, TagLog> byTag = new LinkedHashMap<>();
  private final WireMetric metric = new WireMetric();
  private long plantValues;
  private long values;
  private long messages;
  private long repeatedRecords;
  private long gaps;
  private long unknownAliases;
  private long bytes;

  Arrivals(InstantSource clock) {
    this.clock = clock;
  }

  /** What one run received. */
  record Sums(
      long values, long messages, long bytes, long repeatedRecords, long gaps, long unknown) {}

  synchronized Sums sums() {
    return new Sums(values, messages, bytes, repeatedRecords, gaps, unknownAliases);
  }

  /** Values of the plant; the gateway's counters about itself are not among them. */
  synchronized long plantValues() {
    return plantValues;
  }

  /** What arrived, by {@code path#tag}; to be looked at when nothing arrives any more. */
  synchronized Map<String, TagLog> byTag() {
    return byTag;
  }

  synchronized String confirmation(String host) {
    return positions.confirmation(host, clock.millis());
  }

  /**
   * Takes a message.
   *
   * @param topic {@code spBv1.0/GROUP/TYPE/NODE[/DEVICE]}
   * @throws IllegalArgumentException if the bytes are no Sparkplug payload
   */
  synchronized void take(String topic, byte[] payload) {
    String[] levels = topic.split("/");
    String path = levels[1].replace(':', '/') + (levels.length > 4 ? "/" + levels[4] : "");
    switch (levels[2]) {
      case "NBIRTH", "DBIRTH" -> birth(path.replace(':', '/'), payload);
      case "NDATA", "DDATA" -> {
        long before = values;
        data(payload);
        plantValues += levels.length > 4 ? values - before : 0;
      }
      default -> {
        // deaths and commands carry no values
      }
    }
  }

  private void birth(String path, byte[] payload) {
    Wire in = new Wire(payload);
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      metric.read(in.message());
      String name = metric.name;
      if (name == null) {
        continue;
      }
      if (name.equals(OWN + "Epoch") && metric.value instanceof Long epoch) {
        positions.epoch(epoch);
      }
      if (metric.alias >= 0) {
        names.put(metric.alias, name);
        if (!name.startsWith(OWN)) {
          byAlias.put(metric.alias, byTag.computeIfAbsent(path + "#" + name, tag -> new TagLog()));
        }
      }
    }
  }

  private void data(byte[] payload) {
    long arrived = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    messages++;
    bytes += payload.length;
    switch (judge(payload)) {
      case TAKE -> keep(payload, arrived);
      case REPEAT -> repeatedRecords++;
      case GAP -> gaps++;
    }
  }

  /** Place metrics stand behind the values, so the message is read once for them alone. */
  private Positions.Answer judge(byte[] payload) {
    String lane = "";
    long position = 0;
    long previous = 0;
    Wire in = new Wire(payload);
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      metric.read(in.message());
      String name = names.get(metric.alias);
      if (name != null && name.startsWith(OWN)) {
        switch (name.substring(OWN.length())) {
          case "Lane" -> lane = String.valueOf(metric.value);
          case "Position" -> position = number(metric.value);
          case "Previous" -> previous = number(metric.value);
          default -> {
            // of no interest here
          }
        }
      }
    }
    return positions.judge(lane, position, previous);
  }

  private void keep(byte[] payload, long arrived) {
    Wire in = new Wire(payload);
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      metric.read(in.message());
      TagLog tag = byAlias.get(metric.alias);
      if (tag != null) {
        tag.add(metric, arrived);
        values++;
      } else if (!names.containsKey(metric.alias)) {
        unknownAliases++;
      }
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Long number ? number : -1;
  }
}
