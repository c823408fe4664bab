package io.linewright.edge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.model.command.CommandStep;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandFoldTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void writtenAndReadBackItIsVerified() {
    Script gateway = new Script(Script.guard());

    gateway.request(1, 40);
    assertThat(gateway.told()).containsExactly("delivered");
    assertThat(gateway.writes())
        .singleElement()
        .satisfies(write -> assertThat(write.patience()).isEqualTo(Duration.ofMinutes(1)));
    assertThat(gateway.facts.getFirst()).isInstanceOf(CommandFact.Remember.class);

    gateway.ends(1, new WriteResult.Verified(SampleValue.of(40.0)));
    assertThat(gateway.told()).containsExactly("written", "verified");
  }

  @Test
  void eachOutcomeOfTheDriverHasItsFinalStep() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 40).ends(1, new WriteResult.Differs(SampleValue.of(39.0)));
    assertThat(gateway.told()).containsExactly("written", "failed");
    assertThat(gateway.detail()).contains("39.0");

    gateway.request(2, 40).ends(2, new WriteResult.Refused("read-only"));
    assertThat(gateway.told()).containsExactly("refused");
    assertThat(gateway.detail()).isEqualTo("read-only");

    gateway.after(Duration.ofMinutes(2)).request(3, 40).ends(3, new WriteResult.Expired());
    assertThat(gateway.told()).containsExactly("expired");

    assertThat(gateway.ends(3, new WriteResult.Verified(SampleValue.of(40.0))).facts).isEmpty();
  }

  @Test
  void aRepeatedIdIsAnsweredAndNotExecuted() {
    Script gateway = new Script(Script.guard());
    Command command = gateway.command(1, SampleValue.of(40.0), Duration.ofMinutes(1));
    gateway.request(command);

    gateway.request(command);
    assertThat(gateway.told()).containsExactly("delivered");
    assertThat(gateway.writes()).isEmpty();

    gateway.ends(1, new WriteResult.Verified(SampleValue.of(40.0)));
    Command other = gateway.command(1, SampleValue.of(80.0), Duration.ofMinutes(5));
    gateway.after(SECOND).request(other);
    assertThat(gateway.told()).containsExactly("verified");
    assertThat(gateway.writes()).isEmpty();
  }

  @Test
  void anExpiredCommandIsNeverWritten() {
    Script gateway = new Script(Script.guard());
    Command command = gateway.command(1, SampleValue.of(40.0), SECOND);

    gateway.after(SECOND).request(command);

    assertThat(gateway.told()).containsExactly("expired");
    assertThat(gateway.writes()).isEmpty();
  }

  @Test
  void whatTheFileDoesNotAllowIsRefused() {
    Script gateway = new Script(Script.guard());
    Command allowed = gateway.command(1, SampleValue.of(40.0), SECOND);
    gateway.request(
        new Command(
            allowed.id(),
            Script.MODE,
            SampleValue.of(3L),
            "anna",
            gateway.now,
            gateway.now.plus(SECOND),
            ""));
    assertThat(gateway.told()).containsExactly("refused");
    assertThat(gateway.detail()).contains("does not allow writes to " + Script.MODE);
  }

  @Test
  void rangeAndTypeAreChecked() {
    Script gateway = new Script(Script.guard());
    assertThat(gateway.request(1, 100.1).detail()).contains("[0.0, 100.0]");
    assertThat(gateway.request(2, Double.NaN).detail()).contains("NaN is outside");
    gateway.request(gateway.command(3, SampleValue.of(40L), SECOND));
    assertThat(gateway.detail()).contains("type integer, the tag of type double");
    assertThat(gateway.writes()).isEmpty();
    assertThat(gateway.request(4, 100).writes()).hasSize(1);
  }

  @Test
  void soManyWritesPerPeriodAndOneAtATime() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 10);
    assertThat(gateway.request(2, 20).detail()).contains("same tag is under way");
    gateway.ends(1, new WriteResult.Verified(SampleValue.of(10.0)));
    gateway.request(3, 20).ends(3, new WriteResult.Refused("busy"));
    assertThat(gateway.request(4, 30).detail()).contains("2 writes to");
    gateway.after(Duration.ofSeconds(59));
    assertThat(gateway.request(5, 30).told()).containsExactly("refused");
    gateway.after(SECOND);
    assertThat(gateway.request(6, 30).writes()).hasSize(1);
  }

  @Test
  void interlockMustBeKnownGoodFreshAndTrue() {
    Script gateway = new Script(Script.guard(Script.doorClosed()));
    assertThat(gateway.request(1, 10).detail()).contains("has not been read");
    gateway.sees(Script.DOOR, SampleValue.of(false));
    assertThat(gateway.request(2, 10).detail()).contains("is false, must be true");
    gateway.plant.put(
        Script.DOOR,
        new Observed(
            SampleValue.of(true), io.linewright.model.sample.StatusCode.UNCERTAIN, gateway.now));
    assertThat(gateway.request(3, 10).detail()).contains("is not good");
    gateway.sees(Script.DOOR, SampleValue.of(true)).after(Duration.ofSeconds(6));
    assertThat(gateway.request(4, 10).detail()).contains("longer than PT5S ago");
    gateway.sees(Script.DOOR, SampleValue.of(true));
    assertThat(gateway.request(5, 10).writes()).hasSize(1);
  }

  @Test
  void modeMustBeOneOfTheAllowed() {
    Script gateway = new Script(Script.guard(Script.automatic()));
    gateway.sees(Script.MODE, SampleValue.of(1L));
    assertThat(gateway.request(1, 10).detail()).contains("is 1, must be 3 or 4");
    gateway.sees(Script.MODE, SampleValue.of(4L)).after(Duration.ofHours(1));
    assertThat(gateway.request(2, 10).writes()).hasSize(1);
  }

  @Test
  void theSwitchStopsAllWrites() {
    Script gateway = new Script(Script.guard());
    gateway.on(new CommandInput.StopAll(true, gateway.now));
    assertThat(gateway.facts).containsExactly(new CommandFact.RememberStop(true));
    assertThat(gateway.on(new CommandInput.StopAll(true, gateway.now)).facts).isEmpty();
    assertThat(gateway.request(1, 10).detail()).contains("all writes are stopped");
    gateway.on(new CommandInput.StopAll(false, gateway.now));
    assertThat(gateway.request(2, 10).writes()).hasSize(1);
  }

  @Test
  void afterARestartTheMachineDecides() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 40).on(new CommandInput.Restarted(gateway.now));
    assertThat(gateway.writes()).isEmpty();
    assertThat(gateway.told()).containsExactly("delivered");

    gateway.sees(Script.SPEED, SampleValue.of(12.0));
    assertThat(gateway.told()).isEmpty();
    gateway.sees(Script.SPEED, SampleValue.of(40.005));
    assertThat(gateway.told()).containsExactly("verified");
    assertThat(gateway.detail()).contains("stopped while it wrote", "40.005");
  }

  @Test
  void afterARestartAnotherValueFailsItAndSilenceLeavesItUnknown() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 40).on(new CommandInput.Restarted(gateway.now));
    gateway.sees(Script.SPEED, SampleValue.of(12.0)).after(Duration.ofSeconds(10));
    assertThat(gateway.told()).containsExactly("failed");
    assertThat(gateway.detail()).contains("the machine holds 12.0");

    gateway.request(2, 40).ends(2, new WriteResult.Unknown("the connection broke"));
    assertThat(gateway.told()).isEmpty();
    gateway.after(Duration.ofSeconds(10));
    assertThat(gateway.told()).containsExactly("unknown");
    assertThat(gateway.detail()).contains("the connection broke", "could not be read");
  }

  @Test
  void aDriverThatNeverAnswersDoesNotKeepACommandOpen() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 40).after(Duration.ofSeconds(90));
    assertThat(gateway.told()).isEmpty();
    gateway.after(SECOND).after(Duration.ofSeconds(10));
    assertThat(gateway.told()).containsExactly("unknown");
  }

  @Test
  void finalStepsAreToldAgainAfterARestart() {
    Script gateway = new Script(Script.guard());
    gateway.request(1, 400);
    gateway.request(2, 40).ends(2, new WriteResult.Expired());
    gateway.on(new CommandInput.Restarted(gateway.now.plus(Duration.ofDays(1))));
    assertThat(gateway.told()).containsExactly("refused", "expired");
  }

  @Test
  void onlyWhatHasExpiredIsForgottenAndItsLikeIsPassedOver() {
    Script gateway = new Script(Script.guard(), 2);
    Command first = gateway.command(1, SampleValue.of(400.0), SECOND);
    gateway.request(first).request(2, 400);
    assertThat(gateway.request(3, 400).passedOver()).hasSize(1);

    gateway.after(SECOND).request(4, 400);
    assertThat(gateway.facts.getFirst())
        .isEqualTo(new CommandFact.Forget(Script.id(1), first.expiresAt()));
    gateway.now = Script.NOON; // the clock is set back: the forgotten one seems not to have expired
    gateway.request(first);
    assertThat(gateway.writes()).isEmpty();
    assertThat(gateway.told()).isEmpty();
  }

  @Test
  void whatThePlatformDoesNotSendIsPassedOver() {
    Script gateway = new Script(Script.guard());
    gateway.request(gateway.command(1, SampleValue.of(1.0), Duration.ofHours(25)));
    assertThat(gateway.passedOver()).hasSize(1);
    Command early = gateway.command(2, SampleValue.of(1.0), SECOND);
    gateway.now = gateway.now.minus(Duration.ofMinutes(11));
    assertThat(gateway.request(early).passedOver()).hasSize(1);
  }

  @Test
  void onlyFinalStepsEndACommand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandStage.Ended(null, CommandStep.WRITTEN, Instant.EPOCH, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandRules(Map.of(), Duration.ZERO, 1));
  }
}
