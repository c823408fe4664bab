package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Place;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;

/** What news change of results that there are already, and of which machine they are. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class TouchFlowTest {

  private static final String AREA = "acme/graz/touch/";
  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;

  private final long noon = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 6) * DAY + DAY / 2;

  private TestTokens tokens;
  private OeeUnderTest oee;
  private PlantEvents plant;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=touch");
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void aLateStateTouchesTheTimeUntilTheNextOneAndNewEventsNothing() {
    String mill = AREA + "late/mill";
    plant.complete(mill, noon + 4 * DAY);
    plant.state(mill, noon, "RUNNING");
    plant.state(mill, noon + 100 * SECOND, "DOWN");
    oee.await(mill, 2);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + 200 * SECOND);

    plant.state(mill, noon + 300 * SECOND, "RUNNING");
    plant.state(mill, noon + 40 * SECOND, "DOWN");
    oee.await(mill, 4);

    assertThat(spans(machine)).containsExactly(new Span(noon + 40 * SECOND, noon + 100 * SECOND));
    assertThat(oee.marks(machine).getFirst().cause()).isEqualTo("late-data");
  }

  @Test
  void whatHoldsOnIntoOtherDaysIsTouchedUpToTheNextWordOrAllThatWasComputed() {
    String mill = AREA + "days/mill";
    plant.complete(mill, noon + 4 * DAY);
    plant.state(mill, noon, "RUNNING");
    plant.state(mill, noon + 3 * DAY, "DOWN");
    oee.await(mill, 2);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + 4 * DAY);

    plant.state(mill, noon + 60 * SECOND, "READY");
    oee.await(mill, 3);
    assertThat(spans(machine)).containsExactly(new Span(noon + 60 * SECOND, noon + 3 * DAY));

    plant.state(mill, noon + 3 * DAY + SECOND, "READY");
    oee.await(mill, 4);
    assertThat(spans(machine).getLast())
        .isEqualTo(new Span(noon + 3 * DAY + SECOND, noon + 4 * DAY));
  }

  @Test
  void aLateReadingTouchesItsOwnInstantThatOfTheOneBeforeAndThoseOfTheNextTwo() {
    String mill = AREA + "counts/mill";
    for (int i = 0; i < 5; i++) {
      plant.good(mill, noon + i * 10 * SECOND, i);
    }
    oee.await(mill, 5);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + DAY);

    plant.good(mill, noon + 5 * SECOND, 1);
    oee.await(mill, 6);

    assertThat(spans(machine)).containsExactly(new Span(noon - 1, noon + 20 * SECOND));
  }

  @Test
  void aNewTagTouchesEverythingAndARepeatNothing() {
    String mill = AREA + "tags/mill";
    plant.state(mill, noon, "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + DAY);
    plant.state(mill, noon, "RUNNING");
    plant.announceTag(mill, "state", "machine-state", noon);
    plant.announceTag(mill, "good", "good-count", noon);

    Awaitility.await().until(() -> !oee.marks(machine).isEmpty());
    assertThat(oee.marks(machine))
        .singleElement()
        .satisfies(
            mark -> {
              assertThat(mark.cause()).isEqualTo("new-tag");
              assertThat(mark.span()).isEqualTo(new Span(Marks.ALWAYS.fromMicros(), noon + DAY));
            });
  }

  @Test
  void thatADeviceHasToldEverythingTouchesWhatNobodyVouchedFor() {
    String mill = AREA + "complete/mill";
    plant.state(mill, noon, "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    plant.complete(mill, noon + 10 * SECOND);
    Awaitility.await().until(() -> oee.devices().completeUntil(machine.id()).isPresent());
    oee.computed(machine, noon + 60 * SECOND);
    plant.complete(mill, noon + 50 * SECOND);

    Awaitility.await().until(() -> !oee.marks(machine).isEmpty());
    assertThat(spans(machine)).containsExactly(new Span(noon + 10 * SECOND, noon + 50 * SECOND));
  }

  @Test
  void theLossOfAGatewayIsThatOfADeviceThatItTellsOfLater() {
    String mill = AREA + "loss/mill";
    String gateway = "acme/graz/gw-loss";
    plant.state(mill, noon, "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + 10 * DAY);
    plant.lost(gateway, noon + SECOND, noon + 3 * DAY);
    plant.lost(gateway, noon + 2 * SECOND, noon + 3 * DAY);
    plant.lost(mill, noon + SECOND, noon + SECOND);
    Awaitility.await()
        .until(() -> oee.number("SELECT count(*) FROM loss WHERE source LIKE '%gw-loss'") == 2);
    Span within = new Span(noon + DAY, noon + 2 * DAY);
    assertThat(oee.losses().of(machine.id(), within)).isEmpty();

    plant.announce(gateway, null, "gw-loss", noon);
    plant.announce(mill, null, "gw-loss", noon);

    Awaitility.await().until(() -> oee.losses().of(machine.id(), within).size() == 2);
    assertThat(oee.losses().of(machine.id(), within))
        .extracting(Loss::fromMicros)
        .containsExactly(noon + SECOND, noon + 2 * SECOND);
    assertThat(spans(machine))
        .contains(
            new Span(noon + SECOND, noon + 3 * DAY + 1),
            new Span(noon + SECOND, noon + SECOND + 1));
  }

  @Test
  void whatArrivedUnderAnAddressSinceItPassedToAnotherMachineIsTheOtherOnes() {
    String place = AREA + "passed/mill";
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    plant.announce(place, one.toString(), "gw-1", noon - DAY);
    Awaitility.await().until(() -> oee.machine(place).equipmentId().equals(one));
    Machine first = oee.machine(place);
    plant.state(place, noon, "RUNNING");
    plant.state(place, noon + 10 * SECOND, "DOWN");
    plant.state(place, noon + 2 * DAY, "READY");
    oee.await(place, 3);

    plant.announce(place, other.toString(), "gw-1", noon + 5 * SECOND);
    Awaitility.await().until(() -> oee.machine(place).equipmentId().equals(other));
    plant.state(place, noon + 7 * SECOND, "STOPPED");
    plant.state(place, noon + 3 * SECOND, "IDLE");
    oee.await(place, 3);
    Awaitility.await().until(() -> oee.events(first).size() == 2);

    assertThat(oee.events(first))
        .extracting(MachineEvent::content)
        .containsExactly("RUNNING", "IDLE");
    assertThat(oee.events(place))
        .extracting(MachineEvent::content)
        .containsExactly("STOPPED", "DOWN", "READY");
    assertThat(oee.machines().standingAt(place, noon)).contains(first);
    assertThat(oee.machines().standingAt(place, noon + 6 * SECOND)).contains(oee.machine(place));
  }

  @Test
  void aMovedMachineKeepsItsAddressItsLogAndItsLock() {
    String from = AREA + "moved/mill";
    String to = AREA + "elsewhere/mill";
    plant.state(from, noon, "RUNNING");
    oee.await(from, 1);
    Machine machine = oee.machine(from);
    String id = EquipmentId.firstSeenAt(EquipmentPath.parse(from)).toString();
    assertThat(machine.equipmentId()).hasToString(id);

    plant.moved(id, from, to, noon + 10 * SECOND);
    Awaitility.await().until(() -> oee.machines().places(machine.id()).size() == 2);
    plant.state(from, noon + 20 * SECOND, "DOWN");
    oee.await(from, 2);

    assertThat(oee.machines().places(machine.id()))
        .containsExactly(
            new Place(machine.id(), from, Times.EVER, noon + 10 * SECOND),
            new Place(machine.id(), to, noon + 10 * SECOND, Times.ON));
    assertThat(oee.machine(from)).isEqualTo(machine);
  }

  @Test
  void anEditLocksItsLineAndMarksAllOfIt() {
    String line = AREA + "edited/";
    plant.state(line + "a", noon, "RUNNING");
    plant.state(line + "b", noon, "RUNNING");
    oee.await(line + "b", 1);
    oee.await(line + "a", 1);
    Machine a = oee.machine(line + "a");
    Machine b = oee.machine(line + "b");
    oee.computed(a, noon + 100 * SECOND);
    oee.computed(b, noon + 10 * SECOND);
    LineRows lines = oee.bean(LineRows.class);

    lines.edit(a.lineId(), "reclassified", new Span(noon + SECOND, noon + 50 * SECOND), () -> {});
    assertThat(spans(a)).containsExactly(new Span(noon + SECOND, noon + 50 * SECOND));
    assertThat(spans(b)).containsExactly(new Span(noon + SECOND, noon + 10 * SECOND));

    assertThat(
            catchThrowable(
                () ->
                    lines.editMachine(
                        a.lineId(),
                        a.id(),
                        "reclassified",
                        new Span(noon, noon + SECOND),
                        () -> oee.jdbc().sql("SELECT 1 / 0").query().singleValue())))
        .isInstanceOf(DataAccessException.class);
    assertThat(spans(a)).as("the mark goes back with the edit").hasSize(1);
    oee.bean(Marks.class).delete(List.of(oee.marks(a).getFirst().id()));
    assertThat(spans(a)).isEmpty();
  }

  private List<Span> spans(Machine machine) {
    return oee.marks(machine).stream().map(Marks.Mark::span).toList();
  }
}
