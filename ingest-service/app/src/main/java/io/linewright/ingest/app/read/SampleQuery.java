package io.linewright.ingest.app.read;

import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.page.PageCursor.Pin;
import io.linewright.ingest.page.PageCursor.Question;
import io.linewright.model.sample.Sample;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads samples of one tag in order of source time and ordinal: those that count, or, by the
 * cursor, those that came.
 */
final class SampleQuery {

  private final JdbcClient jdbc;
  private final EffectiveSource effective;
  private final CorrectionLog corrections;
  private final HeavyReads reads;

  SampleQuery(
      JdbcClient jdbc, EffectiveSource effective, CorrectionLog corrections, HeavyReads reads) {
    this.jdbc = jdbc;
    this.effective = effective;
    this.corrections = corrections;
    this.reads = reads;
  }

  /** The ingest position to freeze now, microseconds since the epoch. */
  long upTo() {
    return IngestPosition.upTo(jdbc);
  }

  /**
   * The last corrections to freeze now, of the stored tags that have values of a range; of the
   * newest, if they are very many.
   */
  List<Pin> pins(Series series, long fromMicros, long toMicros) {
    List<Integer> tagIds =
        series.sources().reversed().stream()
            .filter(source -> source.fromMicros() < toMicros && source.toMicros() > fromMicros)
            .map(Series.Source::tagId)
            .distinct()
            .limit(PageCursor.MOST_PINS)
            .toList();
    Map<Integer, Long> versions = corrections.versions(tagIds);
    return tagIds.stream().map(id -> new Pin(id, versions.getOrDefault(id, 0L))).toList();
  }

  /** What counts of what had been said when the question was asked. */
  PinnedCorrections corrections(Question question) {
    return new PinnedCorrections(question, corrections::version, corrections::edition);
  }

  /** What has been said of samples up to a correction, also of those that do not count. */
  SampleCorrections about(int tagId, long upToVersion, List<Sample> samples) {
    return SampleCorrections.of(corrections, tagId, samples, upToVersion);
  }

  /** Where samples are read from. */
  EffectiveSource samples() {
    return effective;
  }

  /** For the reads of one answer. */
  HeavyReads.Answer answer() {
    return reads.answer();
  }
}
