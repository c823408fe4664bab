package io.linewright.edge.opcua.browse;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a variable probably means, from its name, type and unit. A guess is for people to check: a
 * role that raises machine events is proposed only if more than one sign speaks for it.
 *
 * @param role the role proposed
 * @param confidence how many signs speak for it
 * @param reason the signs, for people
 */
public record RoleGuess(TagRole role, Confidence confidence, String reason) {

  /** How sure a guess is. */
  public enum Confidence {
    /** Name, type and unit agree, or the name is one of a standard. */
    HIGH,
    /** Two signs agree. */
    MEDIUM,
    /** One sign only. */
    LOW
  }

  private static final Pattern WORDS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");

  private static final Set<String> TEMPERATURE_UNITS = Set.of("Cel", "K", "[degF]");
  private static final Set<String> POWER_UNITS = Set.of("W", "kW", "MW");
  private static final Set<String> ENERGY_UNITS = Set.of("W.h", "kW.h", "MW.h", "GW.h");
  private static final Set<String> CURRENT_UNITS = Set.of("A", "mA");
  private static final Set<String> TIME_UNITS = Set.of("s", "ms", "min");
  private static final Set<String> SPEED_UNITS = Set.of("/min", "/s", "m/s", "m/min", "mm/s");
  private static final Set<String> VIBRATION_UNITS = Set.of("mm/s", "m/s");

  /**
   * The most probable role.
   *
   * @param name browse name or path of the variable
   * @return empty: an ordinary process value
   */
  public static Optional<RoleGuess> of(String name, DataType type, Optional<UcumUnit> unit) {
    Set<String> words = words(name);
    String code = unit.map(UcumUnit::code).orElse("");
    boolean whole = type == DataType.INTEGER;
    boolean number = whole || type == DataType.DOUBLE;
    if (number) {
      Optional<RoleGuess> guess = whole ? counted(words) : Optional.empty();
      return guess.or(() -> measured(words, code, type)).or(() -> alive(words));
    }
    return type == DataType.BOOLEAN ? alarm(words, type).or(() -> alive(words)) : text(words, type);
  }

  /** Words of a name in lower case, and neighbouring words together: {@code StopReason}. */
  static Set<String> words(String name) {
    Set<String> words = new TreeSet<>();
    String before = "";
    for (String part : WORDS.split(name)) {
      String word = part.toLowerCase(Locale.ROOT);
      if (!word.isEmpty()) {
        words.add(word);
        words.add(before + word);
        before = word;
      }
    }
    return words;
  }

  private static Optional<RoleGuess> counted(Set<String> words) {
    if (any(words, "statecurrent", "packmlstate")) {
      return guess(TagRole.MACHINE_STATE, Confidence.HIGH, "name of PackTags, whole number");
    }
    if (any(words, "machinestate", "operatingstate") || any(words, "state")) {
      return guess(
          TagRole.MACHINE_STATE,
          Confidence.MEDIUM,
          "name, whole number; check the numbers or add a state-map");
    }
    boolean count =
        any(words, "count", "counter", "cnt", "parts", "pieces", "qty", "quantity", "zaehler");
    if (any(words, "reject", "rejected", "scrap", "bad", "nok", "defect", "defective", "waste")
        && count) {
      return guess(TagRole.REJECT_COUNT, Confidence.MEDIUM, "name, whole number");
    }
    if (any(words, "good", "ok", "accepted", "gut") && count) {
      return guess(TagRole.GOOD_COUNT, Confidence.MEDIUM, "name, whole number");
    }
    if (any(words, "total", "produced", "processed", "all") && count) {
      return guess(TagRole.TOTAL_COUNT, Confidence.MEDIUM, "name, whole number");
    }
    return alarm(words, DataType.INTEGER).or(() -> stopReason(words));
  }

  private static Optional<RoleGuess> stopReason(Set<String> words) {
    return any(words, "stopreason", "downtimereason", "haltreason", "stopcode")
        ? guess(TagRole.STOP_REASON, Confidence.MEDIUM, "name")
        : Optional.empty();
  }

  private static Optional<RoleGuess> alarm(Set<String> words, DataType type) {
    return any(words, "alarm", "fault", "stoerung", "error", "emergency")
        ? guess(
            TagRole.ALARM,
            type == DataType.BOOLEAN ? Confidence.MEDIUM : Confidence.LOW,
            type == DataType.BOOLEAN ? "name, truth value" : "name")
        : Optional.empty();
  }

  private static Optional<RoleGuess> measured(Set<String> words, String unit, DataType type) {
    if (any(words, "cycletime", "takt", "takttime")) {
      return signs(TagRole.CYCLE_TIME, true, TIME_UNITS.contains(unit), type);
    }
    boolean vibration = any(words, "vibration", "vib", "rms");
    if (vibration) {
      return signs(TagRole.VIBRATION_RMS, true, VIBRATION_UNITS.contains(unit), type);
    }
    record Rule(TagRole role, List<String> names, Set<String> units) {}
    List<Rule> rules =
        List.of(
            new Rule(TagRole.TEMPERATURE, List.of("temperature", "temp"), TEMPERATURE_UNITS),
            new Rule(TagRole.ENERGY, List.of("energy", "energie"), ENERGY_UNITS),
            new Rule(TagRole.POWER, List.of("power", "leistung"), POWER_UNITS),
            new Rule(TagRole.CURRENT, List.of("current", "strom"), CURRENT_UNITS),
            new Rule(TagRole.SPEED, List.of("speed", "rpm", "velocity", "drehzahl"), SPEED_UNITS));
    for (Rule rule : rules) {
      boolean named = any(words, rule.names.toArray(String[]::new));
      boolean united = rule.units.contains(unit);
      boolean speaksForItself = united && rule.role != TagRole.SPEED && !unit.equals("K");
      // "Current" also means "present": without ampere it says nothing.
      if (named && (united || rule.role != TagRole.CURRENT) || speaksForItself) {
        return signs(rule.role, named, united, type);
      }
    }
    return Optional.empty();
  }

  private static Optional<RoleGuess> alive(Set<String> words) {
    return any(words, "heartbeat", "watchdog", "alive", "lifebit", "lifesign")
        ? guess(TagRole.HEARTBEAT, Confidence.MEDIUM, "name")
        : Optional.empty();
  }

  private static Optional<RoleGuess> text(Set<String> words, DataType type) {
    if (type != DataType.STRING) {
      return Optional.empty();
    }
    if (any(words, "order", "workorder", "job", "jobid", "auftrag")) {
      return guess(TagRole.ORDER, Confidence.MEDIUM, "name, text");
    }
    if (any(words, "product", "productid", "article", "artikel", "sku")) {
      return guess(TagRole.PRODUCT, Confidence.MEDIUM, "name, text");
    }
    return stopReason(words);
  }

  private static Optional<RoleGuess> signs(
      TagRole role, boolean named, boolean united, DataType type) {
    if (named && united) {
      Confidence sure = type == DataType.DOUBLE ? Confidence.HIGH : Confidence.MEDIUM;
      return guess(role, sure, "name and unit");
    }
    return guess(role, united ? Confidence.MEDIUM : Confidence.LOW, united ? "unit" : "name");
  }

  private static Optional<RoleGuess> guess(TagRole role, Confidence confidence, String reason) {
    return Optional.of(new RoleGuess(role, confidence, reason));
  }

  private static boolean any(Set<String> words, String... wanted) {
    for (String word : wanted) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the role may stand in the proposal; otherwise it is only mentioned. */
  public boolean proposed() {
    return !role.raisesEvents() || confidence != Confidence.LOW;
  }
}
