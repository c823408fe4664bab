package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Sample;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Readings of samples in the order of time, one per instant; what it supersedes hangs on it.
 * Entries BadNoData before the first other one only say where the archive begins and are passed
 * over.
 *
 * <p>Memory: the samples of one instant.
 */
public final class Readings implements Iterator<Reading> {

  private final Iterator<Sample> samples;
  private final AggregateConfiguration configuration;
  private final boolean needsNumbers;
  private @Nullable Sample ahead;
  private long lastMicros = Long.MIN_VALUE;
  private int lastOrdinal = -1;

  /**
   * @param samples ascending by source time, then ordinal; read once, as far as needed
   * @param needsNumbers whether a value that is no finite number counts as Bad
   */
  public Readings(
      Iterator<Sample> samples, AggregateConfiguration configuration, boolean needsNumbers) {
    this.samples = samples;
    this.configuration = configuration;
    this.needsNumbers = needsNumbers;
    do {
      ahead = pull();
    } while (ahead != null
        && AggregateStatus.code(ahead.status()).equals(AggregateStatus.BAD_NO_DATA));
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /**
   * @throws IllegalArgumentException if the samples are not in the order of time and ordinal
   */
  @Override
  public Reading next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    long micros = ahead.sourceMicros();
    Reading reading = null;
    while (ahead != null && ahead.sourceMicros() == micros) {
      reading = Reading.of(ahead, configuration, needsNumbers, reading);
      ahead = pull();
    }
    return Objects.requireNonNull(reading);
  }

  private @Nullable Sample pull() {
    if (!samples.hasNext()) {
      return null;
    }
    Sample sample = samples.next();
    long micros = sample.sourceMicros();
    if (micros < lastMicros || (micros == lastMicros && sample.ordinal() <= lastOrdinal)) {
      throw new IllegalArgumentException(
          "samples must ascend by time and ordinal, but (%d, %d) follows (%d, %d)"
              .formatted(micros, sample.ordinal(), lastMicros, lastOrdinal));
    }
    lastMicros = micros;
    lastOrdinal = sample.ordinal();
    return sample;
  }
}
