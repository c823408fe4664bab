package io.linewright.model.historian;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a tag on a day are not good enough, or are good enough again. Told when that
 * begins, when what is not good enough changes, and when it ends: what was told of a tag last, of a
 * day and of those before it, holds until it is told otherwise.
 *
 * @param machine path of the equipment at present
 * @param tag name of the tag
 * @param owner who answers for it; null: nobody named
 * @param day which day, {@code 2026-01-31}
 * @param zone IANA time zone of the day
 * @param version of the judgement, from 1; higher ones replace lower ones
 * @param score 0 to 1
 * @param breaches what is below its bound: {@code completeness}, {@code timeliness}, {@code
 *     validity}, {@code plausibility}, {@code flat-line}, {@code spikes}; empty: good enough again
 */
public record DataQualityBreached(
    String machine,
    String tag,
    @Nullable String owner,
    String day,
    String zone,
    int version,
    @Nullable Double score,
    List<String> breaches) {

  public DataQualityBreached {
    breaches = List.copyOf(breaches);
  }
}
