package io.linewright.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.edge.fold.Step;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random plants, clocks, repeats and kills at every point between two facts. */
class CommandPropertyTest {

  private static final int RUNS = 2_000;
  private static final int STEPS = 120;

  @Test
  void neverTwiceNeverLateAndOneEnd() {
    int executed = 0;
    int forgotten = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Gateway gateway = new Gateway(new Random(seed));
      for (int i = 0; i < STEPS; i++) {
        gateway.anything();
      }
      gateway.settle();
      gateway.check("seed " + seed);
      executed += gateway.executed.size();
      forgotten += gateway.forgotten;
    }
    assertThat(executed).as("the runs must execute something").isGreaterThan(RUNS);
    assertThat(forgotten).as("the runs must forget something").isGreaterThan(100);
  }

  private static final class Gateway {

    private final Random random;
    private final CommandFold fold =
        new CommandFold(
            new CommandRules(
                Map.of(Script.SPEED, Script.guard(Script.doorClosed())),
                Duration.ofSeconds(10),
                5));
    private final Map<UUID, Command> sent = new HashMap<>();
    private final Set<UUID> passedOver = new HashSet<>();
    final List<UUID> executed = new ArrayList<>();
    private final List<UUID> unanswered = new ArrayList<>();
    private final Map<UUID, Set<String>> ends = new HashMap<>();
    private final List<CommandProgress> buffered = new ArrayList<>();
    private CommandState memory = CommandState.start();
    private Map<UUID, Known> disk = new LinkedHashMap<>();
    private Instant diskForgotten = Instant.MIN;
    private boolean diskStopped;
    private Observed door = new Observed(SampleValue.of(true), StatusCode.GOOD, Script.NOON);
    private Instant now = Script.NOON;
    int forgotten;

    Gateway(Random random) {
      this.random = random;
    }

    void anything() {
      now = now.plusMillis(random.nextInt(20_000));
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> request(fresh());
        case 3, 4 -> repeat();
        case 5, 6 -> answer();
        case 7 -> {
          Observed speed =
              new Observed(SampleValue.of((double) random.nextInt(3)), StatusCode.GOOD, now);
          on(new CommandInput.ValueSeen(Script.SPEED, speed, now));
        }
        case 8 -> door = new Observed(SampleValue.of(random.nextInt(4) > 0), StatusCode.GOOD, now);
        case 9 -> on(new CommandInput.StopAll(random.nextInt(4) == 0, now));
        case 10 -> now = now.minusMillis(random.nextInt(300_000)); // a clock set back
        default -> on(new CommandInput.Tick(now));
      }
    }

    private Command fresh() {
      TagKey tag = random.nextInt(10) == 0 ? Script.MODE : Script.SPEED;
      double value = random.nextInt(10) == 0 ? 500 : random.nextInt(3);
      Instant asked = now.minusMillis(random.nextInt(60_000));
      Instant expires = asked.plusMillis(random.nextInt(120_000));
      UUID id = new UUID(1, sent.size());
      Command command = new Command(id, tag, SampleValue.of(value), "anna", asked, expires, "");
      sent.put(id, command);
      return command;
    }

    private void repeat() {
      if (!sent.isEmpty()) {
        request(Objects.requireNonNull(sent.get(new UUID(1, random.nextInt(sent.size())))));
      }
    }

    private void request(Command command) {
      if (random.nextInt(3) > 0) {
        door = new Observed(door.value(), door.status(), now);
      }
      on(new CommandInput.Requested(command, Map.of(Script.DOOR, door), now));
    }

    private void answer() {
      if (unanswered.isEmpty()) {
        return;
      }
      UUID id = unanswered.remove(random.nextInt(unanswered.size()));
      WriteResult result =
          switch (random.nextInt(5)) {
            case 0 -> new WriteResult.Verified(Objects.requireNonNull(sent.get(id)).value());
            case 1 -> new WriteResult.Differs(SampleValue.of(99.0));
            case 2 -> new WriteResult.Refused("no");
            case 3 -> new WriteResult.Expired();
            default -> new WriteResult.Unknown("broken");
          };
      on(new CommandInput.WriteEnded(id, result, now));
    }

    private void on(CommandInput input) {
      Step<CommandState, CommandFact> step = fold.step(memory, input);
      if (random.nextInt(15) == 0) { // killed before the disk has it
        restart();
        return;
      }
      memory = step.state();
      step.facts().forEach(this::store);
      assertThat(new CommandState(disk, diskForgotten, diskStopped)).isEqualTo(memory);
      for (CommandFact fact : step.facts()) {
        if (random.nextInt(15) == 0) { // killed in between
          restart();
          return;
        }
        perform(fact);
      }
      flush();
    }

    private void store(CommandFact fact) {
      switch (fact) {
        case CommandFact.Remember(Known known) -> disk.put(known.command().id(), known);
        case CommandFact.Forget(UUID id, Instant upTo) -> {
          disk.remove(id);
          diskForgotten = upTo;
          forgotten++;
        }
        case CommandFact.RememberStop(boolean stopped) -> diskStopped = stopped;
        default -> {}
      }
    }

    private void perform(CommandFact fact) {
      switch (fact) {
        case CommandFact.Write(Command command, Duration patience) -> {
          assertThat(now).isBefore(command.expiresAt());
          assertThat(patience).isEqualTo(Duration.between(now, command.expiresAt()));
          assertThat(memory.stopped()).isFalse();
          executed.add(command.id());
          unanswered.add(command.id());
        }
        case CommandFact.Tell(CommandProgress progress) -> buffered.add(progress);
        case CommandFact.PassedOver(UUID id, String reason) -> passedOver.add(id);
        default -> {}
      }
    }

    private void flush() {
      for (CommandProgress progress : buffered) {
        if (CommandStep.of(progress.step()).orElseThrow().isFinal()) {
          ends.computeIfAbsent(UUID.fromString(progress.id()), id -> new HashSet<>())
              .add(progress.step() + progress.at());
        }
      }
      buffered.clear();
    }

    private void restart() {
      buffered.clear();
      unanswered.clear();
      memory = new CommandState(disk, diskForgotten, diskStopped);
      on(new CommandInput.Restarted(now));
    }

    void settle() {
      for (int i = 0; i < 400; i++) {
        now = now.plusSeconds(20);
        on(new CommandInput.Tick(now));
      }
      flush();
    }

    void check(String seed) {
      assertThat(executed).as(seed).doesNotHaveDuplicates();
      assertThat(memory.known().values()).as(seed).noneMatch(Known::underWay);
      assertThat(memory.known()).as(seed).hasSizeLessThanOrEqualTo(5);
      ends.forEach((id, steps) -> assertThat(steps).as(seed + " " + id).hasSize(1));
      assertThat(ends.keySet()).as(seed).containsAll(memory.known().keySet());
      assertThat(ends.keySet()).as(seed).containsAll(executed);
    }
  }
}
