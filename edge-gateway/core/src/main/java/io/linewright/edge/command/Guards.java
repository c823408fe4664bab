package io.linewright.edge.command;

import io.linewright.edge.command.WriteGuard.Condition;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a write may begin now; every answer is a sentence for people. */
final class Guards {

  private Guards() {}

  /** Why the command must not be executed; empty if it may be. */
  static Optional<String> objection(
      Command command,
      @Nullable WriteGuard guard,
      CommandState state,
      Map<TagKey, Observed> plant,
      Instant now) {
    if (guard == null) {
      return Optional.of("the gateway's file does not allow writes to " + command.tag());
    }
    if (state.stopped()) {
      return Optional.of("all writes are stopped at this gateway");
    }
    return byGuard(command, guard, state, plant, now);
  }

  private static Optional<String> byGuard(
      Command command,
      WriteGuard guard,
      CommandState state,
      Map<TagKey, Observed> plant,
      Instant now) {
    return value(command.value(), guard)
        .or(() -> others(command, guard, state, now))
        .or(
            () ->
                guard.conditions().stream()
                    .flatMap(condition -> condition(condition, plant, now).stream())
                    .findFirst());
  }

  private static Optional<String> value(SampleValue value, WriteGuard guard) {
    if (value.type() != guard.type()) {
      return Optional.of(
          "the value is of type %s, the tag of type %s".formatted(value.type(), guard.type()));
    }
    Optional<Double> number = number(value);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    if (guard.range().isEmpty() || !guard.range().get().contains(number.get())) {
      return Optional.of(
          "%s is outside the range %s"
              .formatted(
                  SampleText.of(value),
                  guard.range().map(r -> "[" + r.low() + ", " + r.high() + "]").orElse("(none)")));
    }
    return Optional.empty();
  }

  private static Optional<Double> number(SampleValue value) {
    return switch (value) {
      case DoubleValue(double number) -> Optional.of(number);
      case IntegerValue(long number) -> Optional.of((double) number);
      default -> Optional.empty();
    };
  }

  private static Optional<String> others(
      Command command, WriteGuard guard, CommandState state, Instant now) {
    int begun = 0;
    Instant begin = now.minus(guard.period());
    for (Known other : state.known().values()) {
      if (!other.command().tag().equals(command.tag())) {
        continue;
      }
      if (other.underWay()) {
        return Optional.of("command " + other.command().id() + " to the same tag is under way");
      }
      Instant wrote = other.stage().writeBegan();
      if (wrote != null && wrote.isAfter(begin)) {
        begun++;
      }
    }
    return begun < guard.most()
        ? Optional.empty()
        : Optional.of(
            "%d writes to %s within %s are all that is allowed"
                .formatted(guard.most(), command.tag(), guard.period()));
  }

  private static Optional<String> condition(
      Condition condition, Map<TagKey, Observed> plant, Instant now) {
    Observed seen = plant.get(condition.tag());
    String what = "%s %s ".formatted(condition.name(), condition.tag());
    if (seen == null) {
      return Optional.of(what + "has not been read since the gateway started");
    }
    SampleValue value = seen.value();
    if (value == null || !seen.usable()) {
      return Optional.of(what + "is not good: " + seen.status());
    }
    if (condition.maxAge().isPresent() && seen.at().plus(condition.maxAge().get()).isBefore(now)) {
      return Optional.of(
          what
              + "was last told at %s, longer than %s ago"
                  .formatted(seen.at(), condition.maxAge().get()));
    }
    if (!condition.allowed().contains(value)) {
      return Optional.of(
          what
              + "is %s, must be %s"
                  .formatted(
                      SampleText.of(value),
                      condition.allowed().stream()
                          .map(SampleText::of)
                          .collect(Collectors.joining(" or "))));
    }
    return Optional.empty();
  }

  /** Whether a machine that holds one value does what the other asks for. */
  static boolean same(SampleValue held, SampleValue wanted, double tolerance) {
    if (held instanceof DoubleValue(double h) && wanted instanceof DoubleValue(double w)) {
      return Double.compare(h, w) == 0 || Math.abs(h - w) <= tolerance;
    }
    return held.equals(wanted);
  }
}
