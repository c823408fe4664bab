package io.linewright.ingest.aggregate;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worked examples of OPC UA part 13, annex A (1.05.02), in the directory of test data. Times
 * count from 12:00:00 of no date.
 */
final class AnnexTables {

  /** What historians.json has of one tag. */
  record Historian(List<Sample> samples, List<Long> annotationMicros) {}

  /**
   * A printed row.
   *
   * @param value the number, 0 or 1 for a truth value, the code of a status; null if there is none
   * @param decimals how many are printed
   * @param code status, code part
   * @param flagged whether the table is said to contradict its own definition there
   */
  record Row(
      int index,
      long micros,
      @Nullable Double value,
      int decimals,
      int code,
      int info,
      boolean flagged) {}

  record Table(
      String id,
      Aggregate aggregate,
      String historian,
      AggregateConfiguration configuration,
      long intervalMicros,
      String flag,
      List<Row> rows) {

    Row row(int index) {
      return rows.stream().filter(r -> r.index == index).findFirst().orElseThrow();
    }
  }

  static final long END_MICROS = 100_000_000L;
  private static final long MILLI = 1_000L;

  private final Map<String, Historian> historians = new HashMap<>();
  private final List<Table> tables = new ArrayList<>();

  private AnnexTables(Path directory) {
    JsonMapper json = new JsonMapper();
    json.readTree(directory.resolve("historians.json"))
        .get("historians")
        .properties()
        .forEach(h -> historians.put(h.getKey(), historian(h.getValue())));
    Map<String, Integer> codes = new HashMap<>();
    JsonNode entries = json.readTree(directory.resolve("expected.json")).get("entries");
    entries.forEach(e -> e.get("rows").forEach(r -> codes.put(text(r, "code"), code(r))));
    entries.forEach(e -> tables.add(table(e, codes)));
  }

  /** Where the tables are, or would be. */
  static Path directory() {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    return Path.of(root).resolve(data).resolve("opcua_part13").toAbsolutePath().normalize();
  }

  static boolean areThere() {
    return Files.isRegularFile(directory().resolve("expected.json"));
  }

  static AnnexTables read() {
    return new AnnexTables(directory());
  }

  List<Table> tables() {
    return tables;
  }

  Table table(Aggregate aggregate, String historian) {
    return tables.stream()
        .filter(t -> t.aggregate == aggregate && t.historian.equals(historian))
        .findFirst()
        .orElseThrow();
  }

  Historian historian(String name) {
    Historian historian = historians.get(name);
    if (historian == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return historian;
  }

  private static Historian historian(JsonNode node) {
    List<Sample> samples = new ArrayList<>();
    List<Long> annotations = new ArrayList<>();
    for (JsonNode row : node.get("data")) {
      long micros = row.get("offset_ms").asLong() * MILLI;
      JsonNode value = row.get("value");
      SampleValue sampleValue =
          value.isNull()
              ? null
              : value.isBoolean()
                  ? SampleValue.of(value.asBoolean())
                  : SampleValue.of(value.asDouble());
      samples.add(new Sample(sampleValue, new StatusCode(code(row)), micros, 0));
      if (row.has("annotations")) {
        row.get("annotations").forEach(a -> annotations.add(micros));
      }
    }
    return new Historian(samples, annotations);
  }

  private static Table table(JsonNode entry, Map<String, Integer> codes) {
    JsonNode config = entry.get("config");
    Set<Integer> flagged = new HashSet<>();
    if (entry.has("flag_rows")) {
      entry.get("flag_rows").forEach(r -> flagged.add(r.asInt()));
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : entry.get("rows")) {
      int index = row.get("i").asInt();
      String printed = text(row, "value_text");
      int point = printed.indexOf('.');
      rows.add(
          new Row(
              index,
              row.get("offset_ms").asLong() * MILLI,
              value(row.get("value"), codes),
              point < 0 ? 0 : printed.length() - point - 1,
              code(row),
              row.get("info_bits").asInt(),
              flagged.contains(index)));
    }
    return new Table(
        text(entry, "id"),
        Aggregate.named(text(entry, "aggregate")).orElseThrow(),
        text(entry, "historian"),
        new AggregateConfiguration(
            config.get("treat_uncertain_as_bad").asBoolean(),
            config.get("percent_data_bad").asInt(),
            config.get("percent_data_good").asInt(),
            config.get("use_sloped_extrapolation").asBoolean(),
            config.get("stepped").asBoolean(),
            MILLI),
        config.get("processing_interval_ms").asLong() * MILLI,
        entry.has("flag") ? text(entry, "flag") : "",
        rows);
  }

  private static @Nullable Double value(JsonNode value, Map<String, Integer> codes) {
    if (value.isNull()) {
      return null;
    }
    if (value.isString()) {
      Integer code = codes.get(value.asString());
      if (code == null) {
        throw new IllegalArgumentException("no row shows the number of " + value);
      }
      return (double) Integer.toUnsignedLong(code);
    }
    return value.isBoolean() ? (value.asBoolean() ? 1.0 : 0.0) : value.asDouble();
  }

  private static int code(JsonNode node) {
    return Integer.parseUnsignedInt(text(node, "status_hex").substring(2), 16);
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }
}
