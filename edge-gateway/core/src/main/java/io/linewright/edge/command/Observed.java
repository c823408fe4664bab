package io.linewright.edge.command;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a driver has told of a tag since this gateway started.
 *
 * @param value null if there is none
 * @param status its quality
 * @param at when the gateway was told, by the gateway's clock
 */
public record Observed(@Nullable SampleValue value, StatusCode status, Instant at) {

  /** Whether it can be relied on: a value of good quality. */
  public boolean usable() {
    return value != null && status.isGood();
  }
}
