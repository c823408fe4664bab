package io.linewright.ingest.app.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** What streams left out, and how many ended because of their readers. */
final class LiveMeters {

  private final Counter skipped;
  private final Counter slow;
  private final Counter gone;

  LiveMeters(MeterRegistry registry) {
    skipped =
        Counter.builder("linewright.live.skipped")
            .description("Values that streams left out because of their pace")
            .register(registry);
    slow = dropped(registry, "slow");
    gone = dropped(registry, "gone");
  }

  private static Counter dropped(MeterRegistry registry, String reason) {
    return Counter.builder("linewright.live.dropped")
        .description("Streams that were ended because their reader took nothing, or was gone")
        .tag("reason", reason)
        .register(registry);
  }

  void skipped(long values) {
    skipped.increment(values);
  }

  /** Counts a stream whose writing failed. */
  void dropped(IOException failure) {
    (tookNothing(failure) ? slow : gone).increment();
  }

  private static boolean tookNothing(IOException failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
