package io.linewright.edge.app.driver;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Writes values to devices and reads them back. Who may write what is decided before; this only
 * carries it out.
 */
@FunctionalInterface
public interface TagWriter {

  /**
   * Writes a value once. May be called from any thread and returns at once.
   *
   * @param tag a tag of the gateway file
   * @param value in the tag's unit, as the tag declares it
   * @param patience time from now after which the value is not sent any more
   * @return always completes, never exceptionally, on a thread that must not be blocked
   */
  CompletableFuture<WriteOutcome> write(TagKey tag, SampleValue value, Duration patience);
}
