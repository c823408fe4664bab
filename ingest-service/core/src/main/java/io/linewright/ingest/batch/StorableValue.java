package io.linewright.ingest.batch;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Which values the historian's tables can hold: all but texts with the character U+0000, which
 * PostgreSQL has in no text. Halves of surrogate pairs need no rule: the bytes of a batch cannot
 * carry them.
 */
public final class StorableValue {

  private StorableValue() {}

  /** Whether a value, or the lack of one, can be stored. */
  public static boolean is(@Nullable SampleValue value) {
    return !(value instanceof StringValue(String text)) || text.indexOf('\0') < 0;
  }
}
