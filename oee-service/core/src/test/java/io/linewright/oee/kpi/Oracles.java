package io.linewright.oee.kpi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Worked examples and constructed shifts with their answers, in the directory of test data. */
public final class Oracles {

  private static final Map<String, TimeCategory> CATEGORIES =
      Map.of(
          "RUNNING", TimeCategory.PRODUCTION,
          "SETUP", TimeCategory.SETUP,
          "MINOR_STOP", TimeCategory.MINOR_STOP,
          "STARVED", TimeCategory.STARVED,
          "BLOCKED", TimeCategory.BLOCKED,
          "DOWN", TimeCategory.BREAKDOWN);
  private static final double DAY_SECONDS = 86_400;

  private Oracles() {}

  /** One of the files; the test is skipped, with the path in its message, if it is not there. */
  public static JsonNode read(String name) {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    Path file = Path.of(root).resolve(data).resolve("oee_oracles").resolve(name);
    assumeTrue(
        Files.isRegularFile(file),
        () -> "no " + file.toAbsolutePath().normalize() + "; LINEWRIGHT_DATA names its directory");
    return new JsonMapper().readTree(file);
  }

  /** A shift of one machine in seconds and items. */
  public static Elements shift(
      Map<TimeCategory, Double> seconds, double idealSeconds, double produced, double good) {
    Map<TimeCategory, Long> micros = new EnumMap<>(TimeCategory.class);
    seconds.forEach((category, value) -> micros.put(category, Math.round(value * 1e6)));
    Counts counts =
        new Counts(
            Quantity.of(produced),
            Quantity.of(good),
            Quantity.of(produced - good),
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.of(produced),
            Quantity.of(good),
            Quantity.ZERO,
            Quantity.ZERO,
            false);
    return new Elements(
        new TimeSums(micros),
        0,
        counts,
        IdealTimes.of(counts, Duration.ofNanos(Math.round(idealSeconds * 1e9))),
        Quantity.ZERO,
        Quantity.ZERO,
        0,
        Failures.NONE,
        EnergyUse.NONE,
        Set.of());
  }

  /** The elements that the answers of a constructed case name, in a day of 24 hours. */
  public static Elements constructed(JsonNode shift, JsonNode answer) {
    Map<TimeCategory, Double> seconds = new EnumMap<>(TimeCategory.class);
    answer
        .get("durations_s_excluding_breaks")
        .properties()
        .forEach(state -> seconds.put(category(state.getKey()), state.getValue().asDouble()));
    double shiftSeconds = shift.get("shift_s").asDouble();
    seconds.put(TimeCategory.PLANNED_STOP, shiftSeconds - answer.get("planned_s").asDouble());
    seconds.put(TimeCategory.UNSCHEDULED, DAY_SECONDS - shiftSeconds);
    double total = answer.get("total").asDouble();
    Elements e =
        shift(
            seconds,
            shift.get("ideal_cycle_s").asDouble(),
            total,
            total - answer.get("scrap").asDouble());
    return new Elements(
        e.times(),
        0,
        e.counts(),
        e.ideal(),
        Quantity.ZERO,
        Quantity.ZERO,
        0,
        new Failures(
            answer.get("down_events").asLong(), e.times().of(TimeCategory.BREAKDOWN), 0, 0),
        EnergyUse.NONE,
        Set.of());
  }

  private static TimeCategory category(String state) {
    TimeCategory category = CATEGORIES.get(state);
    if (category == null) {
      throw new IllegalArgumentException("no category is known for " + state);
    }
    return category;
  }
}
