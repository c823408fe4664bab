package io.linewright.edge.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.sparkplug.Metric;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which values of energy and which progress of a device become events. */
class MeteredNodeTest {

  private static final String MILL = "acme/graz/machining/line-1/mill-01";

  /** A whole minute of source time. */
  private static final long T0 = NodeScript.START.toEpochMilli();

  private final NodeScript node = NodeScript.ownNode();
  private final Host host = new Host(node);
  private long position;

  private Host born() {
    return host.receives(node.nodeBirth(0), node.meteredMillBirth()).forget();
  }

  private Frame live(long completeMillis, Metric... values) {
    return record("live", completeMillis, values);
  }

  private Frame record(String lane, long completeMillis, Metric... values) {
    return node.millRecord(lane, position++, position, completeMillis * 1000, values);
  }

  private Metric energy(double megawattHours, long millis) {
    return node.valueAt(12, megawattHours, millis);
  }

  private Metric power(double watts, long millis) {
    return node.valueAt(13, watts, millis);
  }

  private Metric state(String word, long millis) {
    return node.valueAt(10, word, millis);
  }

  private List<Object> energies() {
    return host.events().stream().filter(EnergyReported.class::isInstance).toList();
  }

  private List<Instant> progress() {
    return host.events().stream()
        .filter(DeviceProgress.class::isInstance)
        .map(event -> ((DeviceProgress) event).completeUntil())
        .toList();
  }

  private static EnergyReported energyOf(double kilowattHours, boolean historical) {
    return new EnergyReported(MILL, "energy", "energy", kilowattHours, 0, 0, historical);
  }

  private static EnergyReported powerOf(double kilowatts) {
    return new EnergyReported(MILL, "power", "power", kilowatts, 0, 0, false);
  }

