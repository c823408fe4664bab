package io.linewright.edge.command;

import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.edge.command.WriteGuard.Condition;
import io.linewright.edge.fold.Step;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A gateway with one writable tag, told step by step. */
final class Script {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final TagKey SPEED = TagKey.parse("acme/graz/body/line-1/press-01#speed/setpoint");
  static final TagKey DOOR = TagKey.parse("acme/graz/body/line-1/press-01#door/closed");
  static final TagKey MODE = TagKey.parse("acme/graz/body/line-1/press-01#mode");

  final Map<TagKey, Observed> plant = new HashMap<>();
  private final CommandFold fold;
  CommandState state = CommandState.start();
  Instant now = NOON;
  List<CommandFact> facts = List.of();

  Script(WriteGuard guard) {
    this(guard, 100);
  }

  Script(WriteGuard guard, int capacity) {
    fold =
        new CommandFold(new CommandRules(Map.of(SPEED, guard), Duration.ofSeconds(10), capacity));
  }

  static WriteGuard guard(Condition... conditions) {
    return new WriteGuard(
        DataType.DOUBLE,
        Optional.of(new ValueRange(0, 100)),
        2,
        Duration.ofMinutes(1),
        List.of(conditions),
        0.01);
  }

  static Condition doorClosed() {
    return new Condition(
        "interlock", DOOR, List.of(SampleValue.of(true)), Optional.of(Duration.ofSeconds(5)));
  }

  static Condition automatic() {
    return new Condition(
        "mode", MODE, List.of(SampleValue.of(3L), SampleValue.of(4L)), Optional.empty());
  }

  static UUID id(int number) {
    return new UUID(0, number);
  }

  Command command(int number, SampleValue value, Duration life) {
    return new Command(id(number), SPEED, value, "anna", now, now.plus(life), "trial");
  }

  Script request(int number, double value) {
    return request(command(number, SampleValue.of(value), Duration.ofMinutes(1)));
  }

  Script request(Command command) {
    return on(new CommandInput.Requested(command, Map.copyOf(plant), now));
  }

  Script ends(int number, WriteResult result) {
    return on(new CommandInput.WriteEnded(id(number), result, now));
  }

  Script sees(TagKey tag, SampleValue value) {
    Observed seen = new Observed(value, StatusCode.GOOD, now);
    plant.put(tag, seen);
    return on(new CommandInput.ValueSeen(tag, seen, now));
  }

  Script after(Duration time) {
    now = now.plus(time);
    return on(new CommandInput.Tick(now));
  }

  Script on(CommandInput input) {
    Step<CommandState, CommandFact> step = fold.step(state, input);
    state = step.state();
    facts = step.facts();
    return this;
  }

  List<String> told() {
    return facts.stream()
        .filter(CommandFact.Tell.class::isInstance)
        .map(fact -> ((CommandFact.Tell) fact).progress().step())
        .toList();
  }

  String detail() {
    return facts.stream()
        .filter(CommandFact.Tell.class::isInstance)
        .map(fact -> ((CommandFact.Tell) fact).progress())
        .map(CommandProgress::detail)
        .reduce("", (before, last) -> last);
  }

  List<CommandFact.Write> writes() {
    return facts.stream()
        .filter(CommandFact.Write.class::isInstance)
        .map(CommandFact.Write.class::cast)
        .toList();
  }

  List<CommandFact.PassedOver> passedOver() {
    return facts.stream()
        .filter(CommandFact.PassedOver.class::isInstance)
        .map(CommandFact.PassedOver.class::cast)
        .toList();
  }
}
