package io.linewright.ingest.app.history;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.history.SampleSource.Usable;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.TagKey;
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

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int TEXTS_AT_ONCE = 400;

  /** So many walks over one tag share what they read, unless one falls behind. */
  private static final int STRETCHES_KEPT = 6;

  /** Longest time in which an answer may read, whoever still waits for it. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  /** From where samples come. */
  record Sources(SampleSource stored, EffectiveSource effective, CorrectionLog corrections) {}

  /**
   * An answer for which samples are read.
   *
   * @param editions what has been said of the tags, of those of which something has and counts
   * @param upTo only samples stored up to this time belong to it
   * @param end when it has read for too long
   */
  private record Answer(
      Map<Integer, Edition> editions, long upTo, Instant end, HeavyReads.Answer reads) {}

  private final Registry registry;
  private final Sources sources;
  private final JdbcClient jdbc;
  private final HeavyReads reads;
  private final InstantSource clock;

  Histories(
      Registry registry, Sources sources, JdbcClient jdbc, HeavyReads reads, InstantSource clock) {
    this.registry = registry;
    this.sources = sources;
    this.jdbc = jdbc;
    this.reads = reads;
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

  /**
   * Whether walks of {@link #inTurn} side by side, bucket by bucket, read what they share once.
   *
   * @param walks how many have a way of their own
   * @param samples how many there are in a bucket
   */
  public static boolean areKept(int walks, long samples) {
    return walks * (samples / EffectiveSource.LONGEST_STRETCH + 1) <= STRETCHES_KEPT;
  }

  private List<PieceReader> readers(List<TagKey> keys, View view, TimeRange range) {
    registry.refresh();
    return keys.stream().map(key -> new PieceReader(registry, key, view, range)).toList();
  }

  private List<TagHistory> open(List<PieceReader> readers, Truth truth, int atOnce, int kept) {
    HeavyReads.Answer places = reads.answer();
    Map<Integer, Edition> editions =
        truth == Truth.RAW ? Map.of() : places.read(() -> editions(readers));
    Answer answer =
        new Answer(
            editions, IngestPosition.upTo(jdbc), clock.instant().plus(LONGEST_ANSWER), places);
    List<TagHistory> histories = new ArrayList<>(readers.size());
    for (PieceReader reader : readers) {
      Tag tag = reader.tag();
      int most = EffectiveSource.isLarge(tag.type()) ? TEXTS_AT_ONCE : SAMPLES_AT_ONCE;
      int stretch = Math.min(EffectiveSource.stretch(tag.type()), most / atOnce);
      histories.add(
          new TagHistory(
              tag,
              reader.parts(),
              ask -> reader.read(ask, (stored, part) -> read(stored, part, answer)),
              stretch,
              kept));
    }
    return histories;
  }

  /** What has been said of the tags, of those of which something has. */
  private Map<Integer, Edition> editions(List<PieceReader> readers) {
    Map<Integer, Edition> editions = new HashMap<>();
    sources
        .corrections()
        .versions(readers.stream().flatMap(PieceReader::tagIds).distinct().toList())
        .forEach((id, version) -> editions.put(id, sources.corrections().edition(id, version)));
    return editions;
  }

  private List<Sample> read(Tag tag, Ask ask, Answer answer) {
    if (clock.instant().isAfter(answer.end())) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-slow",
          "The answer took more than %d minutes of reading; ask for a shorter range or fewer tags"
              .formatted(LONGEST_ANSWER.toMinutes()));
    }
    Edition edition = answer.editions().get(tag.id());
    return answer.reads().read(() -> read(tag, edition, ask, answer.upTo()));
  }

  /**
   * @param edition null: nothing has been said of the tag, or it does not count
   */
  private List<Sample> read(Tag tag, @Nullable Edition edition, Ask ask, long upTo) {
    if (edition == null) {
      return ask.usable() == Usable.KNOWN && ask.newestFirst()
          ? sources.stored().known(tag, ask, SampleSource.KNOWN_AMONG, upTo)
          : sources.stored().read(tag, ask, upTo);
    }
    return sources.effective().read(tag, edition, ask, upTo).stream()
        .map(StoredSample::sample)
        .toList();
  }
}
