package io.linewright.ingest.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the figures that gateways and bridges publish as tags {@code stage/STAGE/FIGURE} of
 * their own equipment, and lists them in the order of a value's trip.
 */
public final class StageTrip {

  private static final List<String> ORDER = List.of("driver", "logic", "log", "mqtt", "bridge");
  private static final String PREFIX = "stage";

  private record Key(String stage, String instance) {}

  private final Map<Key, Map<String, Long>> figures =
      new TreeMap<>(
          Comparator.comparingInt((Key key) -> position(key.stage()))
              .thenComparing(Key::stage)
              .thenComparing(Key::instance));

  /**
   * Takes the value of one tag; names that are not of that form are no figures of a stage.
   *
   * @param value null if the figure is not known now
   */
  public void add(String equipmentPath, String tagName, @Nullable Long value) {
    String[] parts = tagName.split("/", -1);
    if (parts.length != 3 || !parts[0].equals(PREFIX)) {
      return;
    }
    Map<String, Long> row =
        figures.computeIfAbsent(new Key(parts[1], equipmentPath), key -> new TreeMap<>());
    if (value != null) {
      row.put(parts[2], value);
    }
  }

  /** A row per stage and instance: driver, logic, log, mqtt, bridge, then others by name. */
  public List<StageRow> rows() {
    List<StageRow> rows = new ArrayList<>();
    figures.forEach((key, stated) -> rows.add(row(key, new TreeMap<>(stated))));
    return rows;
  }

  private static StageRow row(Key key, Map<String, Long> stated) {
    return new StageRow(
        key.stage(),
        key.instance(),
        stated.remove("in"),
        stated.remove("out"),
        stated.remove("set-aside"),
        stated.remove("duplicates-dropped"),
        stated);
  }

  private static int position(String stage) {
    int known = ORDER.indexOf(stage);
    return known < 0 ? ORDER.size() : known;
  }
}
