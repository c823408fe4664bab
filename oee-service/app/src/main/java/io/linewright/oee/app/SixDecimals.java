package io.linewright.oee.app;

import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Instants as answers that are written by hand have them: with six decimals. */
final class SixDecimals extends ValueSerializer<Instant> {

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  @Override
  public void serialize(Instant time, JsonGenerator out, SerializationContext context) {
    if (time.isBefore(FIRST) || !time.isBefore(END)) {
      out.writeString(time.toString());
    } else {
      out.writeString(Rfc3339.format(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000));
    }
  }
}
