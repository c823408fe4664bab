package io.linewright.ingest.app.live;

import io.linewright.kit.problem.RefusedException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The live streams of this process. Each has a virtual thread of its own, which waits when its
 * client does not read: that holds up nobody, and no queue grows.
 */
final class LiveStreams implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  /** Writes a stream, in one thread. */
  interface Client {
    /**
     * Sends with what the stream begins.
     *
     * @throws IOException if nobody reads
     */
    void begin(@Nullable String lastEventId) throws IOException, InterruptedException;

    /**
     * Sends what has changed since the last message.
     *
     * @throws IOException if nobody reads
     */
    void next() throws IOException;

    /** Time between two messages. */
    Duration interval();
  }

  /** Makes the client of a stream whose answer has begun. */
  interface Opening {
    Client open(OutputStream out) throws IOException;
  }

  private final int most;
  private final int mostPerSubject;
  private final long beatNanos;
  private final LiveMeters meters;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  /**
   * @param beat streams wake at its multiples only, so that they find the same values and share
   *     their JSON
   */
  LiveStreams(int most, int mostPerSubject, Duration beat, LiveMeters meters) {
    this.most = most;
    this.mostPerSubject = mostPerSubject;
    this.beatNanos = beat.toNanos();
    this.meters = meters;
  }

  /**
   * Answers a request by a stream that goes on after this method has returned.
   *
   * @param subject who asks
   * @throws RefusedException if there are too many streams, of all or of this subject
   */
  void open(
      String subject,
      @Nullable String lastEventId,
      Opening opening,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LiveStream stream = admit(subject, response);
    boolean begun = false;
    try {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      AsyncContext async = request.startAsync(request, response);
      async.setTimeout(0);
      async.addListener(stream);
      // Headers leave here, in the thread of the request, before anybody else writes.
      response.flushBuffer();
      Client client = opening.open(stream.output(response.getOutputStream()));
      stream.runs(
          Thread.ofVirtual()
              .name("live-stream")
              .start(() -> run(stream, client, lastEventId, async)));
      begun = true;
    } finally {
      if (!begun) {
        streams.remove(stream);
      }
    }
  }

  /** Number of streams. */
  int count() {
    return streams.size();
  }

  private synchronized LiveStream admit(String subject, HttpServletResponse response) {
    if (!running || streams.size() >= most) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-many-streams",
          "There are %d live streams, the bound of this service; close one or try later"
              .formatted(streams.size()));
    }
    long own = streams.stream().filter(other -> other.subject().equals(subject)).count();
    if (own >= mostPerSubject) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      throw new RefusedException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-own-streams",
          "%s has %d live streams, the bound for one; close one or try later"
              .formatted(subject, own));
    }
    LiveStream stream = new LiveStream(subject);
    streams.add(stream);
    return stream;
  }

  private void run(
      LiveStream stream, Client client, @Nullable String lastEventId, AsyncContext async) {
    try {
      client.begin(lastEventId);
      long due = nextBeat();
      while (running && !stream.ended()) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        client.next();
        long next = due + client.interval().toNanos();
        due = next - System.nanoTime() > 0 ? next : nextBeat();
      }
    } catch (IOException unread) {
      LOG.debug("A live stream of {} was not read", stream.subject(), unread);
      meters.dropped(unread);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unexpected) {
      LOG.warn("A live stream ended by an error", unexpected);
    } finally {
      streams.remove(stream);
      stream.end(async);
    }
  }

  private long nextBeat() {
    long now = System.nanoTime();
    return now + beatNanos - Math.floorMod(now, beatNanos);
  }

  @Override
  public void start() {
    running = true;
  }

  /** Ends all streams, so that an orderly stop need not wait for clients to leave. */
  @Override
  public void stop() {
    running = false;
    streams.forEach(LiveStream::interrupt);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
