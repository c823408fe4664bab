package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventPackingTest {

  private static final int RUNS = 1_000;

  @Test
  void theFormIsAsDescribed() {
    EventLog log =
        EventLog.of(
            List.of(
                RandomEvents.state(2_000_000, "RUN"),
                RandomEvents.count(2_000_000, 10.0),
                RandomEvents.count(6_000_000, 11.0),
                new CountRead(
                    new EventKey(6_000_000, new TrackName(TrackKind.GOOD, "good"), 3),
                    0.5,
                    0x80310000)));
    assertThat(HexFormat.of().formatHex(EventPacking.pack(log)))
        .isEqualTo(
            "01"
                // 4 events, in seconds, from second 2
                + "04"
                + "c0843d"
                + "04"
                // 2 tracks: state, whole; good, where thousandths spare most raw numbers
                + "02"
                + "00"
                + "05"
                + "7374617465"
                + "01"
                + "01"
                + "04"
                + "676f6f64"
                + "e807"
                // a text, a status
                + "01"
                + "03"
                + "52554e"
                + "01"
                + "8080c48108"
                // state at once, its first text
                + "00"
                + "01"
                + "00"
                // the counter at once, 10,000 further than 0
                + "00"
                + "12"
                + "a09c01"
                // 4 s later one more
                + "04"
                + "11"
                // at once, with ordinal and status, 10,500 less
                + "00"
                + "1e"
                + "03"
                + "00"
                + "87a401");
  }

  @Test
  void nothingIsOneVersionAndNoEvents() {
    assertThat(EventPacking.pack(EventLog.NONE)).containsExactly(1, 0);
    assertThat(EventPacking.unpack(new byte[] {1, 0})).isEqualTo(EventLog.NONE);
  }

  @Test
  void whatIsUnpackedIsWhatWasPacked() {
    Seeded.check(
        RUNS,
        random -> {
          EventLog log = EventLog.of(RandomEvents.events(random, 300));
          assertThat(EventPacking.unpack(EventPacking.pack(log))).isEqualTo(log);
        });
  }

  @Test
  void theEndsOfTimeAndOfNumbersArePacked() {
    List<MachineEvent> events = new ArrayList<>();
    for (double reading :
        new double[] {
          0x1p53, -0x1p53, 0x1p53 + 2, 0x1p53 / 1e6, Double.MAX_VALUE, -0.0, 1e-6, 1e-7, 0.1 + 0.2
        }) {
      events.add(RandomEvents.count(EventKey.MIN_MICROS + events.size(), reading));
      events.add(RandomEvents.energy(EventKey.MAX_MICROS - events.size(), reading));
    }
    EventLog log = EventLog.of(events);
    assertThat(EventPacking.unpack(EventPacking.pack(log))).isEqualTo(log);
  }

  @Test
  void equalLogsAreEqualBytesAndOthersAreNot() {
    Seeded.check(
        RUNS,
        random -> {
          List<MachineEvent> events = RandomEvents.events(random, 300);
          EventLog one = EventLog.of(events);
          EventLog other = EventLog.NONE;
          for (MachineEvent event : RandomEvents.shuffled(random, events)) {
            other = other.with(event).log();
          }
          assertThat(EventPacking.pack(other)).isEqualTo(EventPacking.pack(one));
          EventLog more = one.with(RandomEvents.count(3, 77.0)).log();
          assertThat(EventPacking.pack(more)).isNotEqualTo(EventPacking.pack(one));
        });
  }

  @Test
  void aDayOfCountsAndStatesTakesAtMost8BytesAnEvent() {
    Seeded.check(
        20,
        random -> {
          for (int events : new int[] {600, 5_000}) {
            EventLog day = day(random, events);
            int bytes = EventPacking.pack(day).length;
            assertThat((double) bytes / day.size()).isLessThanOrEqualTo(8);
          }
        });
  }

  @Test
  void energyInThousandthsTakesAtMost8BytesAReading() {
    Seeded.check(
        20,
        random -> {
          List<MachineEvent> events = new ArrayList<>();
          long thousandths = 1_000_000;
          for (long t = 0; t < 8_640; t++) {
            thousandths += random.nextInt(500);
            events.add(
                RandomEvents.energy(t * 10_000_000 + random.nextInt(9_000_000), thousandths / 1e3));
          }
          assertThat(EventPacking.pack(EventLog.of(events)).length / 8_640.0)
              .isLessThanOrEqualTo(8);
        });
  }

  @Test
  void brokenBytesAreRefusedAndReserveNoMemory() {
    Seeded.check(
        20_000,
        random -> {
          byte[] bytes = EventPacking.pack(EventLog.of(RandomEvents.events(random, 10)));
          int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
          byte[] broken = Arrays.copyOf(bytes, cut);
          for (int i = random.nextInt(3); i > 0 && cut > 0; i--) {
            broken[random.nextInt(cut)] = (byte) random.nextInt();
          }
          try {
            EventPacking.unpack(broken);
          } catch (IllegalArgumentException refused) {
            assertThat(broken).isNotEqualTo(bytes);
          }
        });
    for (String broken : List.of("", "02", "0105", "01ffffffff0f", "01ffffffffffffffffffff01")) {
      assertThatThrownBy(() -> EventPacking.unpack(HexFormat.of().parseHex(broken)))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** As a press tells it, with times that no clock rounds: a part each few seconds, some stops. */
  private static EventLog day(RandomGenerator random, int count) {
    List<MachineEvent> events = new ArrayList<>();
    long step = 86_400_000_000L / count;
    double good = 0;
    for (int i = 0; i < count; i++) {
      long t = i * step + random.nextLong(step);
      if (random.nextInt(4) == 0) {
        events.add(RandomEvents.state(t, String.valueOf(1 + random.nextInt(17))));
      } else {
        good += random.nextInt(20) == 0 ? random.nextInt(100) : 1;
        events.add(RandomEvents.count(t, good));
      }
    }
    return EventLog.of(events);
  }
}
