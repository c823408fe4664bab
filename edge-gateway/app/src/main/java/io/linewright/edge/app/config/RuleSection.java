package io.linewright.edge.app.config;

import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.rule.Condition;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One entry of {@code rules}. */
final class RuleSection {

  /** Most characters of a message. */
  private static final int MAX_MESSAGE = 200;

  private static final List<String> CONDITIONS =
      List.of("above", "below", "rate", "no-data-for", "pattern");
  private static final String ONE_OF = "write one of above, below, rate, no-data-for and pattern";
  private static final String NUMBER = "write a number";
  private static final Duration DAY = Duration.ofDays(1);

  static Optional<Rule> read(YamlMap map, DeviceTags tags) {
    Optional<TagName> tag = tags.input(map);
    Optional<TagName> name =
        map.requiredParsed("name", TagName::new, "write a name such as alarm/too-hot");
    Optional<Condition> condition = condition(map, tag.flatMap(tags::type));
    Duration delay = delay(map, "delay");
    Duration clearDelay = delay(map, "clear-delay");
    TagRole role =
        map.parsed("role", RuleSection::role, "write alarm, stop-reason or process-value")
            .orElse(TagRole.ALARM);
    Optional<String> message =
        map.parsed("message", RuleSection::message, "write 1 to " + MAX_MESSAGE + " characters");
    if (role == TagRole.STOP_REASON && !map.has("message")) {
      map.problem("message", "is missing", "write the reason of the stop");
    }
    Optional<DataClass> dataClass = tags.derivedClass(map, tag);
    map.noOtherKeys();
    boolean named = name.isPresent() && tags.claim(map, name.get().value());
    if (!named || tag.isEmpty() || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            name.get(), tag.get(), condition.get(), delay, clearDelay, role, message, dataClass));
  }

  private static Duration delay(YamlMap map, String key) {
    return map.parsed(key, Scalars.duration(Duration.ZERO, DAY), "write 0s to 1d")
        .orElse(Duration.ZERO);
  }

  private static TagRole role(String text) {
    return TagRole.of(text)
        .filter(
            role ->
                role == TagRole.ALARM
                    || role == TagRole.STOP_REASON
                    || role == TagRole.PROCESS_VALUE)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + Scalars.shortened(text) + "' is not what a rule can say"));
  }

  private static String message(String text) {
    if (text.isEmpty() || text.length() > MAX_MESSAGE) {
      throw new IllegalArgumentException("has " + text.length() + " characters");
    }
    return text;
  }

  private static Optional<Condition> condition(YamlMap rule, Optional<DataType> type) {
    Optional<YamlMap> section = rule.map("when");
    if (section.isEmpty()) {
      rule.problem("when", "is missing", ONE_OF);
      return Optional.empty();
    }
    YamlMap map = section.get();
    List<String> given = CONDITIONS.stream().filter(map::has).toList();
    if (given.size() != 1) {
      map.problem(
          given.isEmpty() ? "has no condition" : "has " + String.join(" and ", given), ONE_OF);
      return Optional.empty();
    }
    String kind = given.getFirst();
    type.flatMap(t -> misfit(kind, t))
        .ifPresent(reason -> map.problem(kind, reason, "watch another tag, or another condition"));
    Optional<Condition> condition =
        switch (kind) {
          case "above", "below" -> threshold(map, kind);
          case "rate" -> rate(map);
          case "no-data-for" ->
              map.parsed(
                      kind,
                      Scalars.duration(Duration.ofSeconds(1), DAY.multipliedBy(7)),
                      "1s to 7d")
                  .map(Condition.NoData::new);
          default -> pattern(map);
        };
    map.noOtherKeys();
    return condition;
  }

  private static Optional<String> misfit(String kind, DataType type) {
    boolean fits =
        switch (kind) {
          case "above", "below", "rate" -> Numbers.isNumber(type);
          case "pattern" -> type != DataType.DOUBLE && type != DataType.BYTES;
          default -> true;
        };
    return fits ? Optional.empty() : Optional.of("does not fit values of type '" + type + "'");
  }

  private static Optional<Condition> threshold(YamlMap map, String kind) {
    Optional<Double> limit = map.parsed(kind, Scalars::number, NUMBER);
    Optional<Double> clear = map.parsed("clear", Scalars::number, NUMBER);
    return limit.flatMap(
        number ->
            made(
                map,
                () -> new Condition.Threshold(kind.equals("above"), number, clear.orElse(number)),
                "write clear on the near side of the limit"));
  }

  private static Optional<Condition> rate(YamlMap map) {
    Optional<Double> limit = map.parsed("rate", Scalars::number, NUMBER);
    Optional<Duration> over =
        map.requiredParsed(
            "over", Scalars.duration(Duration.ofMillis(100), DAY), "write the span, 100ms to 1d");
    Function<Condition.Direction, String> lower = d -> d.name().toLowerCase(Locale.ROOT);
    Condition.Direction direction =
        map.parsed(
                "direction",
                Scalars.oneOf(Condition.Direction.values(), lower),
                Scalars.names(Condition.Direction.values(), lower))
            .orElse(Condition.Direction.EITHER);
    if (limit.isEmpty() || over.isEmpty()) {
      return Optional.empty();
    }
    return made(
        map,
        () -> new Condition.RateOfChange(direction, limit.get(), over.get()),
        "write rate in units per second, above 0");
  }

  private static Optional<Condition> pattern(YamlMap map) {
    String advice = "list the states in their order, as [6, 11, 6]";
    List<String> states = map.texts("pattern", advice);
    Optional<Duration> within =
        map.requiredParsed(
            "within",
            Scalars.duration(Duration.ofMillis(10), DAY),
            "write the time from the first state to the last, 10ms to 1d");
    Optional<Duration> clearAfter =
        map.parsed(
            "clear-after",
            Scalars.duration(Duration.ofMillis(100), DAY.multipliedBy(7)),
            "write 100ms to 7d, or leave it out: until the last state is left");
    return within.flatMap(
        time -> made(map, () -> new Condition.StatePattern(states, time, clearAfter), advice));
  }

  private static Optional<Condition> made(YamlMap map, Supplier<Condition> maker, String advice) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException wrong) {
      map.problem(String.valueOf(wrong.getMessage()), advice);
      return Optional.empty();
    }
  }

  private RuleSection() {}
}
