package io.linewright.bench.query;

import io.linewright.bench.plant.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What can be said of an answer without looking into the database. */
final class AnswerCheck {

  static final int POINTS = 1_000;
  static final int HOUR = 3_600;

  /** First, last, least and greatest. */
  private static final int MOST_PER_COLUMN = 4;

  /** Of the columns of a trend; the bench itself leaves out the minutes in which it loads. */
  private static final double LEAST_COLUMNS = 0.9;

  private final HistoryPlan plan;
  private final Set<String> keys;

  AnswerCheck(HistoryPlan plan) {
    this.plan = plan;
    this.keys = Set.copyOf(plan.tags().keys());
  }

  /** What is wrong; empty: nothing. */
  String wrong(Asked asked) {
    if (asked.status() != 200) {
      return asked.status() + " " + asked.body();
    }
    JsonNode body = Json.parse(asked.body());
    return switch (asked.kind()) {
      case LAST_VALUES -> wrongLastValues(asked, body.path("values"));
      case TREND -> wrongTrend(asked, body);
      case RAW_HOUR -> wrongHour(asked, body.path("samples"));
    };
  }

  /** All of them, none older than what the platform had to know. */
  private String wrongLastValues(Asked asked, JsonNode values) {
    Set<String> missing = new HashSet<>(keys);
    for (JsonNode value : values) {
      String tag = value.path("tag").asString("");
      if (!missing.remove(tag)) {
        return "the tag " + tag + " was not asked for, or comes twice";
      }
      long behind = asked.knownMicros() - micros(value);
      if (behind > 0) {
        return "the value of %s is %d ms older than one that Kafka had %d s before the question"
            .formatted(tag, behind / 1_000, Questions.KNOWN.toSeconds());
      }
    }
    return missing.isEmpty() ? "" : "%d tags have no value".formatted(missing.size());
  }

  private String wrongHour(Asked asked, JsonNode samples) {
    if (samples.size() != HOUR) {
      return "%d samples instead of %d".formatted(samples.size(), HOUR);
    }
    return disorder(asked, samples);
  }

  private String wrongTrend(Asked asked, JsonNode body) {
    JsonNode samples = body.path("samples");
    String method = body.path("method").asString("");
    if (method.equals("raw")) {
      boolean few = samples.size() >= 2 && samples.size() <= POINTS;
      return few ? disorder(asked, samples) : "%d samples, all of them".formatted(samples.size());
    }
    if (!method.equals("extremes")) {
      return "the method is '" + method + "'";
    }
    return disorder(asked, samples) + wrongColumns(asked, samples);
  }

  private String wrongColumns(Asked asked, JsonNode samples) {
    TrendColumns columns = columns(asked);
    long last = -1;
    int inColumn = 0;
    int filled = 0;
    for (JsonNode sample : samples) {
      long column = columns.of(micros(sample));
      inColumn = column == last ? inColumn + 1 : 1;
      filled += column == last ? 0 : 1;
      last = column;
      if (inColumn > MOST_PER_COLUMN) {
        return "more than %d samples in the column of %s"
            .formatted(MOST_PER_COLUMN, sample.path("time").asString(""));
      }
    }
    long all = columns.of(micros(asked.to()) - 1) + 1;
    boolean dense = 2 * plan.stepMicros() <= columns.widthMicros();
    return dense && filled < LEAST_COLUMNS * all
        ? "samples in %d of %d columns only".formatted(filled, all)
        : "";
  }

  /** Columns of a trend. */
  static TrendColumns columns(Asked asked) {
    return TrendColumns.of(micros(asked.from()), micros(asked.to()), POINTS);
  }

  /** Times ascend and lie in the range. */
  private static String disorder(Asked asked, JsonNode samples) {
    long before = micros(asked.from()) - 1;
    for (JsonNode sample : samples) {
      long micros = micros(sample);
      if (micros <= before) {
        return "%s does not come after the one before".formatted(sample.path("time").asString(""));
      }
      before = micros;
    }
    return before < micros(asked.to()) ? "" : "a sample lies behind the end";
  }

  /** Source time of a sample, microseconds since the epoch. */
  static long micros(JsonNode sample) {
    return micros(Instant.parse(sample.path("time").asString("")));
  }

  /** Microseconds since the epoch. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
