package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.ZONES;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlantZoneTest {

  /** A time that each zone's clock left out, and the instant at which it was put forward. */
  private static final Map<String, String[]> LEFT_OUT =
      Map.of(
          "Europe/Vienna", new String[] {"2026-03-29T02:30", "2026-03-29T01:00Z"},
          "America/Caracas", new String[] {"2016-05-01T02:45", "2016-05-01T07:00Z"},
          "Australia/Lord_Howe", new String[] {"2026-10-04T02:10", "2026-10-03T15:30Z"},
          "America/Sao_Paulo", new String[] {"2018-11-04T00:30", "2018-11-04T03:00Z"},
          "Pacific/Apia", new String[] {"2011-12-30T12:00", "2011-12-30T10:00Z"},
          "Pacific/Kwajalein", new String[] {"1993-08-21T12:00", "1993-08-21T12:00Z"});

  /** A time that each zone's clock showed twice, and the first instant at which it did. */
  private static final Map<String, String[]> TWICE =
      Map.of(
          "Europe/Vienna", new String[] {"2026-10-25T02:30", "2026-10-25T00:30Z"},
          "Australia/Lord_Howe", new String[] {"2026-04-05T01:45", "2026-04-04T14:45Z"},
          "America/St_Johns", new String[] {"2026-11-01T01:30", "2026-11-01T04:00Z"},
          "America/Sao_Paulo", new String[] {"2019-02-16T23:30", "2019-02-17T01:30Z"});

  @Test
  void aTimeThatIsLeftOutIsTheInstantOfTheChange() {
    LEFT_OUT.forEach(
        (id, change) -> assertThat(micros(zone(id), change[0])).as(id).isEqualTo(at(change[1])));
  }

  @Test
  void ofATimeThatIsShownTwiceItIsTheFirst() {
    TWICE.forEach(
        (id, change) -> assertThat(micros(zone(id), change[0])).as(id).isEqualTo(at(change[1])));
  }

  @Test
  void aLaterTimeIsNeverAnEarlierInstant() {
    for (PlantZone zone : ZONES) {
      for (String[] change : LEFT_OUT.values()) {
        requireMonotone(zone, LocalDateTime.parse(change[0]).toLocalDate());
      }
      for (String[] change : TWICE.values()) {
        requireMonotone(zone, LocalDateTime.parse(change[0]).toLocalDate());
      }
    }
  }

  @Test
  void theClockShowsTheTimeAtItsInstant() {
    Seeded.check(
        2_000,
        random -> {
          PlantZone zone = ZONES.get(random.nextInt(ZONES.size()));
          LocalDate day = LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000);
          LocalTime time = LocalTime.ofNanoOfDay(1_000 * random.nextLong(86_400_000_000L));
          long micros = zone.micros(day, time);
          LocalDateTime shown = zone.clock(micros);
          if (!shown.equals(LocalDateTime.of(day, time))) {
            assertThat(zone.rules().getTransition(LocalDateTime.of(day, time)).isGap()).isTrue();
          }
          OptionalLong change = zone.changeAfter(micros);
          if (change.isPresent()) {
            long t = change.getAsLong();
            assertThat(zone.clock(t)).isNotEqualTo(zone.clock(t - 1).plusNanos(1_000));
          }
        });
    assertThat(VIENNA.clock(-1)).isEqualTo(LocalDateTime.parse("1970-01-01T00:59:59.999999"));
    assertThat(zone("UTC").changeAfter(0)).isEmpty();
    assertThat(VIENNA.changeAfter(at("2026-03-29T00:59:59Z"))).hasValue(at("2026-03-29T01:00Z"));
    assertThat(VIENNA.changeAfter(at("2026-03-29T01:00:00Z"))).hasValue(at("2026-10-25T01:00Z"));
  }

  @Test
  void aDayMayBeMissing() {
    PlantZone apia = zone("Pacific/Apia");
    assertThat(apia.has(day("2011-12-30"))).isFalse();
    assertThat(apia.has(day("2011-12-29"))).isTrue();
    assertThat(apia.has(day("2011-12-31"))).isTrue();
    assertThat(apia.next(day("2011-12-29"))).isEqualTo(day("2011-12-31"));
    assertThat(apia.previous(day("2011-12-31"))).isEqualTo(day("2011-12-29"));
    assertThat(VIENNA.has(day("2026-03-29"))).isTrue();
    assertThat(VIENNA.next(day("2026-03-29"))).isEqualTo(day("2026-03-30"));
  }

  @Test
  void theFingerprintSaysTheRulesOfItsYears() {
    assertThat(VIENNA.fingerprint(2026, 2026)).isEqualTo("3600;1774746000=7200;1792890000=3600");
    assertThat(zone("Asia/Kolkata").fingerprint(1970, 2100)).isEqualTo("19800");
    assertThat(zone("Europe/Berlin").fingerprint(2000, 2030))
        .isEqualTo(VIENNA.fingerprint(2000, 2030));
    assertThat(zone("Europe/London").fingerprint(2000, 2030))
        .isNotEqualTo(VIENNA.fingerprint(2000, 2030));
  }

  @Test
  void seenRulesAreThoseThatWereSeen() {
    for (PlantZone zone : ZONES) {
      String text = zone.fingerprint(1970, 2100);
      PlantZone seen = PlantZone.seen(zone.id(), text);
      assertThat(seen.fingerprint(1970, 2100)).isEqualTo(text);
      Seeded.check(
          200,
          random -> {
            LocalDate day = LocalDate.ofEpochDay(1 + random.nextInt(47_000));
            LocalTime time = LocalTime.ofSecondOfDay(random.nextInt(86_400));
            long micros = zone.micros(day, time);
            assertThat(seen.micros(day, time)).isEqualTo(micros);
            assertThat(seen.clock(micros)).isEqualTo(zone.clock(micros));
          });
    }
    for (String wrong : new String[] {"", "Vienna", "3600;", "3600;1=", "3600;1=7200=3", "99999"}) {
      assertThatThrownBy(() -> PlantZone.seen(VIENNA.id(), wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void requireMonotone(PlantZone zone, LocalDate changed) {
    LocalDateTime time = changed.minusDays(1).atStartOfDay();
    long before = micros(zone, time.toString());
    for (int minute = 1; minute < 4 * 24 * 60; minute++) {
      time = time.plusMinutes(1);
      long micros = zone.micros(time.toLocalDate(), time.toLocalTime());
      assertThat(micros).as("%s %s", zone.id(), time).isGreaterThanOrEqualTo(before);
      before = micros;
    }
  }

  private static long micros(PlantZone zone, String clock) {
    LocalDateTime time = LocalDateTime.parse(clock);
    return zone.micros(time.toLocalDate(), time.toLocalTime());
  }
}
