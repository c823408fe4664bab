package io.linewright.oee.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeakDemandTest {

  private static final ZoneRules UTC = ZoneOffset.UTC.getRules();
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final long MINUTE = 60_000_000;

  @Test
  void demandIsTheMeanPowerOfAWindow() {
    EnergyCurve curve = power(45, minute -> minute < 15 ? 30 : minute < 30 ? 90 : 60);
    List<DemandWindow> windows =
        PeakDemand.windows(List.of(curve), QUARTER, UTC, new Span(0, 45 * MINUTE));
    assertThat(windows)
        .extracting(DemandWindow::span)
        .containsExactly(minutes(0, 15), minutes(15, 30), minutes(30, 45));
    // In the minutes of the changes the mean of both holds.
    assertThat(windows)
        .extracting(window -> Math.round(window.meanKilowatts()))
        .containsExactly(32L, 89L, 60L);
    assertThat(windows).allMatch(window -> window.coverage() == 1);
    assertThat(windows).allMatch(window -> window.forecastKilowatts() == null);
    assertThat(PeakDemand.peak(windows)).contains(windows.get(1));
  }

  /** Two machines that take turns have no peak, though each of them has one. */
  @Test
  void machinesAreSummedBeforeThePeakIsLookedFor() {
    EnergyCurve one = power(30, minute -> minute <= 15 ? 100 : 0);
    EnergyCurve other = power(30, minute -> minute <= 15 ? 0 : 100);
    Span whole = new Span(0, 30 * MINUTE);
    double both =
        PeakDemand.peak(PeakDemand.windows(List.of(one, other), QUARTER, UTC, whole))
            .orElseThrow()
            .meanKilowatts();
    double single =
        PeakDemand.peak(PeakDemand.windows(List.of(one), QUARTER, UTC, whole))
            .orElseThrow()
            .meanKilowatts();
    assertThat(both).isCloseTo(100, within(1e-3));
    assertThat(single).isCloseTo(100, within(1e-3));
  }

  @Test
  void theWindowThatIsNotOverHasAForecast() {
    // 60 kW for 9 minutes, 120 kW in the tenth and, as is expected, until the end
    EnergyCurve curve = power(10, minute -> minute < 9 ? 60 : 120);
    List<DemandWindow> windows =
        PeakDemand.windows(List.of(curve), QUARTER, UTC, new Span(0, 10 * MINUTE));
    assertThat(windows).hasSize(1);
    DemandWindow open = windows.getFirst();
    assertThat(open.span()).isEqualTo(minutes(0, 15));
    assertThat(open.meanKilowatts()).isCloseTo((8.5 * 60 + 1.5 * 120) / 10, within(0.001));
    assertThat(open.forecastKilowatts()).isCloseTo((8.5 * 60 + 6.5 * 120) / 15, within(0.001));
    assertThat(PeakDemand.peak(windows)).isEmpty();
  }

  @Test
  void aMeterThatIsLateIsExpectedToGoOn() {
    EnergyCurve curve = power(8, minute -> 60);
    DemandWindow open =
        PeakDemand.windows(List.of(curve), QUARTER, UTC, new Span(0, 10 * MINUTE)).getFirst();
    assertThat(open.coverage()).isEqualTo(0.8);
    assertThat(open.meanKilowatts()).isCloseTo(48, within(1e-3));
    assertThat(open.forecastKilowatts()).isCloseTo(60, within(1e-3));
    DemandWindow nothing =
        PeakDemand.windows(List.of(), QUARTER, UTC, new Span(0, 10 * MINUTE)).getFirst();
    assertThat(nothing).isEqualTo(new DemandWindow(minutes(0, 15), 0, 0, 0.0));
    EnergyCurve silent = EnergyCurve.of(TrackKind.POWER, List.of(), EnergyRules.DEFAULT);
    assertThat(
            PeakDemand.windows(List.of(silent), QUARTER, UTC, new Span(0, 10 * MINUTE)).getFirst())
        .isEqualTo(nothing);
  }

  @Test
  void windowsBeginByTheWallClockOfThePlace() {
    Instant noon = Instant.parse("2026-06-01T12:10:00Z");
    assertThat(begin("Asia/Kolkata", Duration.ofHours(1), noon))
        .isEqualTo(Instant.parse("2026-06-01T11:30:00Z"));
    assertThat(begin("Asia/Kathmandu", Duration.ofMinutes(30), noon))
        .isEqualTo(Instant.parse("2026-06-01T11:45:00Z"));
    assertThat(begin("Europe/Vienna", Duration.ofDays(1), noon))
        .isEqualTo(Instant.parse("2026-05-31T22:00:00Z"));
    assertThat(begin("UTC", QUARTER, Instant.parse("1969-12-31T23:59:59.999999Z")))
        .isEqualTo(Instant.parse("1969-12-31T23:45:00Z"));
  }

  /** Lord Howe changes by half an hour: one window of an hour is half as long. */
  @Test
  void aChangeOfTheClockCutsAWindowShort() {
    ZoneRules zone = ZoneId.of("Australia/Lord_Howe").getRules();
    Instant change = zone.nextTransition(Instant.parse("2026-01-01T00:00:00Z")).getInstant();
    Span around =
        new Span(
            micros(change.minus(Duration.ofHours(3))), micros(change.plus(Duration.ofHours(3))));
    List<Span> spans =
        PeakDemand.windows(List.of(), Duration.ofHours(1), zone, around).stream()
            .map(DemandWindow::span)
            .toList();
    assertThat(spans).anyMatch(span -> span.toMicros() == micros(change));
    assertThat(spans).filteredOn(span -> span.micros() == 30 * MINUTE).hasSize(1);
  }

  /** Caracas changed at half past two: the hour from two on ended there. */
  @Test
  void aChangeWithinAWindowEndsIt() {
    ZoneRules zone = ZoneId.of("America/Caracas").getRules();
    long change = micros(Instant.parse("2016-05-01T07:00:00Z"));
    Span around = new Span(change - 10 * MINUTE, change + 10 * MINUTE);
    assertThat(PeakDemand.windows(List.of(), Duration.ofHours(1), zone, around))
        .extracting(DemandWindow::span)
        .containsExactly(
            new Span(change - 30 * MINUTE, change), new Span(change, change + 60 * MINUTE));
  }

  @Test
  void windowsTouchAndBeginWhereTheClockSays() {
    List<String> zones =
        List.of(
            "UTC",
            "Europe/Vienna",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "America/Caracas",
            "Pacific/Apia",
            "America/New_York");
    Seeded.check(
        500,
        random -> {
          ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
          Duration length = Duration.ofMinutes(List.of(5, 15, 30, 60).get(random.nextInt(4)));
          long from = random.nextLong(1_293_840_000_000_000L, 1_800_000_000_000_000L);
          Span whole = new Span(from, from + random.nextLong(1, 4 * 86_400_000_000L));
          List<Span> spans =
              PeakDemand.windows(List.of(), length, zone.getRules(), whole).stream()
                  .map(DemandWindow::span)
                  .toList();
          assertThat(spans.getFirst().contains(whole.fromMicros())).isTrue();
          assertThat(spans.getLast().contains(whole.toMicros() - 1)).isTrue();
          for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            assertThat(span.micros()).isLessThanOrEqualTo(length.toNanos() / 1_000);
            Instant begin = Instant.EPOCH.plus(span.fromMicros(), ChronoUnit.MICROS);
            LocalTime clock = begin.atZone(zone).toLocalTime();
            boolean aligned = clock.toSecondOfDay() % length.toSeconds() == 0;
            boolean changes =
                !zone.getRules()
                    .getOffset(begin)
                    .equals(zone.getRules().getOffset(begin.minusNanos(1)));
            assertThat(aligned || changes).as("%s in %s", begin, zone).isTrue();
            if (i > 0) {
              assertThat(span.fromMicros()).isEqualTo(spans.get(i - 1).toMicros());
            }
          }
        });
  }

  @Test
  void theEnergyOfAllWindowsIsThatOfTheTime() {
    Seeded.check(
        500,
        random -> {
          int[] kilowatts = random.ints(61, -5, 200).toArray();
          EnergyCurve curve = power(60, minute -> kilowatts[minute]);
          Span whole = new Span(0, 60 * MINUTE);
          List<DemandWindow> windows = PeakDemand.windows(List.of(curve), QUARTER, UTC, whole);
          double kwh = windows.stream().mapToDouble(w -> w.meanKilowatts() / 4).sum();
          assertThat(kwh).isCloseTo(curve.between(whole).units(), within(1e-9));
          double peak = PeakDemand.peak(windows).orElseThrow().meanKilowatts();
          assertThat(windows).allMatch(window -> window.meanKilowatts() <= peak);
        });
  }

  @Test
  void ofEqualPeaksTheFirstIsThePeak() {
    DemandWindow first = new DemandWindow(minutes(0, 15), 5, 1, null);
    DemandWindow second = new DemandWindow(minutes(15, 30), 5, 1, null);
    DemandWindow open = new DemandWindow(minutes(30, 45), 9, 1, 9.0);
    assertThat(PeakDemand.peak(List.of(first, second, open))).contains(first);
    assertThat(PeakDemand.peak(List.of())).isEmpty();
  }

  @Test
  void whatNoWindowHasIsRefused() {
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new DemandWindow(minutes(0, 15), none, 1, null))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new DemandWindow(minutes(0, 15), 1, none, null))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new DemandWindow(minutes(0, 15), 1, 1, none))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new DemandWindow(minutes(0, 15), 1, 1.1, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Kilowatts {
    double at(int minute);
  }

  private static EnergyCurve power(int minutes, Kilowatts kilowatts) {
    List<EnergyReading> readings = new ArrayList<>();
    for (int minute = 0; minute <= minutes; minute++) {
      readings.add(new EnergyReading(minute * MINUTE, kilowatts.at(minute)));
    }
    return EnergyCurve.of(TrackKind.POWER, readings, EnergyRules.DEFAULT);
  }

  private static Instant begin(String zone, Duration window, Instant at) {
    Span second = new Span(micros(at), micros(at) + 1);
    Span span =
        PeakDemand.windows(List.of(), window, ZoneId.of(zone).getRules(), second).getFirst().span();
    return Instant.EPOCH.plus(span.fromMicros(), ChronoUnit.MICROS);
  }

  private static Span minutes(long from, long to) {
    return new Span(from * MINUTE, to * MINUTE);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