  private static Instant until(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void oneValueOfAMinuteAndTheOneThatHoldsAtAState() {
    born();
    node.passes(Duration.ofMinutes(3));
    host.receives(
        live(
            T0,
            energy(1, T0),
            power(500, T0),
            energy(2, T0 + 10_000),
            power(600, T0 + 10_000),
            energy(3, T0 + 20_000),
            state("READY", T0 + 20_500),
            energy(4, T0 + 30_000),
            energy(5, T0 + 60_000)));

    assertThat(host.events())
        .filteredOn(event -> !(event instanceof DeviceProgress))
        .containsExactly(
            energyOf(1_000, false),
            powerOf(0.5),
            energyOf(3_000, false),
            powerOf(0.6),
            new MachineStateReported(MILL, "state", null, null, "READY", 0, 0, false),
            energyOf(5_000, false));
  }

  @Test
  void eventsKeepTheirIdentityAndTheSequenceHasNoGaps() {
    born();
    host.receives(
        live(T0 - 1, energy(1, T0), state("READY", T0 + 5)),
        live(T0, energy(2, T0 + 60_000), state("ACTIVE", T0 + 60_001)));

    List<CloudEvent<?>> events =
        host.all(HostFact.MachineEvent.class).stream()
            .<CloudEvent<?>>map(HostFact.MachineEvent::event)
            .toList();
    assertThat(events)
        .extracting(CloudEvent::id)
        .containsExactly(
            MILL + "#energy@" + T0 + "000.0",
            MILL + "#state@" + (T0 + 5) + "000.0",
            "acme:graz/gw-1/77/live/1#progress",
            MILL + "#energy@" + (T0 + 60_000) + "000.0",
            MILL + "#state@" + (T0 + 60_001) + "000.0",
            "acme:graz/gw-1/77/live/2#progress");
    assertThat(host.sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whatIsHeldOfATagThatFallsSilentIsToldByTime() {
    born();
    host.receives(live(T0, energy(1, T0), energy(2, T0 + 1_000)));
    Instant held = node.now();
    host.forget().tick(held.plusSeconds(100));
    assertThat(energies()).isEmpty();

    host.tick(held.plusSeconds(121));
    assertThat(energies()).containsExactly(energyOf(2_000, false));
    host.forget().tick(held.plusSeconds(500));
    assertThat(host.facts).isEmpty();
  }

  @Test
  void timeAloneChangesNothingWhileNothingIsHeld() {
    born();
    host.receives(live(T0, energy(1, T0)));
    SessionState before = host.state;
    host.forget().tick(node.now().plusSeconds(500));

    assertThat(host.state).isEqualTo(before);
    assertThat(host.facts).isEmpty();
  }

  @Test
  void birthsTellWhatIsHeldAndBeginAnew() {
    born();
    host.receives(live(T0, energy(1, T0), energy(2, T0 + 1_000)));
    host.forget().receives(node.meteredMillBirth());
    assertThat(energies()).containsExactly(energyOf(2_000, false));

    host.forget().receives(live(T0, energy(3, T0 + 2_000), energy(4, T0 + 3_000)));
    host.forget().receives(node.nodeBirth(1));
    assertThat(energies()).containsExactly(energyOf(4_000, false));
  }

  @Test
  void lanesAreThinnedApart() {
    born();
    host.receives(live(T0, energy(5, T0), energy(6, T0 + 1_000)));
    position = 0;
    host.forget()
        .receives(
            record("backfill", T0, energy(1, T0 - 600_000), state("READY", T0 + 2_000)),
            record("backfill", T0, energy(2, T0 - 599_000)));

    assertThat(energies())
        .as("a state of the past tells nothing of the present")
        .containsExactly(energyOf(1_000, true));
  }

  @Test
  void unitsThatAreNoneOfEnergyRaiseNoEvents() {
    host.receives(node.nodeBirth(0), node.millBirth()).forget();
    host.receives(node.record("live", 0, 1, 6));

    assertThat(energies()).isEmpty();
  }

  @Test
  void progressIsToldAfterTheValuesThatItSpeaksOfAndOncePerTenSeconds() {
    born();
    node.passes(Duration.ofMinutes(3));
    host.receives(
        live(T0 + 1_000, state("READY", T0)),
        live(T0 + 9_000, state("ACTIVE", T0 + 8_000)),
        live(T0 + 10_500, state("READY", T0 + 10_000)),
        live(T0 + 19_999, state("ACTIVE", T0 + 19_000)));

    assertThat(progress()).containsExactly(until(T0 + 1_000), until(T0 + 10_500));
    assertThat(host.events().get(1)).isInstanceOf(DeviceProgress.class);
    assertThat(host.all(HostFact.MachineEvent.class))
        .extracting(HostFact.MachineEvent::key)
        .containsOnly("acme/graz/machining/line-1");

    host.forget().tick(node.now().plusSeconds(21));
    assertThat(progress())
        .as("of a device that fell silent, what it said last")
        .containsExactly(until(T0 + 19_999));
  }

  @Test
  void progressStandsWhileTheGatewayHoldsABacklogBack() {
    born();
    node.passes(Duration.ofHours(2));
    host.receives(live(T0, state("READY", T0)));
    for (int i = 1; i <= 10; i++) {
      host.receives(live(T0 + 500, state("ACTIVE", T0 + i * 60_000L)));
    }
    host.tick(node.now().plusSeconds(600));
    assertThat(progress()).containsExactly(until(T0), until(T0 + 500));

    long live = position;
    position = 0;
    host.forget().receives(record("backfill", T0 + 600_000, state("READY", T0 + 1_000)));
    assertThat(host.events())
        .containsExactly(
            new MachineStateReported(MILL, "state", null, null, "READY", 0, 0, true),
            new DeviceProgress(MILL, until(T0 + 600_000), true));
    position = live;
  }

  @Test
  void progressOfARefusedOrRepeatedRecordIsNone() {
    born();
    node.passes(Duration.ofHours(2));
    Frame first = live(T0, state("READY", T0));
    host.receives(first).forget();
    position++; // one is missing
    host.receives(live(T0 + 60_000, state("ACTIVE", T0 + 60_000)), first);

    assertThat(host.events()).isEmpty();
  }

  @Test
  void progressNeverGoesBackNorIntoTheFuture() {
    born();
    node.passes(Duration.ofHours(2));
    host.receives(
        live(T0 + 60_000, state("READY", T0)), live(T0 + 20_000, state("ACTIVE", T0 + 1)));
    assertThat(progress()).containsExactly(until(T0 + 60_000));

    long closed = node.millis();
    host.forget().receives(live(closed + 3_600_000, state("READY", T0 + 2)));
    assertThat(progress()).as("when the gateway closed the record").containsExactly(until(closed));
  }

  @Test
  void whatAbortsIsToldAgainAndWhatIsCommittedIsNot() {
    born();
    host.receives(live(T0, energy(1, T0), energy(2, T0 + 1_000)));
    SessionState committed = host.state;
    Frame next = live(T0 + 60_000, energy(3, T0 + 2_000), state("READY", T0 + 3_000));
    host.forget().receives(next);
    List<Object> first = List.copyOf(host.events());
    host.state = committed; // the transaction failed
    host.forget().receives(next);

    assertThat(host.events()).isEqualTo(first).contains(energyOf(3_000, false));
  }

  @Test
  void theDayOfAMeterIsThinnedToOneAMinuteWithoutRepeats() {
    born();
    node.passes(Duration.ofDays(2));
    int seconds = 6 * 3600;
    for (int s = 0; s < seconds; s++) {
      long millis = T0 + s * 1000L;
      host.receives(live(millis, energy(s / 1000.0, millis)));
    }
    assertThat(energies()).hasSize(seconds / 60);
    assertThat(progress()).hasSize(seconds / 10);
    assertThat(new HashSet<>(energies())).hasSize(seconds / 60);
    assertThat(host.samples("energy", Lane.LIVE)).as("all are telemetry").hasSize(seconds);
  }

  @Test
  void foreignNodesTellEnergyButNobodyKnowsHowFarTheyAreComplete() {
    NodeScript plc = NodeScript.foreignNode();
    Host other = new Host(plc);
    other.receives(plc.nodeBirth(0), plc.meteredMillBirth()).forget();
    other.receives(plc.millData(plc.valueAt(12, 7.0, T0 + 60_000)));
    other.receives(plc.millData(plc.valueAt(12, 8.0, T0 + 61_000)));
    other.receives(plc.millDeath());

    assertThat(other.events())
        .filteredOn(event -> !(event instanceof MachineStateReported))
        .extracting(event -> ((EnergyReported) event).value())
        .as("the last one before it died, and that it died, of both tags")
        .containsExactly(7_000.0, 8_000.0, null, null);
  }
}
