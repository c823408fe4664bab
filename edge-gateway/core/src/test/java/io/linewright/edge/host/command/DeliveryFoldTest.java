package io.linewright.edge.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.command.Command;
import io.linewright.edge.fold.Step;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryFoldTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TagKey SPEED = TagKey.parse("acme/graz/body/line-1/press-01#speed");
  private static final Route ONLINE =
      new Route.Online(
          new SparkplugAddress("acme:graz", "gw-1", Optional.of("body:line-1:press-01")));

  private DeliveryState state = DeliveryState.EMPTY;
  private Instant now = NOON;
  private Route route = ONLINE;
  private List<DeliveryFact> facts = List.of();

  @Test
  void publishesUntilTheGatewayAnswers() {
    takes(requested(1, 60));
    assertThat(published()).containsExactly(1);
    after(1);
    assertThat(facts).isEmpty();
    after(1);
    assertThat(published()).containsExactly(1);
    takes(new DeliveryInput.Answered(id(1)));
    after(2);
    assertThat(facts).isEmpty();
    takes(requested(1, 60));
    assertThat(facts).as("it was answered").isEmpty();
  }

  @Test
  void neverPublishesAtOrAfterTheExpiry() {
    takes(requested(1, 4));
    after(2);
    assertThat(published()).containsExactly(1);
    after(2);
    assertThat(facts).isEmpty();
    after(59);
    assertThat(facts).isEmpty();
    after(1);
    assertThat(told()).containsExactly("1 unknown");
    after(10);
    assertThat(facts).as("it is read back first").isEmpty();
    after(20);
    assertThat(told()).as("the transaction may have failed").containsExactly("1 unknown");
    takes(new DeliveryInput.Answered(id(1)));
    after(3600);
    assertThat(facts).isEmpty();
  }

  @Test
  void waitsForAnAbsentGatewayAndSaysExpiredWhenNothingEverLeft() {
    route = new Route.Absent();
    takes(requested(1, 10), requested(2, 60));
    after(10);
    assertThat(told()).containsExactly("1 expired");
    route = ONLINE;
    after(1);
    assertThat(published()).containsExactly(2);
  }

  @Test
  void whatAnEarlierBridgeMayHavePublishedIsNotCalledExpired() {
    route = new Route.Absent();
    takes(new DeliveryInput.Requested(command(1, 10), true));
    after(10);
    assertThat(facts).isEmpty();
    after(60);
    assertThat(told()).containsExactly("1 unknown");
  }

  @Test
  void refusesWhatCanGoNowhereAndLeavesOthersAlone() {
    route = new Route.Impossible("nobody declares it");
    takes(requested(1, 10));
    assertThat(told()).containsExactly("1 refused");
    route = new Route.NotOurs();
    takes(requested(2, 10));
    after(100);
    assertThat(told()).containsExactly("1 refused");
    assertThat(state.pending()).containsOnlyKeys(id(1));
  }

  @Test
  void refusesTheOldestWhenTooManyWait() {
    route = new Route.Absent();
    List<DeliveryInput> all = new ArrayList<>();
    for (int i = 1; i <= DeliveryFold.MAX_PENDING + 2; i++) {
      all.add(requested(i, 60));
    }
    takes(all.toArray(DeliveryInput[]::new));
    assertThat(told()).containsExactly("1 refused", "2 refused");
    assertThat(state.pending()).hasSize(DeliveryFold.MAX_PENDING);
  }

  private static UUID id(int number) {
    return new UUID(0, number);
  }

  private static Command command(int number, int seconds) {
    return new Command(
        id(number), SPEED, SampleValue.of(40.0), "anna", NOON, NOON.plusSeconds(seconds), "");
  }

  private static DeliveryInput requested(int number, int seconds) {
    return new DeliveryInput.Requested(command(number, seconds), false);
  }

  private void takes(DeliveryInput... inputs) {
    Step<DeliveryState, DeliveryFact> step =
        DeliveryFold.step(state, List.of(inputs), now, tag -> route);
    state = step.state();
    facts = step.facts();
  }

  private void after(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    takes();
  }

  private List<Integer> published() {
    return facts.stream()
        .filter(DeliveryFact.Publish.class::isInstance)
        .map(fact -> (int) ((DeliveryFact.Publish) fact).command().id().getLeastSignificantBits())
        .toList();
  }

  private List<String> told() {
    return facts.stream()
        .filter(DeliveryFact.Tell.class::isInstance)
        .map(fact -> ((DeliveryFact.Tell) fact).progress())
        .map(step -> UUID.fromString(step.id()).getLeastSignificantBits() + " " + step.step())
        .toList();
  }
}
