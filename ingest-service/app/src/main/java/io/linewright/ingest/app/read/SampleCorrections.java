package io.linewright.ingest.app.read;

import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.CorrectionViews;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.app.truth.ToldCorrection;
import io.linewright.ingest.truth.Target.At;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has been said of the samples of a stretch, by key. */
final class SampleCorrections {

  /** Most corrections that are shown of a value, the latest. */
  static final int MOST = 20;

  private final Map<At, List<ToldCorrection>> aboutValues = new HashMap<>();
  private final List<ToldCorrection> aboutRanges;

  private SampleCorrections(List<ToldCorrection> aboutValues, List<ToldCorrection> aboutRanges) {
    for (ToldCorrection told : aboutValues) {
      if (told.entry().correction().target() instanceof At key) {
        this.aboutValues.computeIfAbsent(key, first -> new ArrayList<>()).add(told);
      }
    }
    this.aboutRanges = aboutRanges;
  }

  /**
   * Reads them.
   *
   * @param samples ascending
   * @param upToVersion up to which correction
   */
  static SampleCorrections of(
      CorrectionLog log, int tagId, List<Sample> samples, long upToVersion) {
    if (samples.isEmpty()) {
      return new SampleCorrections(List.of(), List.of());
    }
    At first = At.of(samples.getFirst());
    At last = At.of(samples.getLast());
    return new SampleCorrections(
        log.aboutValues(tagId, first, last, upToVersion, MOST),
        log.aboutRanges(tagId, first.micros(), last.micros(), upToVersion));
  }

  /** Of a sample, latest first. */
  List<CorrectionView> of(Sample sample) {
    List<ToldCorrection> told = new ArrayList<>(aboutValues.getOrDefault(At.of(sample), List.of()));
    long time = sample.sourceMicros();
    for (ToldCorrection range : aboutRanges) {
      var target = range.entry().correction().target();
      if (target.fromMicros() <= time && time < target.toMicros()) {
        told.add(range);
      }
    }
    return told.stream()
        .sorted(Comparator.comparingLong((ToldCorrection one) -> one.entry().version()).reversed())
        .limit(MOST)
        .map(CorrectionViews::view)
        .toList();
  }
}
