package io.linewright.edge.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.host.HostFact.RebirthWanted;
import io.linewright.edge.host.HostFact.SetAside;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Messages of foreign nodes that are repeated, far ahead, contradictory or not to be stored. */
class DoubtfulMessagesTest {

  private static final String TEMPERATURE = "spindle/temperature";

  private final NodeScript node = NodeScript.foreignNode();
  private final Host host = new Host(node);

  private Host born() {
    return host.receives(node.nodeBirth(0), node.millBirth()).forget();
  }

  private Frame temperature(double value) {
    return node.millData(node.value(11, value));
  }

  @Test
  void messageThatTheNetworkRepeatsIsTakenOnce() {
    Frame nodeBirth = node.nodeBirth(0);
    Frame millBirth = node.millBirth();
    Frame first = temperature(1);
    Frame second = temperature(2);
    host.receives(nodeBirth, millBirth, first, second).forget();
    long before = host.state.ledger().counts().duplicates();

    host.receives(second, first, millBirth, nodeBirth, temperature(3));

    assertThat(host.samples(TEMPERATURE))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(3.0));
    assertThat(host.all(RebirthWanted.class)).isEmpty();
    assertThat(host.state.ledger().counts().duplicates() - before).isEqualTo(1 + 1 + 2 + 2);
  }

  @Test
  void heldMessageThatIsRepeatedIsTakenOnce() {
    born();
    Frame missing = temperature(1);
    Frame early = temperature(2);

    host.receives(early, early, missing);

    assertThat(host.samples(TEMPERATURE)).hasSize(2);
    assertThat(host.state.ledger().counts().duplicates()).isEqualTo(1);
  }

  @Test
  void gapOfMoreThanHalfOfAllNumbersIsNotTakenForOldNews() {
    born().receives(temperature(1));
    for (int i = 0; i < 200; i++) {
      temperature(i);
    }
    Frame far = temperature(2);
    host.receives(far).tick(far.receivedAt().plusSeconds(2));

    assertThat(host.samples(TEMPERATURE)).hasSize(2);
    assertThat(((SamplesLost) host.events().getFirst()).reason()).startsWith("200 messages");
    assertThat(host.all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void messageThatComesAfterItWasGivenUpIsStillTaken() {
    born().receives(temperature(1));
    Frame missing = temperature(2);
    Frame early = temperature(3);
    host.receives(early).tick(early.receivedAt().plusSeconds(2)).forget();

    host.receives(missing);

    assertThat(host.samples(TEMPERATURE))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(2.0));
  }

  @Test
  void whatIsHeldBackIsTakenBeforeTheDeathThatFollowsIt() {
    born();
    temperature(1);
    host.receives(temperature(2), node.nodeDeath(0));

    assertThat(host.samples(TEMPERATURE))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(2.0), null);
    assertThat(host.events()).hasAtLeastOneElementOfType(SamplesLost.class);
    assertThat(host.all(RebirthWanted.class)).as("it is dead, not deaf").isEmpty();
  }

  @Test
  void whatIsHeldBackIsTakenBeforeTheBirthThatFollowsIt() {
    born();
    temperature(1);
    host.receives(temperature(2), node.nodeBirth(1));

    assertThat(host.samples(TEMPERATURE)).hasSize(1);
    assertThat(host.events()).hasAtLeastOneElementOfType(SamplesLost.class);
  }

  @Test
  void messagesThatOvertookTheirBirthsAreTaken() {
    Frame nodeBirth = node.nodeBirth(0);
    Frame millBirth = node.millBirth();
    Frame first = temperature(1);
    Frame second = temperature(2);

    host.receives(second, millBirth, nodeBirth, first);

    assertThat(host.samples(TEMPERATURE))
        .extracting(Sample::value)
        .containsSubsequence(SampleValue.of(1.0), SampleValue.of(2.0));
    assertThat(host.events()).doesNotHaveAnyElementsOfTypes(SamplesLost.class);
  }

  @Test
  void messagesOfAnEarlierSessionAreNotTakenForThoseOfTheNewOne() {
    Frame old = temperature(1);
    host.receives(old, node.nodeBirth(0), node.millBirth(), temperature(2));

    assertThat(host.samples(TEMPERATURE))
        .extracting(Sample::value)
        .contains(SampleValue.of(2.0))
        .doesNotContain(SampleValue.of(1.0));
    assertThat(host.tick(node.now().plusSeconds(10)).all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void nodeMayNotDeclareWithoutEnd() {
    host.receives(node.nodeBirth(0));
    Metric[] metrics = new Metric[50_000];
    for (int i = 0; i < metrics.length; i++) {
      metrics[i] = declared("tag-" + i, i, SparkplugType.DOUBLE);
    }
    for (int device = 0; device < 5; device++) {
      Frame birth = birth(metrics);
      host.forget();
      host.receives(
          new Frame(
              new SparkplugTopic(
                  birth.topic().type(),
                  new SparkplugAddress(
                      node.id.group(), node.id.node(), Optional.of("a:b:c-" + device))),
              birth.payload(),
              birth.receivedAt()));
    }

    assertThat(Objects.requireNonNull(host.state.session()).devices()).hasSize(3);
    assertThat(host.all(SetAside.class))
        .extracting(SetAside::cause)
        .containsExactly("the node declares more than 200000 metrics");
  }

  @Test
  void deathOfAnEarlierConnectionIsIgnored() {
    host.receives(node.nodeBirth(4), node.millBirth()).forget();
    host.receives(node.nodeDeath(3), temperature(1));

    assertThat(host.samples(TEMPERATURE)).hasSize(1);
    assertThat(host.samples("online")).isEmpty();
  }

  @Test
  void aliasOfTwoMetricsStandsForNone() {
    host.receives(node.nodeBirth(0));
    host.receives(
        birth(declared("a", 11, SparkplugType.DOUBLE), declared("b", 11, SparkplugType.DOUBLE)));
    assertThat(host.all(SetAside.class))
        .extracting(SetAside::cause)
        .anyMatch(c -> c.contains("11"));
    host.forget();

    host.receives(temperature(5), node.millData(named("a", 6.0)));

    assertThat(host.samples("a")).extracting(Sample::value).containsExactly(SampleValue.of(6.0));
    assertThat(host.samples("b")).isEmpty();
    assertThat(host.all(SetAside.class)).hasSize(1);
  }

  @Test
  void metricDeclaredTwiceWithDifferentTypesIsSetAside() {
    host.receives(node.nodeBirth(0));
    host.receives(
        birth(declared("a", 11, SparkplugType.DOUBLE), declared("a", 12, SparkplugType.STRING)));
    host.forget().receives(node.millData(named("a", 6.0)));

    assertThat(host.samples("a")).isEmpty();
    assertThat(host.all(SetAside.class)).hasSize(1);
  }

  @Test
  void numberThatIsNoneIsSetAsideAndTheTagTurnsBad() {
    born();
    for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, "text", true)) {
      host.receives(node.millData(node.value(11, value)));
    }

    assertThat(host.all(SetAside.class)).hasSize(5);
    assertThat(host.samples(TEMPERATURE))
        .hasSize(5)
        .allMatch(sample -> sample.value() == null && sample.status().isBad());
    assertThat(host.state.ledger().counts().setAside()).isEqualTo(5);
    var counts = host.state.ledger().counts();
    assertThat(counts.in()).isEqualTo(counts.out() + counts.setAside() + counts.duplicates());
  }

  @Test
  void badNumberOfASourceThatSaysSoKeepsItsReason() {
    born()
        .receives(node.millData(withProperties(11, Double.NaN, Map.of("statusCode", 0x80310000L))));

    assertThat(host.samples(TEMPERATURE).getFirst().status()).isEqualTo(new StatusCode(0x80310000));
    assertThat(host.all(SetAside.class)).isEmpty();
  }

  @Test
  void qualityOfOtherSystemsBecomesAStatus() {
    born();
    List<Sample> samples = new ArrayList<>();
    for (long quality : new long[] {192, 0, 500, 1, 7777}) {
      host.forget().receives(node.millData(withProperties(11, 1.0, Map.of("Quality", quality))));
      samples.addAll(host.samples(TEMPERATURE));
    }

    assertThat(samples)
        .extracting(Sample::status)
        .containsExactly(
            StatusCode.GOOD,
            StatusCode.BAD,
            StatusCode.UNCERTAIN_LAST_USABLE_VALUE,
            StatusCode.BAD,
            StatusCode.BAD);
    assertThat(samples).extracting(Sample::value).containsOnly(SampleValue.of(1.0));
  }

  private Metric withProperties(long alias, Object value, Map<String, Object> properties) {
    return new Metric(
        null,
        OptionalLong.of(alias),
        0,
        OptionalLong.of(node.millis()),
        false,
        value,
        false,
        properties);
  }

  private Frame birth(Metric... metrics) {
    Frame plain = node.millBirth();
    return new Frame(
        plain.topic(),
        new Payload(plain.payload().timestampMillis(), plain.payload().seq(), List.of(metrics)),
        plain.receivedAt());
  }

  private Metric declared(String name, long alias, SparkplugType type) {
    return new Metric(
        name,
        OptionalLong.of(alias),
        type.number(),
        OptionalLong.of(node.millis()),
        false,
        null,
        false,
        Map.of());
  }

  private Metric named(String name, Object value) {
    return new Metric(
        name,
        OptionalLong.empty(),
        0,
        OptionalLong.of(node.millis()),
        false,
        value,
        false,
        Map.of());
  }
}
