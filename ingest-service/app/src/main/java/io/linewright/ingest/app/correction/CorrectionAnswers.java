package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered to requests about corrections. */
final class CorrectionAnswers {

  private CorrectionAnswers() {}

  /**
   * A correction that was made by a request.
   *
   * @param tag {@code path#name}
   */
  record MadeCorrection(String tag, CorrectionView correction) {}

  /** What a request has made, by tag and version. */
  record CorrectionsMade(
      String request,
      String by,
      String recordedAt,
      String reason,
      List<MadeCorrection> corrections) {}

  /** A page, newest first. */
  record CorrectionPage(String tag, List<CorrectionView> corrections, @Nullable String next) {}
}
