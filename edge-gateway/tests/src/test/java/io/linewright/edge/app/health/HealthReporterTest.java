package io.linewright.edge.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.health.Books;
import io.linewright.edge.health.ConnectionLook;
import io.linewright.edge.health.DeviceLook;
import io.linewright.edge.health.FileFigures;
import io.linewright.edge.health.GatewayFigures;
import io.linewright.edge.health.HealthState;
import io.linewright.edge.health.TagQuality;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** With a clock that the test feeds. */
class HealthReporterTest {

  private static final long SECOND = 1_000_000;

  private record Told(String tag, Sample sample) {}

  private final List<Told> told = new ArrayList<>();
  private final Map<String, Long> ages = new HashMap<>();
  private long in = 1;
  private final HealthReporter reporter =
      new HealthReporter(
          () -> List.of(connection()),
          () ->
              new GatewayFigures(
                  1,
                  "v",
                  new FileFigures("h", 0, 0, ""),
                  OptionalDouble.empty(),
                  1,
                  OptionalLong.empty(),
                  OptionalLong.of(9)),
          (tag, sample) -> told.add(new Told(tag.value(), sample)),
          ages::putAll);

  @Test
  void theCanaryGoesEveryTenSecondsAndRises() throws InterruptedException {
    run(0, 45);

    List<Sample> canaries = of("health/canary");
    assertThat(canaries)
        .extracting(sample -> sample.sourceMicros() / SECOND)
        .containsExactly(1_000_000L, 1_000_010L, 1_000_020L, 1_000_030L, 1_000_040L);
    assertThat(canaries)
        .extracting(Sample::value)
        .containsExactly(
            SampleValue.of(100_000),
            SampleValue.of(100_001),
            SampleValue.of(100_002),
            SampleValue.of(100_003),
            SampleValue.of(100_004));
  }

  @Test
  void aReportComesEveryFiveSecondsWithWhatChanged() throws InterruptedException {
    run(0, 4);
    int first = told.size();
    assertThat(of("device/a/l/m/state")).hasSize(1);
    in = 17;
    run(5, 8);

    assertThat(told.subList(first, told.size()))
        .extracting(Told::tag)
        .contains("device/a/l/m/values-in", "connection/c/values-in")
        .doesNotContain("device/a/l/m/state", "health/version");
    assertThat(ages).containsEntry("a/l/m", 0L);
    run(9, 12);
    assertThat(ages).containsEntry("a/l/m", 5L);
    assertThat(of("device/a/l/m/data-age-s").getLast().value()).isEqualTo(SampleValue.of(5));
  }

  @Test
  void aLatePauseIsNotMadeUpFor() throws InterruptedException {
    run(0, 1);
    run(100, 105);

    assertThat(of("health/canary")).hasSize(2);
    assertThat(of("device/a/l/m/data-age-s")).hasSizeLessThanOrEqualTo(3);
  }

  private void run(long fromSecond, long toSecond) throws InterruptedException {
    for (long second = fromSecond; second <= toSecond; second++) {
      reporter.tick(second * SECOND, (1_000_000 + second) * SECOND);
    }
  }

  private List<Sample> of(String tag) {
    return told.stream().filter(one -> one.tag().equals(tag)).map(Told::sample).toList();
  }

  private ConnectionLook connection() {
    Books books = new Books(in, in, 0, 0);
    DeviceLook device = new DeviceLook("a/l/m", books, new TagQuality(1, 0, 0, List.of()));
    return new ConnectionLook("c", HealthState.RUNNING, "", books, List.of(device));
  }
}
