package io.linewright.ingest.imports;

import io.linewright.model.sample.Sample;

/** What becomes of a row. */
public sealed interface Verdict {

  /** It is a value of that tag. */
  record Accepted(ImportTag tag, Sample sample) implements Verdict {}

  /** It says again what the row before it of the same tag and time says. */
  record Repeated() implements Verdict {}

  /**
   * It cannot be used.
   *
   * @param reason why, one sentence
   */
  record Refused(String reason) implements Verdict {}
}
