package io.linewright.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.load.LoadTags;
import io.linewright.bench.query.Questions.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {

  private static final LoadTags TAGS = new LoadTags(1, 2);
  private static final Instant UNTIL = Instant.parse("2026-01-31T12:34:00Z");
  private static final Instant FROM = UNTIL.minus(Duration.ofDays(30));

  private final AnswerCheck check =
      new AnswerCheck(new HistoryPlan(TAGS, UNTIL, 2L * 30 * 1_440 * 60));

  @Test
  void aRefusalIsWrong() {
    assertThat(check.wrong(new Asked(Kind.TREND, 0, FROM, UNTIL, UNTIL, 0, 503, "busy")))
        .isEqualTo("503 busy");
  }

  @Test
  void lastValuesAreAllThereAndNoneIsTooOld() {
    String both = values(TAGS.key(0), "12:34:10", TAGS.key(1), "12:34:11");
    long known = AnswerCheck.micros(Instant.parse("2026-01-31T12:34:10Z"));

    assertThat(check.wrong(last(both, known))).isEmpty();
    assertThat(check.wrong(last(both, known + 2_000)))
        .contains(TAGS.key(0) + " is 2 ms older than one that Kafka had 10 s before");
    assertThat(check.wrong(last(both, 0))).isEmpty();
    assertThat(check.wrong(last("{\"values\":[]}", 0))).isEqualTo("2 tags have no value");
    assertThat(check.wrong(last(values(TAGS.key(0), "12:34:10", TAGS.key(0), "12:34:11"), 0)))
        .contains("comes twice");
  }

  @Test
  void anHourHasAllItsSamplesInOrder() {
    Instant from = UNTIL.minus(Duration.ofHours(3));
    List<Instant> times = new ArrayList<>();
    for (int second = 0; second < 3_600; second++) {
      times.add(from.plusSeconds(second));
    }
    assertThat(check.wrong(hour(from, times))).isEmpty();

    times.set(17, times.get(16));
    assertThat(check.wrong(hour(from, times))).contains("does not come after the one before");

    assertThat(check.wrong(hour(from, times.subList(0, 3_599))))
        .isEqualTo("3599 samples instead of 3600");
  }

  @Test
  void aTrendFillsItsColumns() {
    List<Instant> full = new ArrayList<>();
    for (Instant at = FROM; at.isBefore(UNTIL); at = at.plusSeconds(44 * 60)) {
      full.add(at);
      full.add(at.plusSeconds(60));
    }
    assertThat(check.wrong(trend("extremes", full))).isEmpty();
    assertThat(check.wrong(trend("extremes", full.subList(0, 200))))
        .isEqualTo("samples in 100 of 982 columns only");
    assertThat(check.wrong(trend("lttb", full))).isEqualTo("the method is 'lttb'");
    assertThat(check.wrong(trend("raw", full))).contains("samples, all of them");
  }

  @Test
  void moreThanFourSamplesOfAColumnAreWrong() {
    List<Instant> many = new ArrayList<>();
    for (Instant at = FROM; at.isBefore(UNTIL); at = at.plusSeconds(8 * 60)) {
      many.add(at);
    }
    assertThat(check.wrong(trend("extremes", many)))
        .startsWith("more than 4 samples in the column");
  }

  @Test
  void aTrendEndsBeforeItsEnd() {
    List<Instant> full = new ArrayList<>();
    for (Instant at = FROM; !at.isAfter(UNTIL); at = at.plusSeconds(44 * 60)) {
      full.add(at);
    }
    full.add(UNTIL);
    assertThat(check.wrong(trend("extremes", full))).isEqualTo("a sample lies behind the end");
  }

  @Test
  void columnsAreWholeMinutesAsFewAsFit() {
    long from = AnswerCheck.micros(Instant.parse("2026-01-01T00:00:30Z"));
    TrendColumns columns =
        TrendColumns.of(from, from + Duration.ofDays(30).toMillis() * 1_000, 1_000);

    assertThat(columns.originMicros()).isEqualTo(from - 30_000_000);
    assertThat(columns.widthMicros()).isEqualTo(44 * 60_000_000L);
    assertThat(columns.of(from)).isZero();
    assertThat(columns.begin(from + 45 * 60_000_000L))
        .isEqualTo(columns.originMicros() + columns.widthMicros());
  }

  private static Asked last(String body, long known) {
    return new Asked(Kind.LAST_VALUES, -1, Instant.EPOCH, UNTIL, UNTIL, known, 200, body);
  }

  private static Asked hour(Instant from, List<Instant> times) {
    Instant to = from.plus(Duration.ofHours(1));
    return new Asked(Kind.RAW_HOUR, 0, from, to, UNTIL, 0, 200, samples("", times));
  }

  private static Asked trend(String method, List<Instant> times) {
    String body = samples("\"method\":\"" + method + "\",", times);
    return new Asked(Kind.TREND, 0, FROM, UNTIL, UNTIL, 0, 200, body);
  }

  private static String samples(String before, List<Instant> times) {
    List<String> samples =
        times.stream().map(time -> "{\"time\":\"" + time + "\",\"value\":1}").toList();
    return "{" + before + "\"samples\":[" + String.join(",", samples) + "]}";
  }

  private static String values(String tag, String time, String other, String otherTime) {
    String value = "{\"tag\":\"%s\",\"time\":\"2026-01-31T%sZ\",\"value\":1}";
    return "{\"values\":["
        + value.formatted(tag, time)
        + ","
        + value.formatted(other, otherTime)
        + "]}";
  }
}
