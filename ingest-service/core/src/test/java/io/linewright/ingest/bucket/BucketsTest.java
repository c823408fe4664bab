package io.linewright.ingest.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
  private static final long HOUR = 3_600_000_000L;

  @Test
  void fixedOnesAreCountedFromTheOriginInBothDirections() {
    var buckets = new FixedBuckets(3, 10);

    assertThat(buckets.containing(3)).isEqualTo(new Bucket(3, 13));
    assertThat(buckets.containing(12)).isEqualTo(new Bucket(3, 13));
    assertThat(buckets.containing(13)).isEqualTo(new Bucket(13, 23));
    assertThat(buckets.containing(2)).isEqualTo(new Bucket(-7, 3));
  }

  @Test
  void firstAndLastAreCutAtTheWindow() {
    assertThat(list(new FixedBuckets(0, 16), 0, 100)).hasSize(7).last().isEqualTo(bucket(96, 100));
    assertThat(list(new FixedBuckets(0, 16), 20, 40))
        .containsExactly(bucket(20, 32), bucket(32, 40));
  }

  @Test
  void countingStopsAboveTheLimit() {
    var micros = new FixedBuckets(0, 1);

    assertThat(micros.count(0, Long.MAX_VALUE / 2, 1_000)).isEqualTo(1_001);
    assertThat(micros.count(0, 1_000, 1_000)).isEqualTo(1_000);
    assertThat(
            new CalendarBuckets(CalendarUnit.MONTH, VIENNA)
                .count(at("2026-01-01", VIENNA), at("2027-01-01", VIENNA), 100))
        .isEqualTo(12);
  }

  @Test
  void daysInViennaHave23And25HoursAtClockChanges() {
    var days = new CalendarBuckets(CalendarUnit.DAY, VIENNA);

    assertThat(hours(days.containing(at("2026-03-28", VIENNA)))).isEqualTo(24);
    assertThat(hours(days.containing(at("2026-03-29", VIENNA)))).isEqualTo(23);
    assertThat(hours(days.containing(at("2026-10-25", VIENNA)))).isEqualTo(25);
    assertThat(hours(days.containing(at("2026-10-26", VIENNA)))).isEqualTo(24);
    // both passes of 02:30 belong to the day
    Bucket change = days.containing(at("2026-10-25", VIENNA));
    assertThat(change.contains(micros(Instant.parse("2026-10-25T00:30:00Z")))).isTrue();
    assertThat(change.contains(micros(Instant.parse("2026-10-25T01:30:00Z")))).isTrue();
  }

  @Test
  void daysOnLordHoweChangeByHalfAnHour() {
    var days = new CalendarBuckets(CalendarUnit.DAY, LORD_HOWE);

    assertThat(length(days.containing(at("2026-04-05", LORD_HOWE))))
        .isEqualTo(Duration.ofMinutes(24 * 60 + 30));
    assertThat(length(days.containing(at("2026-10-04", LORD_HOWE))))
        .isEqualTo(Duration.ofMinutes(23 * 60 + 30));
    assertThat(length(days.containing(at("2026-10-05", LORD_HOWE))))
        .isEqualTo(Duration.ofHours(24));
  }

  @Test
  void weeksStartOnMonday() {
    var weeks = new CalendarBuckets(CalendarUnit.WEEK, VIENNA);

    // Sunday of the clock change belongs to the week of Monday 2026-03-23
    assertThat(weeks.containing(at("2026-03-29", VIENNA)))
        .isEqualTo(bucket(at("2026-03-23", VIENNA), at("2026-03-30", VIENNA)));
    assertThat(hours(weeks.containing(at("2026-03-29", VIENNA)))).isEqualTo(7 * 24 - 1);
    assertThat(hours(weeks.containing(at("2026-10-19", VIENNA)))).isEqualTo(7 * 24 + 1);
    // ISO 8601: the first days of 2027 belong to a week of 2026
    assertThat(weeks.containing(at("2027-01-01", VIENNA)).startMicros())
        .isEqualTo(at("2026-12-28", VIENNA));
  }

  @Test
  void monthsHaveTheirDays() {
    var months = new CalendarBuckets(CalendarUnit.MONTH, VIENNA);

    assertThat(hours(months.containing(at("2026-03-15", VIENNA)))).isEqualTo(31 * 24 - 1);
    assertThat(hours(months.containing(at("2028-02-29", VIENNA)))).isEqualTo(29 * 24);
    assertThat(hours(months.containing(at("2026-10-01", VIENNA)))).isEqualTo(31 * 24 + 1);
  }

  @Test
  void aDayThatWasLeftOutHasNoBucket() {
    // Samoa went from 2011-12-29 straight to 2011-12-31
    ZoneId apia = ZoneId.of("Pacific/Apia");
    var days = new CalendarBuckets(CalendarUnit.DAY, apia);

    assertThat(list(days, at("2011-12-29", apia), at("2012-01-01", apia)))
        .containsExactly(
            bucket(at("2011-12-29", apia), at("2011-12-31", apia)),
            bucket(at("2011-12-31", apia), at("2012-01-01", apia)));
  }

  @Test
  void aDayWithoutMidnightBeginsLater() {
    // Clocks in Beirut go from 00:00 to 01:00
    ZoneId beirut = ZoneId.of("Asia/Beirut");
    Bucket day = new CalendarBuckets(CalendarUnit.DAY, beirut).containing(at("2024-03-31", beirut));

    assertThat(hours(day)).isEqualTo(23);
  }

  @Test
  void theyFollowEachOtherWithoutGap() {
    List<ZoneId> zones = List.of(VIENNA, LORD_HOWE, ZoneId.of("America/Sao_Paulo"));
    Seeded.check(
        100,
        random -> {
          Buckets buckets =
              random.nextBoolean()
                  ? new FixedBuckets(random.nextLong(HOUR), 1 + random.nextLong(30 * HOUR))
                  : new CalendarBuckets(
                      CalendarUnit.values()[random.nextInt(3)],
                      zones.get(random.nextInt(zones.size())));
          long from = micros(Instant.parse("2015-01-01T00:00:00Z")) + random.nextLong(9_000 * HOUR);
          long to = from + 1 + random.nextLong(2_000 * HOUR);
          long expected = from;
          for (Bucket bucket : list(buckets, from, to)) {
            assertThat(bucket.startMicros()).isEqualTo(expected);
            long middle = bucket.startMicros() + random.nextLong(bucket.micros());
            Bucket whole = buckets.containing(middle);
            assertThat(whole.contains(bucket.startMicros())).isTrue();
            assertThat(whole.contains(bucket.endMicros() - 1)).isTrue();
            expected = bucket.endMicros();
          }
          assertThat(expected).isEqualTo(to);
        });
  }

  @Test
  void refusesWhatIsNoStretchOfTime() {
    assertThatThrownBy(() -> new Bucket(5, 5)).hasMessageContaining("must end after its start 5");
    assertThatThrownBy(() -> new FixedBuckets(0, 0)).hasMessageContaining("at least 1 microsecond");
    assertThatThrownBy(() -> new FixedBuckets(0, 5).between(7, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FixedBuckets(Long.MAX_VALUE, 5).containing(Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  private static Bucket bucket(long from, long to) {
    return new Bucket(from, to);
  }

  private static List<Bucket> list(Buckets buckets, long from, long to) {
    List<Bucket> list = new ArrayList<>();
    buckets.between(from, to).forEachRemaining(list::add);
    return list;
  }

  private static long at(String date, ZoneId zone) {
    return micros(LocalDate.parse(date).atStartOfDay(zone).toInstant());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static long hours(Bucket bucket) {
    return length(bucket).toHours();
  }

  private static Duration length(Bucket bucket) {
    return Duration.of(bucket.micros(), ChronoUnit.MICROS);
  }
}
