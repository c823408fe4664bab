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
    Canary canary = canary(T0, null);

    assertThat(canary.finding(watched(canary, T0, 24), PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(canary.finding(watched(canary, T0, 25), PATIENCE)).isEqualTo(Finding.STALLED);
  }

  @Test
  void aStallIsFoundOnceAndEndsWithTheNextCanary() {
    Canary stalled = canary(T0, T0);
    Canary next = canary(T0.plusSeconds(90), T0);
    Watching watching = watched(stalled, T0, 100);

    assertThat(stalled.finding(watching, PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(next.finding(watching, PATIENCE)).isEqualTo(Finding.MOVING);
  }

  @Test
  void whoHasJustBegunToWatchIsPatientFirst() {
    Instant begin = T0.plusSeconds(3_600);
    Canary old = canary(T0, null);

    assertThat(old.finding(Watching.begin(begin), PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(old.finding(watched(old, begin, 24), PATIENCE)).isEqualTo(Finding.AS_BEFORE);
    assertThat(old.finding(watched(old, begin, 25), PATIENCE)).isEqualTo(Finding.STALLED);
  }

  @Test
  void aBreakInWatchingOrAClockThatWasSetBeginsAnew() {
    Canary canary = canary(T0, null);
    Watching watching = watched(canary, T0, 20);
    List<Canary> seen = List.of(canary);

    assertThat(watching.quietSince(canary)).isEqualTo(T0);
    assertThat(watching.look(T0.plusSeconds(25), seen).quietSince(canary)).isEqualTo(T0);
    assertThat(watching.look(T0.plusSeconds(26), seen).quietSince(canary))
        .isEqualTo(T0.plusSeconds(26));
    assertThat(watching.look(T0.minusSeconds(1), seen).quietSince(canary))
        .isEqualTo(T0.minusSeconds(1));
  }

  @Test
  void anArrivalAheadOfTheWatchersClockIsAnArrival() {
    Canary before = canary(T0, null);
    Canary ahead = canary(T0.plusSeconds(3_600), null);
    Watching watching = watched(before, T0, 24);

    assertThat(ahead.finding(watching.look(T0.plusSeconds(25), List.of(ahead)), PATIENCE))
        .isEqualTo(Finding.AS_BEFORE);
    assertThat(ahead.finding(watched(ahead, T0, 25), PATIENCE)).isEqualTo(Finding.STALLED);
  }

  @Test
  void aCanaryThatCameAfterTheLookIsNotLate() {
    Canary before = canary(T0, null);
    Canary since = canary(T0.plusSeconds(30), null);

    assertThat(since.finding(watched(before, T0, 30), PATIENCE)).isEqualTo(Finding.AS_BEFORE);
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

  /** A watch that saw this canary every second. */
  private static Watching watched(Canary canary, Instant from, int seconds) {
    Watching watching = Watching.begin(from);
    for (int second = 0; second <= seconds; second++) {
      watching = watching.look(from.plusSeconds(second), List.of(canary));
    }
    return watching;
  }
}
