package io.linewright.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTripTest {

  private final StageTrip trip = new StageTrip();

  @Test
  void listsStagesInTheOrderOfTheTripAndEachInstance() {
    trip.add("acme/graz/linewright", "stage/bridge/in", 9L);
    trip.add("acme/graz/gw-2", "stage/log/in", 5L);
    trip.add("acme/graz/gw-1", "stage/other/in", 1L);
    trip.add("acme/graz/gw-1", "stage/mqtt/out", 4L);
    trip.add("acme/graz/gw-1", "stage/log/in", 6L);
    trip.add("acme/graz/gw-1", "stage/driver/in", 7L);

    assertThat(trip.rows())
        .extracting(row -> row.stage() + " " + row.instance())
        .containsExactly(
            "driver acme/graz/gw-1",
            "log acme/graz/gw-1",
            "log acme/graz/gw-2",
            "mqtt acme/graz/gw-1",
            "bridge acme/graz/linewright",
            "other acme/graz/gw-1");
  }

  @Test
  void whatAStageDoesNotStateIsNullAndNotZero() {
    trip.add("acme/graz/gw-1", "stage/mqtt/out", 0L);
    trip.add("acme/graz/gw-1", "stage/mqtt/in", null);
    trip.add("acme/graz/gw-1", "stage/mqtt/resent", 3L);

    assertThat(trip.rows())
        .containsExactly(
            new StageRow("mqtt", "acme/graz/gw-1", null, 0L, null, null, Map.of("resent", 3L)));
  }

  @Test
  void aStageOfWhichNothingIsKnownNowStaysInTheList() {
    trip.add("acme/graz/gw-1", "stage/driver/in", null);

    assertThat(trip.rows())
        .containsExactly(
            new StageRow("driver", "acme/graz/gw-1", null, null, null, null, Map.of()));
  }

  @Test
  void otherCountersAreNoStage() {
    trip.add("acme/graz/gw-1", "log/bytes", 3L);
    trip.add("acme/graz/gw-1", "stage/log", 3L);
    trip.add("acme/graz/gw-1", "stage/log/in/now", 3L);

    assertThat(trip.rows()).isEmpty();
  }

  @Test
  void theFourFiguresAreFieldsAndTheRestCounters() {
    trip.add("acme/graz/linewright", "stage/bridge/in", 10L);
    trip.add("acme/graz/linewright", "stage/bridge/out", 7L);
    trip.add("acme/graz/linewright", "stage/bridge/set-aside", 1L);
    trip.add("acme/graz/linewright", "stage/bridge/duplicates-dropped", 2L);

    assertThat(trip.rows())
        .containsExactly(new StageRow("bridge", "acme/graz/linewright", 10L, 7L, 1L, 2L, Map.of()));
  }
}
