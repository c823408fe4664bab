package io.linewright.edge.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.host.HostFact.ConfirmAgain;
import io.linewright.edge.host.HostFact.Declared;
import io.linewright.edge.host.HostFact.RebirthWanted;
import io.linewright.edge.host.HostFact.SetAside;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.host.ledger.NodeCounts;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNodeTest {

  private final NodeScript node = NodeScript.ownNode();
  private final Host host = new Host(node);

  private Host born() {
    return host.receives(node.nodeBirth(0), node.millBirth()).forget();
  }

  @Test
  void birthDeclaresPlacesEquipmentAndTags() {
    host.receives(node.nodeBirth(0), node.millBirth());

    assertThat(host.all(Declared.class))
        .extracting(Declared::key)
        .containsExactly(
            "acme",
            "acme/graz",
            "acme/graz/gw-1",
            "acme/graz/gw-1#online",
            "acme",
            "acme/graz",
            "acme/graz/machining",
            "acme/graz/machining/line-1",
            "acme/graz/machining/line-1/mill-01",
            "acme/graz/machining/line-1/mill-01#spindle/temperature",
            "acme/graz/machining/line-1/mill-01#state");
    assertThat(host.all(Declared.class).get(9).event().data())
        .isEqualTo(
            new TagAnnounced(
                "acme/graz/machining/line-1/mill-01",
                "spindle/temperature",
                "double",
                "Cel",
                "temperature",
                null,
                null,
                null,
                "site",
                null));
  }

  @Test
  void valuesOfBirthsAreNotHistory() {
    host.receives(node.nodeBirth(0), node.millBirth());

    assertThat(host.samples("state")).isEmpty();
    assertThat(host.samples("online")).hasSize(1);
  }

  @Test
  void aliasesAndTypesComeFromTheBirth() {
    born().receives(node.record("live", 0, 1, 0xFFFEL));

    assertThat(host.samples("state"))
        .as("INT16 without type in the data message: two's complement")
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(-2L));
    assertThat(host.samples("spindle/temperature"))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(21.5));
  }

  @Test
  void eachValueOfAStateTagRaisesOneEvent() {
    born().receives(node.record("live", 0, 1, 6), node.record("backfill", 0, 1, 11));

    assertThat(host.events())
        .containsExactly(
            new MachineStateReported(
                "acme/graz/machining/line-1/mill-01", "state", 6, "EXECUTE", "6", 0, 0, false),
            new MachineStateReported(
                "acme/graz/machining/line-1/mill-01", "state", 11, "HELD", "11", 0, 0, true));
    assertThat(host.sequences()).containsExactly(1L, 2L);
    assertThat(host.all(HostFact.MachineEvent.class).getFirst().key())
        .isEqualTo("acme/graz/machining/line-1");
  }

  @Test
  void repeatIsDroppedAndConfirmedAgain() {
    born();
    Frame first = node.record("live", 0, 1, 6);
    host.receives(first).forget().receives(first);

    assertThat(host.facts).containsExactly(new ConfirmAgain());
    assertThat(host.state.ledger().counts().duplicates()).isEqualTo(2);
  }

  @Test
  void recordAfterAMissingOneIsRefused() {
    born().receives(node.record("live", 0, 1, 6));
    host.forget().receives(node.record("live", 2, 3, 7));

    assertThat(host.facts).containsExactly(new ConfirmAgain());
    assertThat(host.state.ledger().live().last()).isEqualTo(1);
    assertThat(host.state.ledger().counts().gaps()).isEqualTo(1);
  }

  @Test
  void newLogStartsPositionsAgainAndEventsGoOn() {
    born().receives(node.record("live", 0, 1, 6), node.record("live", 1, 2, 6));
    node.epoch = 78;
    host.receives(node.nodeBirth(1), node.millBirth()).forget();
    host.receives(node.record("live", 0, 1, 7));

    assertThat(host.samples("state")).hasSize(1);
    assertThat(host.sequences()).containsExactly(3L);
  }

  @Test
  void recordOfAnEarlierLogIsNotTakenAfterTheNewLogsBirth() {
    born().receives(node.record("live", 0, 1, 6));
    Frame late = node.record("live", 1, 2, 6);
    node.epoch = 78;
    host.receives(node.nodeBirth(1), node.millBirth()).forget();
    host.receives(late);

    assertThat(host.samples("state")).isEmpty();
    assertThat(host.all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void laneWhoseBeginIsUnknownStartsWithTheRecordThatComesBack() {
    born();
    Frame second = node.record("live", 1000, 1001, 6);
    Frame third = node.record("live", 1001, 1002, 6);
    host.receives(second, third, second, third);
    assertThat(host.samples("state")).isEmpty();
    host.receives(second, third);

    assertThat(host.samples("state")).hasSize(2);
    assertThat(host.events().getFirst()).isInstanceOf(SamplesLost.class);
  }

  @Test
  void dataBeforeBirthAsksForBirthsOnceAndIsLeftWithTheGateway() {
    host.receives(node.record("live", 0, 1, 6), node.record("live", 1, 2, 6));

    assertThat(host.facts).hasSize(1).first().isInstanceOf(RebirthWanted.class);
    assertThat(host.state.ledger().counts()).isEqualTo(NodeCounts.ZERO);
  }

  @Test
  void unknownMetricIsRefusedUntilBirthsCameAndSetAsideThen() {
    born();
    Frame strange =
        node.millData(
            node.value(1, 77L),
            node.value(2, "live"),
            node.value(3, 1L),
            node.value(4, 0L),
            node.value(10, 6L),
            node.value(99, 1L));
    host.receives(strange);
    assertThat(host.samples("state")).isEmpty();
    assertThat(host.all(RebirthWanted.class)).hasSize(1);

    host.receives(node.nodeBirth(0), node.millBirth()).forget().receives(strange);
    assertThat(host.samples("state")).hasSize(1);
    assertThat(host.all(SetAside.class)).hasSize(1);
    assertThat(host.state.ledger().counts().setAside()).isEqualTo(1);
  }

  @Test
  void oneBadValueDoesNotSpoilItsNeighbours() {
    born()
        .receives(
            node.millData(
                node.value(1, 77L),
                node.value(2, "live"),
                node.value(3, 1L),
                node.value(4, 0L),
                node.value(10, "no number"),
                node.value(11, 3.5)));

    assertThat(host.samples("spindle/temperature")).hasSize(1);
    assertThat(host.all(SetAside.class).getFirst().cause()).contains("state").contains("INT16");
    assertThat(host.state.ledger().live().last()).isEqualTo(1);
  }

  @Test
  void deathOfOurOwnNodeIsNoStatementOnItsValues() {
    born().receives(node.nodeDeath(0));

    assertThat(host.samples("online"))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(false));
    assertThat(host.samples("state")).isEmpty();
    assertThat(host.events()).isEmpty();
  }

  @Test
  void deathOfAnEarlierConnectionIsIgnored() {
    host.receives(node.nodeBirth(4), node.millBirth()).forget().receives(node.nodeDeath(3));

    assertThat(host.facts).isEmpty();
    assertThat(host.receives(node.record("live", 0, 1, 6)).samples("state")).hasSize(1);
  }

  @Test
  void lossRecordBecomesAnEvent() {
    born().receives(node.lossRecord(0, 1, "{}"), node.lossRecord(1, 2, "gibberish"));

    assertThat(host.events())
        .containsExactly(
            new SamplesLost("acme/graz/gw-1", NodeScript.START, NodeScript.START, 5L, "disk full"));
    assertThat(host.all(SetAside.class)).hasSize(1);
    assertThat(host.state.ledger().live().last()).isEqualTo(2);
  }

  @Test
  void stepOfACommandBecomesAResultOfItsMachine() {
    born()
        .receives(
            node.progressRecord(0, 1, "acme/graz/machining/line-1/mill-01#speed"),
            node.progressRecord(1, 2, "gibberish"),
            node.progressRecord(2, 3, "other/site/machining/line-1/mill-01#speed"));

    assertThat(host.all(HostFact.Progress.class)).hasSize(1);
    HostFact.Progress step = host.all(HostFact.Progress.class).getFirst();
    assertThat(step.key()).isEqualTo("acme/graz/machining/line-1/mill-01");
    assertThat(step.event().id()).isEqualTo("00000000-0000-0000-0000-000000000001.verified");
    assertThat(step.event().source()).isEqualTo("/edge/acme/graz/gw-1");
    assertThat(host.all(SetAside.class)).as("unreadable, and of another site").hasSize(2);
    assertThat(host.state.ledger().live().last()).isEqualTo(3);
  }

  @Test
  void missingSequenceNumberAsksForBirthsAfterTheReorderTime() {
    born().receives(node.record("live", 0, 1, 6));
    node.record("live", 1, 2, 6);
    host.receives(node.record("live", 2, 3, 6)).forget();

    host.tick(node.now().plusMillis(1900));
    assertThat(host.facts).isEmpty();
    host.tick(node.now().plusMillis(2100));
    assertThat(host.all(RebirthWanted.class)).hasSize(1);
  }

  @Test
  void lateMessageClosesTheGap() {
    born().receives(node.record("live", 0, 1, 6));
    Frame late = node.record("live", 1, 2, 6);
    Frame early = node.record("live", 2, 3, 6);
    host.receives(early, late).forget().tick(node.now().plus(Duration.ofSeconds(10)));

    assertThat(host.all(RebirthWanted.class)).isEmpty();
  }

  @Test
  void rebirthRequestsGetRarer() {
    for (int second = 0; second < 60; second++) {
      node.passes(Duration.ofMillis(990));
      host.receives(node.record("live", 0, 1, 6));
    }
    assertThat(host.all(RebirthWanted.class)).as("at 0, 5, 15, 35 s").hasSize(4);
  }

  @Test
  void silentNodeThatIsKnownIsAskedForItsBirths() {
    Host resumed =
        new Host(
            node,
            NodeScript.rules(),
            SessionState.resumed(node.id, Ledger.EMPTY, NodeScript.START));
    assertThat(resumed.tick(NodeScript.START.plusSeconds(2)).facts).isEmpty();
    assertThat(resumed.tick(NodeScript.START.plusSeconds(3)).facts).hasSize(1);
    assertThat(resumed.tick(NodeScript.START.plusSeconds(9)).facts).hasSize(1);
  }

  /** Shuffled, repeated, dropped and re-sent: every record is taken once and in order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987})
  void everyRecordIsTakenExactlyOnceInOrder(long seed) {
    Random random = new Random(seed);
    born();
    int records = 200;
    Map<String, Long> confirmed = new HashMap<>(Map.of("live", 0L, "backfill", 0L));
    int rounds = 0;
    while (confirmed.values().stream().anyMatch(last -> last < records)) {
      assertThat(rounds++).as("seed %d makes progress", seed).isLessThan(10_000);
      List<Frame> sent = new ArrayList<>();
      for (String lane : List.of("live", "backfill")) {
        long from = confirmed.getOrDefault(lane, 0L);
        LongStream.rangeClosed(from + 1, Math.min(records, from + 1 + random.nextInt(20)))
            .forEach(p -> sent.add(node.record(lane, p - 1, p, 1 + p % 17)));
      }
      disturb(sent, random).forEach(host::receives);
      if (random.nextInt(10) == 0) {
        restart();
      }
      confirmed.put("live", host.state.ledger().live().last());
      confirmed.put("backfill", host.state.ledger().backfill().last());
    }

    List<SampleValue> expected =
        LongStream.rangeClosed(1, records).mapToObj(p -> SampleValue.of(20.5 + p)).toList();
    for (Lane lane : Lane.values()) {
      assertThat(host.samples("spindle/temperature", lane))
          .as("seed %d, %s", seed, lane)
          .extracting(Sample::value)
          .containsExactlyElementsOf(expected);
    }
    assertThat(host.sequences())
        .as("seed %d", seed)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 2L * records).boxed().toList());
    NodeCounts counts = host.state.ledger().counts();
    assertThat(counts.in()).isEqualTo(counts.out() + counts.setAside() + counts.duplicates());
  }

  /** The host dies; only what is in the ledger's record is left. */
  private void restart() {
    Ledger ledger = host.state.ledger();
    host.state = SessionState.resumed(node.id, ledger, node.now());
    host.receives(node.nodeBirth(0), node.millBirth());
  }

  private static List<Frame> disturb(List<Frame> sent, Random random) {
    List<Frame> arriving = new ArrayList<>();
    for (Frame frame : sent) {
      int fate = random.nextInt(20);
      if (fate > 1) {
        arriving.add(frame);
      }
      if (fate > 17) {
        arriving.add(frame);
      }
    }
    for (int i = 0; i + 1 < arriving.size(); i++) {
      if (random.nextInt(15) == 0) {
        arriving.set(i, arriving.set(i + 1, arriving.get(i)));
      }
    }
    return arriving;
  }
}
