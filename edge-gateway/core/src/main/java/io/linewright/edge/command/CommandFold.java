package io.linewright.edge.command;

import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.edge.command.CommandStage.Checking;
import io.linewright.edge.command.CommandStage.Ended;
import io.linewright.edge.command.CommandStage.Writing;
import io.linewright.edge.fold.Step;
import io.linewright.model.command.CommandStep;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes to machines. Whatever comes in, in whatever order, and wherever the gateway is stopped: a
 * command is executed at most once, never at or after its expiry, and ends in exactly one final
 * step. A command that was being written when the gateway was stopped is not written again; what
 * the machine holds afterwards decides.
 */
public final class CommandFold {

  private final CommandRules rules;

  public CommandFold(CommandRules rules) {
    this.rules = rules;
  }

  /** Takes one input. */
  public Step<CommandState, CommandFact> step(CommandState state, CommandInput input) {
    Turn turn = new Turn(state);
    switch (input) {
      case CommandInput.Requested requested -> requested(turn, requested);
      case CommandInput.WriteEnded(UUID id, WriteResult result, Instant now) -> {
        Known known = turn.known.get(id);
        if (known != null && known.underWay()) {
          ended(turn, known, result, now);
        }
      }
      case CommandInput.ValueSeen seen -> seen(turn, seen);
      case CommandInput.Tick(Instant now) ->
          List.copyOf(turn.known.values()).forEach(known -> tick(turn, known, now));
      case CommandInput.Restarted(Instant now) -> restarted(turn, now);
      case CommandInput.StopAll(boolean stopped, Instant now) -> turn.stop(stopped);
    }
    return turn.step();
  }

  /** The switch, the memory and the facts of one step. */
  private static final class Turn {

    final Map<UUID, Known> known;
    final List<CommandFact> facts = new ArrayList<>();
    Instant forgottenUpTo;
    boolean stopped;

    Turn(CommandState state) {
      known = new LinkedHashMap<>(state.known());
      forgottenUpTo = state.forgottenUpTo();
      stopped = state.stopped();
    }

    CommandState state() {
      return new CommandState(known, forgottenUpTo, stopped);
    }

    Step<CommandState, CommandFact> step() {
      return new Step<>(state(), facts);
    }

    void stop(boolean on) {
      if (on != stopped) {
        stopped = on;
        facts.add(new CommandFact.RememberStop(on));
      }
    }

    Known move(Command command, CommandStage stage) {
      Known moved = new Known(command, stage);
      known.put(command.id(), moved);
      facts.add(new CommandFact.Remember(moved));
      return moved;
    }

    void end(Command command, @Nullable Instant began, CommandStep step, Instant at, String why) {
      Known ended = move(command, new Ended(began, step, at, why));
      facts.add(new CommandFact.Tell(ended.newest()));
    }

    void forget(Known one) {
      known.remove(one.command().id());
      if (one.command().expiresAt().isAfter(forgottenUpTo)) {
        forgottenUpTo = one.command().expiresAt();
      }
      facts.add(new CommandFact.Forget(one.command().id(), forgottenUpTo));
    }
  }

  private void requested(Turn turn, CommandInput.Requested requested) {
    Command command = requested.command();
    Instant now = requested.now();
    Known before = turn.known.get(command.id());
    if (before != null) {
      turn.facts.add(new CommandFact.Tell(before.newest()));
      return;
    }
    Optional<String> nonsense = nonsense(command, now);
    if (nonsense.isPresent()) {
      turn.facts.add(new CommandFact.PassedOver(command.id(), nonsense.get()));
      return;
    }
    if (!makeRoom(turn, now)) {
      turn.facts.add(
          new CommandFact.PassedOver(
              command.id(), "%d commands are remembered already".formatted(rules.capacity())));
      return;
    }
    if (!command.expiresAt().isAfter(turn.forgottenUpTo)) {
      turn.facts.add(
          new CommandFact.PassedOver(
              command.id(), "it has expired, and may be one that was answered and forgotten"));
      return;
    }
    judge(turn, requested, command, now);
  }

  private void judge(Turn turn, CommandInput.Requested requested, Command command, Instant now) {
    if (!command.expiresAt().isAfter(now)) {
      turn.end(command, null, CommandStep.EXPIRED, now, "it reached the gateway at " + now);
      return;
    }
    if (rules.isSwitch(command.tag())) {
      turnSwitch(turn, command, now);
      return;
    }
    WriteGuard guard = rules.guards().get(command.tag());
    Optional<String> objection =
        Guards.objection(command, guard, turn.state(), requested.plant(), now);
    if (objection.isPresent()) {
      turn.end(command, null, CommandStep.REFUSED, now, objection.get());
      return;
    }
    Known writing = turn.move(command, new Writing(now));
    turn.facts.add(new CommandFact.Tell(writing.newest()));
    turn.facts.add(new CommandFact.Write(command, Duration.between(now, command.expiresAt())));
  }

  /** Nothing is written to a machine: it is done, and known to be, in the same step. */
  private static void turnSwitch(Turn turn, Command command, Instant now) {
    if (!(command.value() instanceof SampleValue.BooleanValue(boolean stop))) {
      turn.end(command, null, CommandStep.REFUSED, now, "the switch is true or false");
      return;
    }
    if (!stop && stoppedAfter(turn, command)) {
      turn.end(command, null, CommandStep.REFUSED, now, "writes were stopped by a later command");
      return;
    }
    turn.stop(stop);
    Known known = new Known(command, new Writing(now));
    turn.facts.add(new CommandFact.Tell(known.newest()));
    turn.facts.add(new CommandFact.Tell(known.step(CommandStep.WRITTEN, now, "")));
    turn.end(
        command,
        now,
        CommandStep.VERIFIED,
        now,
        stop ? "all writes are stopped" : "writes are allowed again");
  }

