package io.linewright.ingest.app.quality.day;

import io.linewright.kit.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** How long reading may take. */
public final class Limit {

  /** Nobody waits. */
  public static final Limit NONE = new Limit(() -> Instant.EPOCH, Duration.ZERO, null);

  private final InstantSource clock;
  private final Duration longest;
  private final @Nullable Instant end;

  private Limit(InstantSource clock, Duration longest, @Nullable Instant end) {
    this.clock = clock;
    this.longest = longest;
    this.end = end;
  }

  /** So long from now on. */
  public static Limit of(InstantSource clock, Duration longest) {
    return new Limit(clock, longest, clock.instant().plus(longest));
  }

  /**
   * What is left for the next query, in seconds; 0: without limit, as JDBC has it.
   *
   * @throws RefusedException if nothing is left
   */
  public int seconds() {
    Instant until = end;
    if (until == null) {
      return 0;
    }
    Duration left = Duration.between(clock.instant(), until);
    if (!left.isPositive()) {
      throw passed();
    }
    return (int) Math.max(1, left.toSeconds());
  }

  /** What is said when it has passed. */
  public RefusedException passed() {
    return new RefusedException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "too-slow",
        "The samples were not read within %d s; ask later, or for what the night has judged"
            .formatted(longest.toSeconds()));
  }
}
