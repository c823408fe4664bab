package io.linewright.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandGuardsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void integersHaveARangeToo() {
    Script gateway = new Script(guard(DataType.INTEGER, Optional.of(new ValueRange(-5, 5))));
    gateway.request(gateway.command(1, SampleValue.of(-6L), MINUTE));
    assertThat(gateway.detail()).isEqualTo("-6 is outside the range [-5.0, 5.0]");
    gateway.request(gateway.command(2, SampleValue.of(-5L), MINUTE));
    assertThat(gateway.writes()).hasSize(1);
  }

  @Test
  void aNumberWithoutARangeIsNeverWritten() {
    Script gateway = new Script(guard(DataType.INTEGER, Optional.empty()));
    gateway.request(gateway.command(1, SampleValue.of(0L), MINUTE));
    assertThat(gateway.detail()).contains("(none)");
  }

  @Test
  void textsAndTruthValuesNeedNoRange() {
    Script texts = new Script(guard(DataType.STRING, Optional.empty()));
    texts.request(texts.command(1, SampleValue.of("recipe-7"), MINUTE));
    assertThat(texts.writes()).hasSize(1);

    Script truths = new Script(guard(DataType.BOOLEAN, Optional.empty()));
    truths.request(truths.command(1, SampleValue.of(true), MINUTE));
    assertThat(truths.writes()).hasSize(1);
  }

  @Test
  void theSwitchIsNamedBeforeEverythingElse() {
    Script gateway = new Script(Script.guard(Script.doorClosed()));
    gateway.on(new CommandInput.StopAll(true, gateway.now)).request(1, 1000);
    assertThat(gateway.detail()).contains("stopped");
  }

  @Test
  void everyConditionMustHold() {
    Script gateway = new Script(Script.guard(Script.doorClosed(), Script.automatic()));
    gateway.sees(Script.DOOR, SampleValue.of(true));
    assertThat(gateway.request(1, 1).detail()).startsWith("mode " + Script.MODE);
    gateway.sees(Script.MODE, SampleValue.of(3L));
    assertThat(gateway.request(2, 1).writes()).hasSize(1);
  }

  @Test
  void aConditionWithoutValueDoesNotHold() {
    Script gateway = new Script(Script.guard(Script.automatic()));
    gateway.plant.put(Script.MODE, new Observed(null, StatusCode.GOOD, gateway.now));
    assertThat(gateway.request(1, 1).detail()).contains("is not good");
  }

  @Test
  void aRefusedCommandStaysRefusedWhenTheReasonIsGone() {
    Script gateway = new Script(Script.guard(Script.doorClosed()));
    Command command = gateway.command(1, SampleValue.of(1.0), MINUTE);
    gateway.request(command);
    gateway.sees(Script.DOOR, SampleValue.of(true)).request(command);
    assertThat(gateway.told()).containsExactly("refused");
    assertThat(gateway.writes()).isEmpty();
  }

  @Test
  void aWriteInDoubtKeepsTheTagBusy() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 1).ends(1, new WriteResult.Unknown("broken"));
    assertThat(gateway.request(2, 1).detail()).contains("under way");
    gateway.after(Duration.ofSeconds(10));
    assertThat(gateway.request(3, 1).writes()).hasSize(1);
  }

  @Test
  void aBadValueSaysNothingOfAWriteInDoubt() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 1).ends(1, new WriteResult.Unknown("broken"));
    Observed bad = new Observed(SampleValue.of(1.0), StatusCode.BAD_NO_COMMUNICATION, gateway.now);
    gateway.on(new CommandInput.ValueSeen(Script.SPEED, bad, gateway.now));
    assertThat(gateway.facts).isEmpty();
  }

  @Test
  void aLateAnswerOfTheDriverStillCounts() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 1).after(Duration.ofSeconds(91));
    gateway.ends(1, new WriteResult.Verified(SampleValue.of(1.0)));
    assertThat(gateway.told()).containsExactly("written", "verified");
  }

  @Test
  void doublesAreComparedWithinTheToleranceOthersExactly() {
    SampleValue half = SampleValue.of(0.5);
    assertThat(Guards.same(SampleValue.of(0.51), half, 0.02)).isTrue();
    assertThat(Guards.same(SampleValue.of(0.53), half, 0.02)).isFalse();
    assertThat(Guards.same(SampleValue.of(Double.NaN), half, 1000)).isFalse();
    assertThat(Guards.same(half, half, 0)).isTrue();
    assertThat(Guards.same(SampleValue.of(1L), SampleValue.of(2L), 5)).isFalse();
    assertThat(Guards.same(SampleValue.of(1L), SampleValue.of(1.0), 5)).isFalse();
  }

  @Test
  void aNewGatewayKnowsNothing() {
    CommandRules rules = CommandRules.of(Map.of());
    CommandState state = CommandState.start();
    assertThat(new CommandFold(rules).step(state, new CommandInput.Tick(Instant.EPOCH)).facts())
        .isEmpty();
    assertThat(rules.capacity()).isEqualTo(1000);
  }

  private static WriteGuard guard(DataType type, Optional<ValueRange> range) {
    return new WriteGuard(type, range, 10, MINUTE, List.of(), 0);
  }
}
