package io.linewright.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.command.Command;
import io.linewright.edge.command.CommandFact;
import io.linewright.edge.command.CommandStage;
import io.linewright.edge.command.CommandState;
import io.linewright.edge.command.Known;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandStoreTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456789Z");

  @TempDir private Path directory;

  @Test
  void aNewMemoryIsEmpty() throws CommandStoreException {
    try (CommandStore store = CommandStore.open(directory.resolve("new"))) {
      assertThat(store.load()).isEqualTo(CommandState.start());
    }
  }

  @Test
  void everyStageOfEveryTypeComesBackInOrder() throws CommandStoreException {
    List<Known> all =
        List.of(
            known(3, SampleValue.of(1.5), new CommandStage.Writing(NOON)),
            known(
                1,
                SampleValue.of(-7L),
                new CommandStage.Checking(NOON, NOON.plusSeconds(9), SampleValue.of(8L), "why")),
            known(
                2,
                SampleValue.of("a b"),
                new CommandStage.Checking(NOON, NOON.plusSeconds(9), null, "")),
            known(
                5,
                SampleValue.of(true),
                new CommandStage.Ended(null, CommandStep.REFUSED, NOON, "no")),
            known(
                4,
                new SampleValue.BytesValue(new byte[] {1, -1}),
                new CommandStage.Ended(NOON, CommandStep.VERIFIED, NOON.plusSeconds(1), "")));
    try (CommandStore store = CommandStore.open(directory)) {
      for (Known one : all) {
        store.store(List.of(new CommandFact.Remember(one)));
      }
      store.store(List.of(new CommandFact.RememberStop(true)));
    }

    try (CommandStore store = CommandStore.open(directory)) {
      assertThat(store.load().known().values()).containsExactlyElementsOf(all);
      assertThat(store.load().stopped()).isTrue();
    }
  }

  @Test
  void aLaterStageReplacesTheEarlierAndKeepsItsPlace() throws CommandStoreException {
    Known first = known(1, SampleValue.of(1.0), new CommandStage.Writing(NOON));
    Known second = known(2, SampleValue.of(1.0), new CommandStage.Writing(NOON));
    Known ended =
        known(
            1,
            SampleValue.of(1.0),
            new CommandStage.Ended(NOON, CommandStep.FAILED, NOON, "other"));
    try (CommandStore store = CommandStore.open(directory)) {
      store.store(List.of(new CommandFact.Remember(first), new CommandFact.Remember(second)));
      store.store(List.of(new CommandFact.Remember(ended)));
      assertThat(store.load().known().values()).containsExactly(ended, second);

      store.store(List.of(new CommandFact.Forget(second.command().id(), NOON)));
      assertThat(store.load().known().values()).containsExactly(ended);
      assertThat(store.load().forgottenUpTo()).isEqualTo(NOON);
    }
  }

  private static Known known(int number, SampleValue value, CommandStage stage) {
    return new Known(
        new Command(
            new UUID(0, number),
            TagKey.parse("acme/graz/body/line-1/press-01#speed/setpoint"),
            value,
            "anna",
            NOON,
            NOON.plusSeconds(60),
            "Grüße"),
        stage);
  }
}
