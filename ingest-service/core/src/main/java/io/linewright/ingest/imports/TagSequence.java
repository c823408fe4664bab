package io.linewright.ingest.imports;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.StatusCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows of one tag their ordinals: 0, 1, … by their order in the file among those of one
 * microsecond, unless the file says them. So the same file always gives the same samples. That
 * needs the rows of a tag in order of time; what goes back is refused, because it could be a repeat
 * that nobody remembers.
 */
final class TagSequence {

  /** What a row said, small also if its value is large. */
  private record Said(@Nullable Object value, StatusCode status) {}

  private static final int LARGE = 64;

  private long newest = Long.MIN_VALUE;
  private int ordinal;
  private @Nullable Said said;

  /**
   * Places the next row.
   *
   * @param explicit its ordinal; null if the file says none
   * @return accepted, repeated or refused
   */
  Verdict place(
      ImportTag tag,
      @Nullable SampleValue value,
      StatusCode status,
      long micros,
      @Nullable Integer explicit) {
    Said now = new Said(small(value), status);
    if (explicit == null) {
      if (micros < newest) {
        return new Verdict.Refused(
            "the time is earlier than that of a row of this tag before it; sort the file by time,"
                + " or give the column ordinal");
      }
      if (micros == newest && now.equals(said)) {
        return new Verdict.Repeated();
      }
      if (micros == newest && ordinal == Sample.MAX_ORDINAL) {
        return new Verdict.Refused(
            "more than %d values in one microsecond".formatted(Sample.MAX_ORDINAL + 1));
      }
      remember(micros, micros == newest ? ordinal + 1 : 0, now);
      return new Verdict.Accepted(tag, new Sample(value, status, micros, ordinal));
    }
    if (micros == newest && explicit == ordinal) {
      return now.equals(said)
          ? new Verdict.Repeated()
          : new Verdict.Refused("the row before it has another value at this time and ordinal");
    }
    if (micros > newest || (micros == newest && explicit > ordinal)) {
      remember(micros, explicit, now);
    }
    return new Verdict.Accepted(tag, new Sample(value, status, micros, explicit));
  }

  private void remember(long micros, int itsOrdinal, Said its) {
    newest = micros;
    ordinal = itsOrdinal;
    said = its;
  }

  private static @Nullable Object small(@Nullable SampleValue value) {
    return switch (value) {
      case StringValue(String text) when text.length() > LARGE ->
          digest(text.getBytes(StandardCharsets.UTF_8));
      case BytesValue(byte[] bytes) when bytes.length > LARGE -> digest(bytes);
      case null, default -> value;
    };
  }

  private static Object digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
