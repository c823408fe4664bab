package io.linewright.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.command.Command;
import io.linewright.edge.command.CommandRules;
import io.linewright.edge.command.WriteGuard;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandDeskTest {

  private static final TagKey SPEED = TagKey.parse("acme/graz/body/line-1/press-01#speed/setpoint");
  private static final CommandRules RULES =
      new CommandRules(
          Map.of(
              SPEED,
              new WriteGuard(
                  DataType.DOUBLE,
                  Optional.of(new ValueRange(0, 100)),
                  10,
                  Duration.ofSeconds(1),
                  List.of(),
                  0)),
          Duration.ofSeconds(60),
          100);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<SampleValue> written = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  @Test
  void aCommandIsWrittenReadBackAndTold() throws CommandStoreException {
    try (CommandDesk desk = desk(directory, true)) {
      desk.start();
      desk.requested(command(1, 40, Duration.ofMinutes(1)));
      awaitTold("1 delivered", "1 written", "1 verified");
      desk.requested(command(2, 400, Duration.ofMinutes(1)));
      awaitTold("1 delivered", "1 written", "1 verified", "2 refused");
    }
    assertThat(written).containsExactly(SampleValue.of(40.0));
  }

  @Test
  void anIdIsRememberedOverARestart() throws CommandStoreException {
    Command command = command(1, 40, Duration.ofMinutes(1));
    try (CommandDesk desk = desk(directory, true)) {
      desk.start();
      desk.requested(command);
      awaitTold("1 delivered", "1 written", "1 verified");
    }
    told.clear();
    try (CommandDesk desk = desk(directory, true)) {
      desk.start();
      desk.requested(command);
      awaitTold("1 verified", "1 verified"); // once for the restart, once for the repeat
    }
    assertThat(written).hasSize(1);
  }

  @Test
  void killedBetweenWriteAndAnswerItIsNotWrittenAgainAndTheMachineDecides(@TempDir Path after)
      throws CommandStoreException, IOException {
    Command command = command(1, 40, Duration.ofMinutes(1));
    try (CommandDesk desk = desk(directory, false)) {
      desk.start();
      desk.requested(command);
      await().until(() -> !written.isEmpty());
      copy(directory, after); // what a kill -9 leaves on the disk
    }
    told.clear();
    try (CommandDesk desk = desk(after, true)) {
      desk.start();
      desk.requested(command);
      awaitTold("1 delivered", "1 delivered");
      desk.seen(
          SPEED.equipment(), SPEED.name(), new Sample(SampleValue.of(40.0), StatusCode.GOOD, 0, 0));
      awaitTold("1 delivered", "1 delivered", "1 verified");
    }
    assertThat(written).hasSize(1);
  }

  @Test
  void theClockOfThePlatformExpiresACommand() throws CommandStoreException {
    try (CommandDesk desk = desk(directory, true)) {
      desk.heard(Instant.now().plusSeconds(300).toEpochMilli());
      desk.start();
      desk.requested(command(1, 40, Duration.ofMinutes(1)));
      awaitTold("1 expired");
    }
    assertThat(written).isEmpty();
  }

  @Test
  void theSwitchOutlivesARestart() throws CommandStoreException {
    try (CommandDesk desk = desk(directory, true)) {
      desk.start();
      desk.stopAll(true);
      desk.requested(command(1, 40, Duration.ofMinutes(1)));
      awaitTold("1 refused");
    }
    told.clear();
    try (CommandDesk desk = desk(directory, true)) {
      desk.start();
      desk.requested(command(2, 40, Duration.ofMinutes(1)));
      awaitTold("1 refused", "2 refused");
      desk.stopAll(false);
      desk.requested(command(3, 40, Duration.ofMinutes(1)));
      awaitTold("1 refused", "2 refused", "3 delivered", "3 written", "3 verified");
    }
  }

  @Test
  void withoutMemoryNothingIsExecuted() throws CommandStoreException {
    CommandStore store = CommandStore.open(directory);
    try (CommandDesk desk = desk(store, true)) {
      store.close();
      desk.start();
      desk.requested(command(1, 40, Duration.ofMinutes(1)));
      await().until(() -> desk.passedOver() == 1);
    }
    assertThat(written).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aForeignFileIsNotTouched() throws IOException {
    Files.writeString(directory.resolve("commands.db"), "no database ".repeat(500));
    assertThatThrownBy(() -> CommandStore.open(directory))
        .isInstanceOf(CommandStoreException.class)
        .hasMessageContaining("no command is executed");
  }

  private CommandDesk desk(Path at, boolean answers) throws CommandStoreException {
    return desk(CommandStore.open(at), answers);
  }

  private CommandDesk desk(CommandStore store, boolean answers) throws CommandStoreException {
    return new CommandDesk(
        RULES,
        store,
        (tag, value, patience) -> {
          written.add(value);
          CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
          if (answers) {
            outcome.complete(new WriteOutcome.Verified(value));
          }
          return outcome;
        },
        this::tell,
        InstantSource.system());
  }

  private void tell(CommandProgress progress) {
    told.add(UUID.fromString(progress.id()).getLeastSignificantBits() + " " + progress.step());
  }

  private void awaitTold(String... steps) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(told).containsExactly(steps));
  }

  private static Command command(int number, double value, Duration life) {
    Instant now = Instant.now();
    return new Command(
        new UUID(0, number), SPEED, SampleValue.of(value), "anna", now, now.plus(life), "trial");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
