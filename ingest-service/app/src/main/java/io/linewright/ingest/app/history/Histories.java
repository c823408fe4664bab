package io.linewright.ingest.app.history;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens what is stored of tags for an answer. */
public final class Histories {

  /** Samples that are read at once, divided among the tags that are walked side by side. */
  private static final int SAMPLES_AT_ONCE = 20_000;

  private static final int LONGEST_STRETCH = 5_000;

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int TEXTS_AT_ONCE = 400;

  private static final int LONGEST_STRETCH_OF_TEXTS = 100;

  /** So many walks over one tag share what they read, unless one falls behind. */
  private static final int STRETCHES_KEPT = 6;

  /** Longest time in which an answer may read, whoever still waits for it. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  private final Registry registry;
  private final SampleSource source;
  private final EffectiveSource effective;
  private final CorrectionLog corrections;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  Histories(
      Registry registry,
      SampleSource source,
      EffectiveSource effective,
      CorrectionLog corrections,
      JdbcClient jdbc,
      InstantSource clock) {
    this.registry = registry;
    this.source = source;
    this.effective = effective;
    this.corrections = corrections;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What these tags have now, for one tag to be read after the other.
   *
   * @param truth with corrections or as it was stored
   * @param range what is asked for; values around it are read as far as they are needed
   * @throws io.linewright.kit.problem.RefusedException not found, if one of them is unknown
   * @throws IllegalArgumentException if values of the range cannot be shown together, or not in the
   *     wanted unit
   */
  public List<TagHistory> inTurn(List<TagKey> keys, Truth truth, View view, TimeRange range) {
    return open(readers(keys, view, range), truth, 1, STRETCHES_KEPT);
  }

  /** The same, for all tags to be read side by side, each once. */
  public List<TagHistory> sideBySide(List<TagKey> keys, Truth truth, View view, TimeRange range) {
    return open(readers(keys, view, range), truth, keys.size(), 1);
  }

  private List<PieceReader> readers(List<TagKey> keys, View view, TimeRange range) {
    registry.refresh();
    return keys.stream().map(key -> new PieceReader(registry, key, view, range)).toList();
  }

  private List<TagHistory> open(List<PieceReader> readers, Truth truth, int atOnce, int kept) {
    Map<Integer, Edition> editions = truth == Truth.RAW ? Map.of() : editions(readers);
    long upTo = IngestPosition.upTo(jdbc);
    Instant end = clock.instant().plus(LONGEST_ANSWER);
    List<TagHistory> histories = new ArrayList<>(readers.size());
    for (PieceReader reader : readers) {
      Tag tag = reader.tag();
      boolean large = tag.type() == DataType.STRING || tag.type() == DataType.BYTES;
      int stretch =
          large
              ? Math.min(LONGEST_STRETCH_OF_TEXTS, TEXTS_AT_ONCE / atOnce)
              : Math.min(LONGEST_STRETCH, SAMPLES_AT_ONCE / atOnce);
      histories.add(
          new TagHistory(
              tag,
              reader.parts(),
              ask ->
                  reader.read(
                      ask,
                      (stored, part) -> read(stored, editions.get(stored.id()), part, upTo, end)),
              stretch,
              kept));
    }
    return histories;
  }

  /** What has been said of the tags, of those of which something has. */
  private Map<Integer, Edition> editions(List<PieceReader> readers) {
    Map<Integer, Edition> editions = new HashMap<>();
    corrections
        .versions(readers.stream().flatMap(PieceReader::tagIds).distinct().toList())
        .forEach((id, version) -> editions.put(id, corrections.edition(id, version)));
    return editions;
  }

  /**
   * @param edition null: nothing has been said of the tag, or it does not count
   */
  private List<Sample> read(Tag tag, @Nullable Edition edition, Ask ask, long upTo, Instant end) {
    if (clock.instant().isAfter(end)) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-slow",
          "The answer took more than %d minutes of reading; ask for a shorter range or fewer tags"
              .formatted(LONGEST_ANSWER.toMinutes()));
    }
    return edition == null
        ? source.read(tag, ask, upTo)
        : effective.read(tag, edition, ask, upTo).stream().map(StoredSample::sample).toList();
  }
}
