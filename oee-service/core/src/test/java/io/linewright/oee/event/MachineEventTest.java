package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.sample.Sample;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineEventTest {

  private static final int BAD = 0x80310000;
  private static final int UNCERTAIN = 0x40900000;

  @Test
  void kindsHaveTheNumbersUnderWhichTheyAreStored() {
    Map<TrackKind, Integer> numbers = new EnumMap<>(TrackKind.class);
    for (TrackKind kind : TrackKind.values()) {
      numbers.put(kind, kind.number());
      assertThat(TrackKind.ofNumber(kind.number())).isEqualTo(kind);
    }
    assertThat(numbers)
        .containsEntry(TrackKind.STATE, 0)
        .containsEntry(TrackKind.GOOD, 1)
        .containsEntry(TrackKind.REJECT, 2)
        .containsEntry(TrackKind.REWORK, 3)
        .containsEntry(TrackKind.TOTAL, 4)
        .containsEntry(TrackKind.ORDER, 5)
        .containsEntry(TrackKind.PRODUCT, 6)
        .containsEntry(TrackKind.LOT, 7)
        .containsEntry(TrackKind.SERIAL, 8)
        .containsEntry(TrackKind.STOP_REASON, 9)
        .containsEntry(TrackKind.ENERGY, 10)
        .containsEntry(TrackKind.POWER, 11)
        .hasSize(12);
    assertThatThrownBy(() -> TrackKind.ofNumber(12)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TrackKind.ofNumber(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachEventIsOfTracksThatTellIt() {
    for (TrackKind kind : TrackKind.values()) {
      EventKey key = new EventKey(7, new TrackName(kind, "tag"), 0);
      List<Runnable> all =
          List.of(
              () -> new StateSaid(key, "6", 0),
              () -> new CountRead(key, 1.0, 0),
              () -> new ContextSaid(key, "PO-1", 0),
              () -> new EnergyRead(key, 1.0, 0));
      int taken =
          switch (kind) {
            case STATE -> 0;
            case GOOD, REJECT, REWORK, TOTAL -> 1;
            case ORDER, PRODUCT, LOT, SERIAL, STOP_REASON -> 2;
            case ENERGY, POWER -> 3;
          };
      for (int i = 0; i < all.size(); i++) {
        if (i == taken) {
          all.get(i).run();
        } else {
          assertThatThrownBy(all.get(i)::run).isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
  }

  @Test
  void keysAreOrderedByTimeThenTrackThenOrdinal() {
    TrackName state = new TrackName(TrackKind.STATE, "state");
    TrackName good = new TrackName(TrackKind.GOOD, "good");
    List<EventKey> ascending =
        List.of(
            new EventKey(-1, good, 9),
            new EventKey(0, state, 0),
            new EventKey(0, state, 1),
            new EventKey(0, good, 0),
            new EventKey(1, state, 0));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(Integer.signum(ascending.get(i).compareTo(ascending.get(j))))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void aKeyIsInTheLogOfItsDayInUtc() {
    TrackName state = new TrackName(TrackKind.STATE, "state");
    assertThat(new EventKey(0, state, 0).day()).isEqualTo(LocalDate.of(1970, 1, 1));
    assertThat(new EventKey(-1, state, 0).day()).isEqualTo(LocalDate.of(1969, 12, 31));
    assertThat(new EventKey(86_399_999_999L, state, 0).day()).isEqualTo(LocalDate.of(1970, 1, 1));
    assertThat(new EventKey(EventKey.MIN_MICROS, state, 0).day()).isEqualTo(LocalDate.of(1, 1, 1));
    assertThat(new EventKey(EventKey.MAX_MICROS, state, Sample.MAX_ORDINAL).day())
        .isEqualTo(LocalDate.of(9999, 12, 31));
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new EventKey(EventKey.MIN_MICROS - 1, state, 0),
            () -> new EventKey(EventKey.MAX_MICROS + 1, state, 0),
            () -> new EventKey(0, state, -1),
            () -> new EventKey(0, state, Sample.MAX_ORDINAL + 1))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aStateIsKnownIfItHasAWordThatIsNotBad() {
    EventKey key = RandomEvents.state(0, "").key();
    assertThat(new StateSaid(key, "Running", 0).known()).isEqualTo("Running");
    assertThat(new StateSaid(key, "Running", UNCERTAIN).known()).isEqualTo("Running");
    assertThat(new StateSaid(key, "Running", BAD).known()).isEqualTo(StateSaid.UNKNOWN);
    assertThat(new StateSaid(key, " ", 0).known()).isEqualTo(StateSaid.UNKNOWN);
    assertThat(new StateSaid(key, null, 0).known()).isEqualTo(StateSaid.UNKNOWN);
  }

  @Test
  void aNumberIsUsableIfItCanBeReckonedWith() {
    for (double usable : new double[] {0, -0.0, 1e12, -1e12, 0.5}) {
      assertThat(RandomEvents.count(0, usable).usableNumber()).isTrue();
    }
    for (double not : new double[] {1.0001e12, Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
      assertThat(RandomEvents.count(0, not).usableNumber()).isFalse();
    }
    assertThat(RandomEvents.count(0, null).usableNumber()).isFalse();
    EventKey key = RandomEvents.count(0, 1.0).key();
    assertThat(new CountRead(key, 1.0, BAD).usableNumber()).isFalse();
    assertThat(new CountRead(key, 1.0, UNCERTAIN).usableNumber()).isTrue();
    assertThat(RandomEvents.state(0, "1").usableNumber()).isFalse();
  }

  @Test
  void ofTwoThatContradictTheBetterStatusIsKeptThenTheGreaterValueThenTheGreaterStatus() {
    EventKey key = RandomEvents.count(0, 1.0).key();
    List<MachineEvent> ascending =
        List.of(
            new CountRead(key, 9.0, 0x80000000),
            new CountRead(key, 9.0, 0x80310000),
            // The reserved severity counts as bad, and its bits are the greater ones.
            new CountRead(key, 9.0, 0xC0000000),
            new CountRead(key, 8.0, 0x40000000),
            new CountRead(key, 8.0, 0x40900000),
            new CountRead(key, null, 0),
            new CountRead(key, Double.NEGATIVE_INFINITY, 0),
            new CountRead(key, -0.0, 0x00000400),
            new CountRead(key, 0.0, 0),
            new CountRead(key, 0.0, 0x00000400),
            new CountRead(key, 7.0, 0),
            new CountRead(key, Double.POSITIVE_INFINITY, 0),
            new CountRead(key, Double.NaN, 0));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(MachineEvent.kept(ascending.get(i), ascending.get(j)))
            .isEqualTo(ascending.get(Math.max(i, j)));
      }
    }
    assertThat(MachineEvent.kept(RandomEvents.state(0, "a"), RandomEvents.state(0, "b")))
        .isEqualTo(RandomEvents.state(0, "b"));
    assertThat(MachineEvent.kept(RandomEvents.state(0, ""), RandomEvents.state(0, null)))
        .isEqualTo(RandomEvents.state(0, ""));
    assertThatThrownBy(
            () -> MachineEvent.kept(RandomEvents.state(0, "a"), RandomEvents.state(1, "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whichOneIsKeptDoesNotDependOnTheOrder() {
    Seeded.check(
        10_000,
        random -> {
          EventKey key = new EventKey(0, RandomEvents.track(random), 0);
          List<MachineEvent> three = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            three.add(RandomEvents.event(random, key));
          }
          MachineEvent a = three.get(0);
          MachineEvent b = three.get(1);
          MachineEvent c = three.get(2);
          assertThat(MachineEvent.kept(a, b)).isEqualTo(MachineEvent.kept(b, a)).isIn(a, b);
          assertThat(MachineEvent.kept(MachineEvent.kept(a, b), c))
              .isEqualTo(MachineEvent.kept(a, MachineEvent.kept(b, c)));
        });
  }

  @Test
  void anEventIsHeardOfAMachine() {
    assertThatThrownBy(() -> new Heard("", RandomEvents.state(0, "a"), false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
