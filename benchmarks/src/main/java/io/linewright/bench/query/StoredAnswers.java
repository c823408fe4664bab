package io.linewright.bench.query;

import io.linewright.bench.plant.Json;
import io.linewright.bench.query.Questions.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Keeps some answers of each kind, drawn evenly from all, and compares them afterwards with what
 * the table of samples says by SQL. What was stored in the last minute before a question may have
 * come after it and is left out.
 */
final class StoredAnswers {

  /** Answers of each kind. */
  static final int KEPT = 12;

  private static final long MINUTE = 60_000_000L;

  private static final String TIME = "(timestamptz 'epoch' + %s * interval '1 microsecond')";

  private static final String MICROS = "(extract(epoch FROM source_time) * 1000000)::bigint";

  private static final String RAW =
      """
      SELECT %s, number FROM ingest.sample
      WHERE tag_id = ? AND source_time >= %s AND source_time < %s ORDER BY source_time, ordinal
      """
          .formatted(MICROS, TIME.formatted("?"), TIME.formatted("?"));

  /** Of each column the first, last, least and greatest; of equal ones the first. */
  private static final String EXTREMES =
      """
      WITH s AS (
        SELECT source_time, ordinal, number, (%1$s - ?) / ? AS col FROM ingest.sample
        WHERE tag_id = ? AND source_time >= %2$s AND source_time < %2$s),
      ranked AS (
        SELECT source_time, ordinal, number,
          row_number() OVER (PARTITION BY col ORDER BY source_time, ordinal) AS first,
          row_number() OVER (PARTITION BY col ORDER BY source_time DESC, ordinal DESC) AS last,
          row_number() OVER (PARTITION BY col ORDER BY number, source_time, ordinal) AS least,
          row_number() OVER (PARTITION BY col ORDER BY number DESC, source_time, ordinal) AS most
        FROM s)
      SELECT %1$s, number FROM ranked
      WHERE ranked.first = 1 OR ranked.last = 1 OR ranked.least = 1 OR ranked.most = 1
      ORDER BY source_time, ordinal
      """
          .formatted(MICROS, TIME.formatted("?"));

  private static final String UNKNOWN =
      """
      SELECT count(*) FROM unnest(?::int[], ?::bigint[], ?::float8[]) AS a (tag, micros, number)
      WHERE NOT EXISTS (
        SELECT FROM ingest.sample s
        WHERE s.tag_id = a.tag AND s.source_time = %s AND s.number = a.number)
      """
          .formatted(TIME.formatted("a.micros"));

  /** A point of a chart, or a sample. */
  private record Point(long micros, double number) {}

  private final Map<Kind, List<Asked>> kept = new HashMap<>();
  private final Map<Kind, Integer> offered = new HashMap<>();
  private final SplittableRandom random;

  StoredAnswers(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Forgets all. */
  void forget() {
    kept.clear();
    offered.clear();
  }

  /** Keeps an answer, or not. */
  void offer(Asked asked) {
    List<Asked> some = kept.computeIfAbsent(asked.kind(), first -> new ArrayList<>());
    int before = offered.merge(asked.kind(), 1, Integer::sum) - 1;
    if (some.size() < KEPT) {
      some.add(asked);
      return;
    }
    int place = random.nextInt(before + 1);
    if (place < KEPT) {
      some.set(place, asked);
    }
  }

  /** How many are kept. */
  int size() {
    return kept.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Compares all that are kept.
   *
   * @param tagIds number of each tag of the plan in the registry
   * @return what is wrong, a sentence for each wrong answer
   */
  List<String> wrong(Connection connection, HistoryPlan plan, int[] tagIds) throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (List<Asked> some : kept.values()) {
      for (Asked asked : some) {
        String text =
            asked.kind() == Kind.LAST_VALUES
                ? wrongValues(connection, plan, tagIds, asked)
                : wrongPoints(connection, tagIds[asked.tag()], asked);
        if (!text.isEmpty()) {
          wrong.add("%s asked at %s: %s".formatted(asked.kind(), asked.at(), text));
        }
      }
    }
    return wrong;
  }

  private static String wrongPoints(Connection connection, int tagId, Asked asked)
      throws SQLException {
    JsonNode body = Json.parse(asked.body());
    boolean columns = body.path("method").asString("").equals("extremes");
    long to = Math.min(AnswerCheck.micros(asked.to()), AnswerCheck.micros(asked.at()) - MINUTE);
    if (columns) {
      to = AnswerCheck.columns(asked).begin(to);
    }
    List<Point> answered = new ArrayList<>();
    for (JsonNode sample : body.path("samples")) {
      long micros = AnswerCheck.micros(sample);
      if (micros < to) {
        answered.add(new Point(micros, sample.path("value").asDouble(Double.NaN)));
      }
    }
    List<Point> stored = stored(connection, tagId, asked, to, columns);
    for (int i = 0; i < Math.max(answered.size(), stored.size()); i++) {
      Object left = i < answered.size() ? answered.get(i) : "nothing more";
      Object right = i < stored.size() ? stored.get(i) : "nothing more";
      if (!left.equals(right)) {
        return "of %s to %s point %d is %s, by the table %s"
            .formatted(asked.from(), asked.to(), i, left, right);
      }
    }
    return "";
  }

  private static List<Point> stored(
      Connection connection, int tagId, Asked asked, long toMicros, boolean columns)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(columns ? EXTREMES : RAW)) {
      int next = 1;
      if (columns) {
        TrendColumns grid = AnswerCheck.columns(asked);
        query.setLong(next++, grid.originMicros());
        query.setLong(next++, grid.widthMicros());
      }
      query.setInt(next++, tagId);
      query.setLong(next++, AnswerCheck.micros(asked.from()));
      query.setLong(next, toMicros);
      List<Point> points = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          points.add(new Point(row.getLong(1), row.getDouble(2)));
        }
      }
      return points;
    }
  }

  /** Each value stands in the table. */
  private static String wrongValues(
      Connection connection, HistoryPlan plan, int[] tagIds, Asked asked) throws SQLException {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> keys = plan.tags().keys();
    for (int tag = 0; tag < keys.size(); tag++) {
      numbers.put(keys.get(tag), tagIds[tag]);
    }
    List<Integer> tags = new ArrayList<>();
    List<Long> micros = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (JsonNode value : Json.parse(asked.body()).path("values")) {
      tags.add(numbers.getOrDefault(value.path("tag").asString(""), 0));
      micros.add(AnswerCheck.micros(value));
      values.add(value.path("value").asDouble(Double.NaN));
    }
    try (PreparedStatement query = connection.prepareStatement(UNKNOWN)) {
      query.setArray(1, connection.createArrayOf("int4", tags.toArray(Integer[]::new)));
      query.setArray(2, connection.createArrayOf("int8", micros.toArray(Long[]::new)));
      query.setArray(3, connection.createArrayOf("float8", values.toArray(Double[]::new)));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        long unknown = row.getLong(1);
        return unknown == 0 ? "" : "%d values do not stand in the table".formatted(unknown);
      }
    }
  }
}
