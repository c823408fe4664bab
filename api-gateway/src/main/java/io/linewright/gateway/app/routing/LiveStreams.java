package io.linewright.gateway.app.routing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The live streams that pass through: at most so many, none older than the limit, and all ended
 * when the gateway stops, because a graceful shutdown would wait for them.
 */
final class LiveStreams {

  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final Duration maxAge;
  private final InstantSource clock;

  LiveStreams(int most, Duration maxAge, InstantSource clock) {
    this.places = new Semaphore(most);
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** A place for one more stream; empty if all are taken. */
  Optional<Place> reserve() {
    return places.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
  }

  /** Number of streams that are passing through. */
  int count() {
    return open.size();
  }

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void endOld() {
    Instant oldest = clock.instant().minus(maxAge);
    open.stream().filter(stream -> stream.since.isBefore(oldest)).forEach(Stream::end);
  }

  @EventListener(ContextClosedEvent.class)
  void endAll() {
    open.forEach(Stream::end);
  }

  /** The right to one stream; given back when the stream is closed, or by {@link #release}. */
  final class Place {

    private final AtomicBoolean held = new AtomicBoolean(true);

    private Place() {}

    /** Puts the stream of a service under control. */
    InputStream watch(InputStream body) {
      Stream stream = new Stream(body, this);
      open.add(stream);
      return stream;
    }

    void release() {
      if (held.getAndSet(false)) {
        places.release();
      }
    }
  }

  /** Ends for its reader, as if the service had ended it, when {@link #end} is called. */
  private final class Stream extends FilterInputStream {

    private final Instant since = clock.instant();
    private final Place place;
    private volatile boolean ended;

    private Stream(InputStream body, Place place) {
      super(body);
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (ended) {
        return -1;
      }
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        if (ended) {
          return -1;
        }
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      open.remove(this);
      place.release();
      super.close();
    }

    private void end() {
      ended = true;
      try {
        in.close();
      } catch (IOException e) {
        // The service's side is gone already: the reader sees the end either way.
        open.remove(this);
      }
    }
  }
}
