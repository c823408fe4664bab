package io.linewright.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.fold.Step;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gateway's own tag that stops all writes. */
class StopSwitchTest {

  private static final TagKey SWITCH = StopSwitch.of(EquipmentPath.parse("acme/graz/gw-1"));

  private final CommandFold fold =
      new CommandFold(CommandRules.of(Map.of(Script.SPEED, Script.guard())).withSwitch(SWITCH));
  private CommandState state = CommandState.start();
  private List<CommandFact> facts = List.of();

  @Test
  void turningItIsStoredAndToldInOneStep() {
    turn(1, SampleValue.of(true), Script.NOON);
    assertThat(state.stopped()).isTrue();
    assertThat(told()).containsExactly("delivered", "written", "verified");
    assertThat(facts).contains(new CommandFact.RememberStop(true));
    assertThat(facts).noneMatch(CommandFact.Write.class::isInstance);

    turn(1, SampleValue.of(true), Script.NOON);
    assertThat(told()).as("known").containsExactly("verified");

    turn(2, SampleValue.of(false), Script.NOON.plusSeconds(1));
    assertThat(state.stopped()).isFalse();
  }

  @Test
  void anOlderWishToAllowDoesNotOvertakeAStop() {
    turn(1, SampleValue.of(true), Script.NOON.plusSeconds(1));
    turn(2, SampleValue.of(false), Script.NOON);
    assertThat(told()).containsExactly("refused");
    assertThat(state.stopped()).isTrue();
  }

  @Test
  void whatComesTooLateOrIsNoTruthValueTurnsNothing() {
    turn(1, SampleValue.of(1L), Script.NOON);
    assertThat(told()).containsExactly("refused");
    turn(2, SampleValue.of(true), Script.NOON.minusSeconds(60));
    assertThat(told()).containsExactly("expired");
    assertThat(state.stopped()).isFalse();
  }

  private void turn(int number, SampleValue value, Instant requestedAt) {
    Command command =
        new Command(
            Script.id(number),
            SWITCH,
            value,
            "anna",
            requestedAt,
            requestedAt.plus(Duration.ofMinutes(1)),
            "");
    Step<CommandState, CommandFact> step =
        fold.step(state, new CommandInput.Requested(command, Map.of(), Script.NOON));
    state = step.state();
    facts = step.facts();
  }

  private List<String> told() {
    return facts.stream()
        .filter(CommandFact.Tell.class::isInstance)
        .map(fact -> ((CommandFact.Tell) fact).progress().step())
        .toList();
  }
}
