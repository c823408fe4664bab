package io.linewright.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.health.TagQuality.BadTag;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.SampleValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HealthWatchTest {

  private static final GatewayFigures PROCESS =
      new GatewayFigures(
          7,
          "1.2.3",
          new FileFigures("0123456789ab", 3, 2, "x".repeat(5_000)),
          OptionalDouble.of(12.345),
          100,
          OptionalLong.of(200),
          OptionalLong.empty());
  private static final TagQuality GOOD = new TagQuality(3, 0, 0, List.of());

  private final HealthWatch watch = new HealthWatch();

  @Test
  void tellsWhatEachConnectionAndDeviceDoes() {
    watch.see(List.of(connection(HealthState.RUNNING, "", device(5, GOOD))), 1_000);

    Map<TagName, SampleValue> values = watch.values(PROCESS, 4_500);

    assertThat(text(values, "connection/line/state")).isEqualTo("running");
    assertThat(number(values, "connection/line/values-in")).isEqualTo(5);
    assertThat(number(values, "connection/line/reconnects")).isEqualTo(2);
    assertThat(text(values, "device/packing/line-1/saw-1/connection")).isEqualTo("line");
    assertThat(text(values, "device/packing/line-1/saw-1/state")).isEqualTo("running");
    assertThat(number(values, "device/packing/line-1/saw-1/data-age-s")).isEqualTo(3);
    assertThat(number(values, "device/packing/line-1/saw-1/tags")).isEqualTo(3);
    assertThat(text(values, "health/state")).isEqualTo("running");
    assertThat(number(values, "health/devices")).isEqualTo(1);
  }

  @Test
  void tellsTheProcessAndLeavesOutWhatIsNotKnown() {
    Map<TagName, SampleValue> values = watch.values(PROCESS, 0);

    assertThat(number(values, "health/uptime-s")).isEqualTo(7);
    assertThat(text(values, "health/version")).isEqualTo("1.2.3");
    assertThat(text(values, "health/config-hash")).isEqualTo("0123456789ab");
    assertThat(number(values, "health/config-taken")).isEqualTo(3);
    assertThat(number(values, "health/config-refused")).isEqualTo(2);
    assertThat(text(values, "health/config-error")).hasSize(HealthWatch.MOST_TEXT);
    assertThat(values).containsEntry(new TagName("health/cpu-percent"), SampleValue.of(12.3));
    assertThat(number(values, "health/rss-bytes")).isEqualTo(200);
    assertThat(values).doesNotContainKey(new TagName("health/disk-free-bytes"));
  }

  @Test
  void dataAgeGrowsWhileNothingComesAndBeginsAnewWhenSomethingDoes() {
    watch.see(List.of(connection(HealthState.RUNNING, "", device(1, GOOD))), 10_000);
    watch.see(List.of(connection(HealthState.RUNNING, "", device(1, GOOD))), 20_000);
    assertThat(watch.dataAges(20_000)).containsExactly(Map.entry("packing/line-1/saw-1", 10L));

    watch.see(List.of(connection(HealthState.RUNNING, "", device(2, GOOD))), 21_000);
    assertThat(watch.dataAges(21_999)).containsExactly(Map.entry("packing/line-1/saw-1", 0L));
  }

  @Test
  void aDeviceThatNeverGaveAValueIsConnectedWithoutDataAndHasNoAge() {
    watch.see(List.of(connection(HealthState.RUNNING, "", device(0, GOOD))), 10_000);
    Map<TagName, SampleValue> values = watch.values(PROCESS, 60_000);

    assertThat(text(values, "device/packing/line-1/saw-1/state")).isEqualTo("connected-no-data");
    assertThat(text(values, "health/state")).isEqualTo("connected-no-data");
    assertThat(values).doesNotContainKey(new TagName("device/packing/line-1/saw-1/data-age-s"));
  }

  @Test
  void aSilentDeviceOnARunningConnectionIsSilentAndOneBadTagIsNot() {
    TagQuality silent = new TagQuality(2, 2, 2, List.of());
    TagQuality oneBad = new TagQuality(2, 1, 1, List.of());

    assertThat(device(9, silent).state(HealthState.RUNNING)).isEqualTo(HealthState.SILENT);
    assertThat(device(9, oneBad).state(HealthState.RUNNING)).isEqualTo(HealthState.RUNNING);
    assertThat(device(9, GOOD).state(HealthState.WAITING)).isEqualTo(HealthState.WAITING);
  }

  @Test
  void theLastErrorStaysWhenTheConnectionRunsAgain() {
    watch.see(List.of(connection(HealthState.WAITING, "refused", device(0, GOOD))), 0);
    watch.see(List.of(connection(HealthState.RUNNING, "", device(1, GOOD))), 1_000);

    assertThat(text(watch.values(PROCESS, 1_000), "connection/line/last-error"))
        .isEqualTo("refused");
    watch.see(List.of(connection(HealthState.WAITING, "x".repeat(9_000), device(1, GOOD))), 0);
    assertThat(text(watch.values(PROCESS, 1_000), "connection/line/last-error")).hasSize(500);
  }

  @Test
  void whatIsNoLongerThereIsForgotten() {
    watch.see(List.of(connection(HealthState.RUNNING, "", device(1, GOOD))), 0);
    watch.see(List.of(), 1_000);

    assertThat(watch.dataAges(1_000)).isEmpty();
    assertThat(watch.values(PROCESS, 1_000).keySet())
        .allMatch(name -> name.value().startsWith("health/"));
  }

  @Test
  void badTagsAreBoundedJson() {
    BadTag odd = new BadTag("a\"b\\c\n", "Bad_NodeIdUnknown (0x80340000)");
    TagQuality quality = new TagQuality(40, 40, 0, List.of(odd, odd));

    assertThat(new TagQuality(1, 1, 0, List.of(odd)).json(200))
        .isEqualTo(
            "[{\"tag\":\"a\\\"b\\\\c\\u000a\",\"reason\":\"Bad_NodeIdUnknown (0x80340000)\"}]");
    assertThat(quality.json(100)).hasSizeLessThanOrEqualTo(100).endsWith("}]");
    assertThat(quality.json(2)).isEqualTo("[]");
    assertThat(TagQuality.NONE.json(100)).isEqualTo("[]");
  }

  @Test
  void statesHaveNamesAndAnOrder() {
    assertThat(HealthState.of("connected-no-data")).contains(HealthState.NO_DATA);
    assertThat(HealthState.of("RUNNING")).isEmpty();
    assertThat(HealthState.RUNNING.orWorse(HealthState.SILENT)).isEqualTo(HealthState.SILENT);
    assertThat(HealthState.STOPPED.orWorse(HealthState.WAITING)).isEqualTo(HealthState.STOPPED);
  }

  @Test
  void canariesRiseAlsoOverARestartAndAStandingClock() {
    Canary first = Canary.NONE.next(1_000_000_000_000_000L);

    assertThat(first.number()).isEqualTo(100_000_000);
    assertThat(first.next(1_000_000_000_000_000L).number()).isEqualTo(100_000_001);
    assertThat(first.next(0).number()).isEqualTo(100_000_001);
    assertThat(Canary.NONE.next(1_000_000_020_000_000L).number()).isEqualTo(100_000_002);
  }

  private static ConnectionLook connection(HealthState state, String reason, DeviceLook device) {
    return new ConnectionLook(
        "line", state, reason, new Books(device.books().in(), 4, 1, 2), List.of(device));
  }

  private static DeviceLook device(long in, TagQuality quality) {
    return new DeviceLook("packing/line-1/saw-1", new Books(in, in, 0, 0), quality);
  }

  private static String text(Map<TagName, SampleValue> values, String name) {
    return values.get(new TagName(name)) instanceof SampleValue.StringValue(String text)
        ? text
        : "none";
  }

  private static long number(Map<TagName, SampleValue> values, String name) {
    return values.get(new TagName(name)) instanceof SampleValue.IntegerValue(long number)
        ? number
        : -1;
  }
}
