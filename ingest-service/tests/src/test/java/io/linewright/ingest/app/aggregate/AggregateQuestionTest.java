package io.linewright.ingest.app.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.bucket.CalendarBuckets;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AggregateQuestionTest {

  private static final ZoneId SITE = ZoneId.of("Asia/Tokyo");
  private static final String TAG = "tag=acme/graz/mill-01%23t";
  private static final String DAY = "&from=2026-01-31T00:00:00Z&to=2026-02-01T00:00:00Z";
  private static final String PLAIN = TAG + DAY + "&aggregate=Average&width=PT1M";

  @Test
  void aQuestionIsReadWhole() {
    AggregateQuestion plain = question(PLAIN);
    assertThat(plain.tags()).hasSize(1);
    assertThat(plain.aggregates()).containsExactly(Aggregate.AVERAGE);
    assertThat(plain.buckets()).isEqualTo(new FixedBuckets(0, 60_000_000));
    assertThat(plain.sloped().treatUncertainAsBad()).isTrue();
    assertThat(plain.stepped()).isNull();

    AggregateQuestion full =
        question(
            TAG
                + DAY
                + "&aggregate=Total&aggregate=Count&aggregate=Total&calendar=day&zone=Europe/Vienna"
                + "&treatUncertainAsBad=false&percentDataBad=30&percentDataGood=70"
                + "&useSlopedExtrapolation=true&stepped=true");
    assertThat(full.aggregates()).containsExactly(Aggregate.TOTAL, Aggregate.COUNT);
    assertThat(full.buckets()).isInstanceOf(CalendarBuckets.class);
    assertThat(full.sloped().percentDataGood()).isEqualTo(70);
    assertThat(full.sloped().useSlopedExtrapolation()).isTrue();
    assertThat(full.stepped()).isTrue();
    assertThat(full.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(plain.zone()).isNull();
    assertThat(question(TAG + DAY + "&aggregate=Average&calendar=day").zone()).isEqualTo(SITE);
    assertThat(question(PLAIN.replace("PT1M", "P2W")).buckets())
        .isEqualTo(new FixedBuckets(0, 14 * 86_400_000_000L));
    assertThat(question(PLAIN + "&origin=1970-01-01T00:00:30%2B00:00").buckets())
        .isEqualTo(new FixedBuckets(30_000_000, 60_000_000));
  }

  @Test
  void whatIsNoNumberIsAlwaysStepped() {
    for (DataType type : List.of(DataType.BOOLEAN, DataType.STRING, DataType.BYTES)) {
      for (String wanted : List.of("", "&stepped=false", "&stepped=true")) {
        assertThat(question(PLAIN + wanted).configuration(tag(type)).stepped())
            .as(type + wanted)
            .isTrue();
      }
    }
    for (DataType type : List.of(DataType.DOUBLE, DataType.INTEGER)) {
      assertThat(question(PLAIN).configuration(tag(type)).stepped()).isFalse();
      assertThat(question(PLAIN + "&stepped=false").configuration(tag(type)).stepped()).isFalse();
      assertThat(question(PLAIN + "&stepped=true").configuration(tag(type)).stepped()).isTrue();
    }
  }

  private static Tag tag(DataType type) {
    return new Tag(
        1,
        "acme/graz/mill-01",
        "t",
        type,
        "1",
        TagRole.PROCESS_VALUE,
        null,
        null,
        null,
        "site",
        null,
        true,
        List.of());
  }

  @Test
  void whatIsWrongIsNamed() {
    refused(DAY + "&aggregate=Average&width=PT1M", "tag is missing");
    refused("tag=nohash" + DAY + "&aggregate=Average&width=PT1M", "nohash");
    refused(TAG + "&aggregate=Average&width=PT1M", "from is missing");
    refused(TAG + DAY + "&width=PT1M", "aggregate is missing");
    refused(TAG + DAY + "&aggregate=average&width=PT1M", "no aggregate 'average'");
    refused(TAG + DAY + "&aggregate=Average", "either width");
    refused(PLAIN + "&calendar=day&zone=UTC", "either width");
    refused(PLAIN + "&zone=UTC", "zone belongs to calendar");
    refused(TAG + DAY + "&aggregate=Average&calendar=year&zone=UTC", "day or week or month");
    refused(
        TAG + DAY + "&aggregate=Average&calendar=day&zone=Middle/Earth", "IANA time-zone database");
    refused(
        TAG + DAY + "&aggregate=Average&calendar=day&zone=UTC&origin=1970-01-01T00:00:00Z",
        "origin belongs to width");
    refused(PLAIN + "&from=2026-01-31T00:00:00Z", "from is given 2 times");
    refused(PLAIN.replace("2026-02-01", "2026-01-30"), "must lie before to");
    refused(PLAIN.replace("2026-02-01T00:00:00Z", "tomorrow"), "to must be an instant");
    refused(PLAIN.replace("02-01T00:00:00Z", "02-01T00:00:00 01:00"), "%2B");
    refused(PLAIN + "&treatUncertainAsBad=yes", "must be true or false");
    refused(PLAIN + "&percentDataBad=101", "0 to 100");
    refused(PLAIN + "&percentDataBad=-1", "0 to 100");
    refused(PLAIN + "&percentDataBad=1e1", "0 to 100");
    refused(PLAIN + "&percentDataBad=20&percentDataGood=70", "at least 100 - percentDataBad = 80");
  }

  @Test
  void hostileWidthsAreRefused() {
    for (String width :
        List.of(
            "PT0S",
            "-PT1M",
            "PT0.0000001S",
            "P1M",
            "P0W",
            "P-1W",
            "P1W2D",
            "P5218W",
            "P99999999999999999W",
            "1m",
            "",
            "PT2562047788015215H",
            "P99999999999999999D",
            "x".repeat(100_000))) {
      refused(TAG + DAY + "&aggregate=Average&width=" + width, "width must be");
    }
  }

  @Test
  void tooMuchIsRefusedWithAdvice() {
    assertThat(question(PLAIN.replace("PT1M", "PT0.864S")).aggregates()).hasSize(1);
    refused(PLAIN.replace("PT1M", "PT0.8639S"), "at most 100000 values");
    refused(PLAIN.replace("PT1M", "PT0.000001S"), "Ask for wider buckets");
    String many =
        IntStream.rangeClosed(0, 100).mapToObj(i -> TAG + i).collect(Collectors.joining("&"));
    refused(many + DAY + "&aggregate=Average&width=P1D", "101 tags are named, at most 100");
    refused(
        "tag=a/b%23c&from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z"
            + "&aggregate=Average&calendar=day&zone=Europe/Vienna",
        "at most 100000 values");
  }

  private static void refused(String query, String because) {
    assertThatThrownBy(() -> question(query))
        .as(query.substring(0, Math.min(query.length(), 300)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1_500));
  }

  private static AggregateQuestion question(String query) {
    Map<String, List<String>> values = new HashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      String[] nameAndValue = part.split("=", 2);
      values
          .computeIfAbsent(nameAndValue[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(nameAndValue[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    Map<String, String[]> parameters = new HashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
    return AggregateQuestion.of(new Parameters(parameters), SITE);
  }
}
