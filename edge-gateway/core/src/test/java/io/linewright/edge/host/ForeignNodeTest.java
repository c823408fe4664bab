package io.linewright.edge.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.host.HostFact.RebirthWanted;
import io.linewright.edge.host.HostFact.SetAside;
import io.linewright.edge.host.HostFact.Unmapped;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForeignNodeTest {

  private final NodeScript node = NodeScript.foreignNode();
  private final Host host = new Host(node);

  private Host born() {
    return host.receives(node.nodeBirth(0), node.millBirth()).forget();
  }

  private Frame temperature(double value) {
    return node.millData(node.value(11, value));
  }

  @Test
  void ordinalIsTheOrderWithinTheMessage() {
    born()
        .receives(
            node.millData(node.value(11, 1.0), node.value(11, 2.0), node.value(11, 3.0)),
            temperature(4.0));

    assertThat(host.samples("spindle/temperature"))
        .extracting(Sample::ordinal)
        .containsExactly(0, 1, 2, 0);
  }

  @Test
  void bufferedValuesGoToTheBackfillLane() {
    Metric buffered =
        new Metric(
            null,
            OptionalLong.of(11),
            0,
            OptionalLong.of(node.millis()),
            true,
            9.0,
            false,
            Map.of());
    born().receives(node.millData(buffered, node.value(11, 10.0)));

    assertThat(host.samples("spindle/temperature", Lane.BACKFILL)).hasSize(1);
    assertThat(host.samples("spindle/temperature", Lane.LIVE)).hasSize(1);
  }

  @Test
  void messagesInWrongOrderAreTakenInTheRightOne() {
    born();
    Frame first = temperature(1);
    Frame second = temperature(2);
    Frame third = temperature(3);
    host.receives(third, second, first);

    assertThat(host.samples("spindle/temperature"))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(1.0), SampleValue.of(2.0), SampleValue.of(3.0));
    assertThat(host.events()).isEmpty();
  }

  @Test
  void messageThatDoesNotComeIsARecordedLoss() {
    born().receives(temperature(1));
    temperature(2);
    Frame third = temperature(3);
    host.receives(third).tick(third.receivedAt().plusMillis(1999));
    assertThat(host.samples("spindle/temperature")).hasSize(1);

    host.tick(third.receivedAt().plusSeconds(2));
    assertThat(host.samples("spindle/temperature")).hasSize(2);
    assertThat(host.events()).hasSize(1);
    SamplesLost loss = (SamplesLost) host.events().getFirst();
    assertThat(loss.equipment()).isEqualTo("acme/graz/their-plc");
    assertThat(loss.count()).isNull();
    assertThat(loss.from()).isBefore(loss.to());
    assertThat(host.all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void neverMoreThan64MessagesAreHeldBack() {
    born();
    temperature(0);
    for (int i = 0; i < 64; i++) {
      host.receives(temperature(i));
    }
    assertThat(host.samples("spindle/temperature")).hasSize(64);
    assertThat(host.events()).hasSize(1);
  }

  @Test
  void sequenceNumberWrapsAround() {
    born();
    for (int i = 0; i < 600; i++) {
      host.receives(temperature(i));
    }
    assertThat(host.samples("spindle/temperature")).hasSize(600);
    assertThat(host.all(RebirthWanted.class)).isEmpty();
  }

  @Test
  void deathOfTheNodeTurnsEveryTagBadAtHostTime() {
    born();
    Frame death = node.nodeDeath(0);
    host.receives(death);

    assertThat(host.samples("spindle/temperature"))
        .containsExactly(
            new Sample(
                null,
                StatusCode.BAD_NO_COMMUNICATION,
                death.receivedAt().toEpochMilli() * 1000,
                0));
    assertThat(host.events())
        .containsExactly(
            new MachineStateReported(
                "acme/graz/machining/line-1/mill-01",
                "state",
                null,
                null,
                null,
                0x80310000L,
                0,
                false));
  }

  @Test
  void deathOfADeviceTurnsOnlyItsTagsBad() {
    born();
    host.receives(node.millDeath());

    assertThat(host.samples("state")).hasSize(1);
    assertThat(host.samples("online")).isEmpty();
    host.forget().receives(temperature(1));
    assertThat(host.all(RebirthWanted.class)).as("data without a birth").hasSize(1);
  }

  @Test
  void timeWithoutConnectionIsARecordedLoss() {
    born().receives(temperature(1));
    host.state = host.state.interrupted(node.now());
    node.passes(Duration.ofMinutes(5));
    host.forget().receives(node.nodeBirth(1));

    SamplesLost loss = (SamplesLost) host.events().getFirst();
    assertThat(Duration.between(loss.from(), loss.to())).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void orderlyDeathIsNoLoss() {
    born().receives(node.nodeDeath(0));
    host.forget().receives(node.nodeBirth(1));

    assertThat(host.events()).isEmpty();
  }

  @Test
  void unknownAliasIsALossAndAsksForBirths() {
    born().receives(node.millData(node.value(11, 1.0), node.value(99, 1.0)));

    assertThat(host.samples("spindle/temperature")).hasSize(1);
    assertThat(((SamplesLost) host.events().getFirst()).count()).isEqualTo(1);
    assertThat(host.all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void idsOutsideTheConventionNeedAMapping() {
    NodeScript strange = NodeScript.ofIds("Plant 1", "Edge7", false);
    Host unmapped = new Host(strange);
    unmapped.receives(strange.nodeBirth(0), strange.millBirth());
    unmapped.receives(strange.millData(strange.value(11, 1.0), strange.value(10, 1L)));
    unmapped.receives(strange.millData(strange.value(11, 2.0)));

    assertThat(unmapped.all(HostFact.Telemetry.class)).isEmpty();
    assertThat(unmapped.all(Unmapped.class)).isNotEmpty();
    assertThat(unmapped.all(SetAside.class)).as("one message per device as a sample").hasSize(1);
    assertThat(unmapped.state.ledger().counts().setAside()).isEqualTo(3 + 2);
  }

  @Test
  void mappingGivesForeignIdsTheirPlace() {
    NodeScript strange = NodeScript.ofIds("Plant 1", "Edge7", false);
    HostRules rules = NodeScript.rules();
    EquipmentMapping mapping =
        new EquipmentMapping(
            Map.of(
                new SparkplugAddress("Plant 1", "Edge7", Optional.of(NodeScript.MILL)),
                EquipmentPath.parse("acme/linz/turning/line-9/lathe-01")));
    Host mapped =
        new Host(
            strange,
            new HostRules(
                mapping,
                rules.reorderTime(),
                rules.rebirthPause(),
                rules.longestRebirthPause(),
                rules.lossReader()),
            SessionState.unknown(strange.id));
    mapped.receives(
        strange.nodeBirth(0), strange.millBirth(), strange.millData(strange.value(10, 6L)));

    assertThat(mapped.all(HostFact.MachineEvent.class))
        .extracting(HostFact.MachineEvent::key)
        .containsOnly("acme/linz/turning/line-9");
  }
}
