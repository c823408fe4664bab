package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.correction.Corrector;
import io.linewright.ingest.app.correction.Corrector.Item;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Corrects at random what {@link LivePlant} writes, by the desk of the historian: replaces,
 * inserts, deletes and restores values, deletes and restores ranges. Some of it makes no sense and
 * is refused.
 */
final class LiveCorrections {

  /** All that can be done: a kind, with or without a range. */
  static final List<String> ALL_KINDS =
      List.of(
          "replace At", "insert At", "delete At", "delete During", "restore At", "restore During");

  private static final String NEXT =
      "SELECT source_time, ordinal FROM %s WHERE tag_id = ? AND source_time >= ?"
          + " ORDER BY source_time, ordinal LIMIT 1";

  private final LivePlant plant;
  private final Corrector corrector;
  private final JdbcClient jdbc;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  LiveCorrections(IngestDatabase database, LivePlant plant) {
    this.plant = plant;
    this.corrector = new Corrector(database);
    this.jdbc = JdbcClient.create(database.dataSource());
  }

  /** Makes a request with a few corrections. */
  void act(RandomGenerator random) {
    List<Item> items = new ArrayList<>();
    int count = random.nextInt(1, 6);
    for (int i = 0; i < count; i++) {
      int tag = random.nextInt(1, LivePlant.TAGS + 1);
      items.add(new Item(tag, correction(tag, random)));
    }
    for (Item item : corrector.correct(items)) {
      Correction correction = item.correction();
      made.add(correction.kind() + " " + correction.target().getClass().getSimpleName());
    }
  }

  /** What has been done, as in {@link #ALL_KINDS}. */
  Set<String> made() {
    return made;
  }

  private Correction correction(int tag, RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> set(Kind.REPLACE, stored(tag, random), tag, random);
      case 1 -> set(Kind.INSERT, anywhere(random), tag, random);
      case 2 -> Correction.delete(stored(tag, random));
      case 3 -> Correction.delete(range(random));
      case 4 -> Correction.restore(corrected(tag, random));
      default -> Correction.restore(range(random));
    };
  }

  private Correction set(Kind kind, At key, int tag, RandomGenerator random) {
    SampleValue value = plant.value(tag, random);
    StatusCode status = value == null ? StatusCode.BAD_NO_COMMUNICATION : LivePlant.status(random);
    return new Correction(kind, key, value, status);
  }

  /** Mostly the key of a sample. */
  private At stored(int tag, RandomGenerator random) {
    return random.nextInt(4) == 0 ? anywhere(random) : next("sample", tag, random);
  }

  private At corrected(int tag, RandomGenerator random) {
    return next("(SELECT * FROM correction WHERE end_time IS NULL) AS about_values", tag, random);
  }

  private At next(String table, int tag, RandomGenerator random) {
    long from = LivePlant.instant(random);
    return jdbc.sql(NEXT.formatted(table))
        .params(tag, LivePlant.at(from))
        .query((row, n) -> new At(SampleRead.micros(row, 1), row.getInt(2)))
        .optional()
        .orElseGet(() -> new At(from, 0));
  }

  /** Where samples are, or between them. */
  private static At anywhere(RandomGenerator random) {
    long between = random.nextInt(3) == 0 ? 250_000 : 0;
    return new At(LivePlant.instant(random) + between, random.nextInt(3));
  }

  /** Minutes or hours; now and then from the oldest sample far into the future. */
  private static During range(RandomGenerator random) {
    if (random.nextInt(12) == 0) {
      long begin = LivePlant.micros(LivePlant.OLD) + random.nextLong(60_000_000);
      return new During(begin, begin + 36_500L * 86_400_000_000L);
    }
    long from = LivePlant.instant(random);
    return new During(
        from, from + random.nextLong(1, random.nextBoolean() ? 90_000_000 : 5_400_000_000L));
  }
}
