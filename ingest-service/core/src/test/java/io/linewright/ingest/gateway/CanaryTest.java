package io.linewright.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.gateway.Canary.Finding;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Instant T0 = Instant.parse("2026-01-31T06:00:00Z");

  @Test
  void noneForTheWholePatienceIsAStall() {
    Watching watching = watched(T0, T0.plusSeconds(124));
    Canary canary = canary(T0.plusSeconds(100), null);

    assertThat(canary.finding(watching, PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(canary.finding(watching.look(T0.plusSeconds(125)), PATIENCE))
        .isEqualTo(Finding.STALLED);
  }

  @Test
  void aStallIsFoundOnceAndEndsWithTheNextCanary() {
    Watching watching = watched(T0, T0.plusSeconds(300));
    Instant last = T0.plusSeconds(100);

    assertThat(canary(last, last).finding(watching, PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(canary(last.plusSeconds(190), last).finding(watching, PATIENCE))
        .isEqualTo(Finding.MOVING);
  }

  @Test
  void whoHasJustBegunToWatchIsPatientFirst() {
    Instant begin = T0.plusSeconds(3_600);
    Canary old = canary(T0, null);

    assertThat(old.finding(Watching.begin(begin), PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(old.finding(watched(begin, begin.plusSeconds(24)), PATIENCE))
        .isEqualTo(Finding.AS_BEFORE);
    assertThat(old.finding(watched(begin, begin.plusSeconds(25)), PATIENCE))
        .isEqualTo(Finding.STALLED);
    assertThat(old.quietSince(Watching.begin(begin))).isEqualTo(begin);
  }

  @Test
  void aBreakInWatchingOrAClockThatWasSetBeginsAnew() {
    Watching watching = watched(T0, T0.plusSeconds(10));

    assertThat(watching.since()).isEqualTo(T0);
    assertThat(watching.look(T0.plusSeconds(15)).since()).isEqualTo(T0);
    assertThat(watching.look(T0.plusSeconds(16)).since()).isEqualTo(T0.plusSeconds(16));
    assertThat(watching.look(T0.minusSeconds(1)).since()).isEqualTo(T0.minusSeconds(1));
  }

  @Test
  void anArrivalAheadOfTheClockDoesNotSilenceTheWatch() {
    Canary ahead = canary(T0.plusSeconds(3_600), null);

    assertThat(ahead.finding(watched(T0, T0.plusSeconds(30)), PATIENCE)).isEqualTo(Finding.STALLED);
  }

  @Test
  void theTripIsNeverNegative() {
    assertThat(canary(T0, null).trip()).isEqualTo(Duration.ofMillis(50));
    assertThat(new Canary("g", Kind.GATEWAY, 1, T0.plusSeconds(1), T0, null, null).trip()).isZero();
  }

  @Test
  void canariesAreKnownByNameRoleAndType() {
    assertThat(Kind.of(series("health/canary", DataType.INTEGER, TagRole.HEARTBEAT)))
        .contains(Kind.GATEWAY);
    assertThat(Kind.of(series("bridge/canary", DataType.INTEGER, TagRole.HEARTBEAT)))
        .contains(Kind.BRIDGE);
    assertThat(Kind.of(series("health/canary", DataType.INTEGER, TagRole.PROCESS_VALUE))).isEmpty();
    assertThat(Kind.of(series("health/canary", DataType.STRING, TagRole.HEARTBEAT))).isEmpty();
    assertThat(Kind.of(series("plc/heartbeat", DataType.INTEGER, TagRole.HEARTBEAT))).isEmpty();
  }

  private static TagSeries series(String name, DataType type, TagRole role) {
    return new TagSeries(
        new TagName(name), type, role, List.of(new Sample(null, StatusCode.GOOD, 1, 0)));
  }

  private static Canary canary(Instant arrived, @Nullable Instant stalledAfter) {
    return new Canary("g", Kind.GATEWAY, 1, arrived.minusMillis(50), arrived, stalledAfter, null);
  }

  /** A watch that looked every second. */
  private static Watching watched(Instant from, Instant to) {
    Watching watching = Watching.begin(from);
    for (Instant now = from; !now.isAfter(to); now = now.plusSeconds(1)) {
      watching = watching.look(now);
    }
    return watching;
  }
}