  /** Commands may overtake each other on the way: the wish to stop wins over an older one. */
  private static boolean stoppedAfter(Turn turn, Command command) {
    return turn.known.values().stream()
        .filter(known -> known.command().tag().equals(command.tag()))
        .filter(known -> known.command().value().equals(SampleValue.of(true)))
        .filter(
            known -> known.stage() instanceof Ended ended && ended.step() == CommandStep.VERIFIED)
        .anyMatch(known -> known.command().requestedAt().isAfter(command.requestedAt()));
  }

  /**
   * What the platform does not send; not answered, because it could not be remembered in bounds.
   */
  private static Optional<String> nonsense(Command command, Instant now) {
    if (command.expiresAt().isAfter(command.requestedAt().plus(CommandRules.LONGEST_LIFE))) {
      return Optional.of("it lives longer than " + CommandRules.LONGEST_LIFE);
    }
    if (command.requestedAt().isAfter(now.plus(CommandRules.CLOCK_SLACK))) {
      return Optional.of(
          "it was requested at %s and it is %s; one of the clocks is wrong"
              .formatted(command.requestedAt(), now));
    }
    return Optional.empty();
  }

  /** Only what has expired, and counts for no rate any more, may be forgotten. */
  private boolean makeRoom(Turn turn, Instant now) {
    if (turn.known.size() < rules.capacity()) {
      return true;
    }
    Optional<Known> oldest =
        turn.known.values().stream()
            .filter(one -> forgettable(one, now))
            .min(Comparator.comparing(one -> one.command().expiresAt()));
    oldest.ifPresent(turn::forget);
    return oldest.isPresent();
  }

  private boolean forgettable(Known one, Instant now) {
    if (one.underWay() || one.command().expiresAt().isAfter(now)) {
      return false;
    }
    Instant wrote = one.stage().writeBegan();
    WriteGuard guard = rules.guards().get(one.command().tag());
    return wrote == null || guard == null || !wrote.plus(guard.period()).isAfter(now);
  }

  private void ended(Turn turn, Known known, WriteResult result, Instant now) {
    Command command = known.command();
    Instant began = known.stage().writeBegan();
    switch (result) {
      case WriteResult.Verified(SampleValue held) -> {
        turn.facts.add(new CommandFact.Tell(known.step(CommandStep.WRITTEN, now, "")));
        turn.end(
            command, began, CommandStep.VERIFIED, now, "the machine holds " + SampleText.of(held));
      }
      case WriteResult.Differs(SampleValue held) -> {
        turn.facts.add(new CommandFact.Tell(known.step(CommandStep.WRITTEN, now, "")));
        turn.end(
            command, began, CommandStep.FAILED, now, "the machine holds " + SampleText.of(held));
      }
      case WriteResult.Refused(String reason) ->
          turn.end(command, began, CommandStep.REFUSED, now, reason);
      case WriteResult.Expired() ->
          turn.end(
              command, began, CommandStep.EXPIRED, now, "the machine could not be reached in time");
      case WriteResult.Unknown(String reason) -> check(turn, known, now, reason);
    }
  }

  private void check(Turn turn, Known known, Instant now, String why) {
    if (known.stage() instanceof Writing(Instant since)) {
      turn.move(known.command(), new Checking(since, now.plus(rules.readBack()), null, why));
    }
  }

  private void seen(Turn turn, CommandInput.ValueSeen seen) {
    SampleValue value = seen.value().value();
    if (value == null || !seen.value().usable()) {
      return;
    }
    for (Known known : List.copyOf(turn.known.values())) {
      if (known.command().tag().equals(seen.tag())
          && known.stage()
              instanceof Checking(Instant since, Instant until, var held, String why)) {
        if (Guards.same(value, known.command().value(), tolerance(known))) {
          turn.end(
              known.command(),
              since,
              CommandStep.VERIFIED,
              seen.now(),
              "%s; the machine was found to hold %s".formatted(why, SampleText.of(value)));
        } else if (!value.equals(held)) {
          turn.move(known.command(), new Checking(since, until, value, why));
        }
      }
    }
  }

  private double tolerance(Known known) {
    WriteGuard guard = rules.guards().get(known.command().tag());
    return guard == null ? 0 : guard.tolerance();
  }

  private void tick(Turn turn, Known known, Instant now) {
    switch (known.stage()) {
      case Writing(Instant since)
          when now.isAfter(known.command().expiresAt().plus(CommandRules.DRIVER_SLACK)) ->
          check(turn, known, now, "the driver did not say in time how the write ended");
      case Checking(Instant since, Instant until, var held, String why)
          when !now.isBefore(until) -> {
        CommandStep step = held == null ? CommandStep.UNKNOWN : CommandStep.FAILED;
        String found =
            held == null
                ? "; the machine could not be read within " + rules.readBack()
                : "; the machine holds " + SampleText.of(held);
        turn.end(known.command(), since, step, now, why + found);
      }
      case Writing writing -> {}
      case Checking checking -> {}
      case Ended ended -> {}
    }
  }

  /** What was told last may not have reached the log; readers know repeats by their ids. */
  private void restarted(Turn turn, Instant now) {
    for (Known known : List.copyOf(turn.known.values())) {
      switch (known.stage()) {
        case Writing writing -> {
          turn.facts.add(new CommandFact.Tell(known.newest()));
          check(turn, known, now, "the gateway was stopped while it wrote");
        }
        case Checking(Instant since, Instant until, var held, String why) ->
            turn.move(known.command(), new Checking(since, now.plus(rules.readBack()), null, why));
        case Ended ended -> turn.facts.add(new CommandFact.Tell(known.newest()));
      }
    }
  }
}
