package io.linewright.ingest.app.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An admitted stream. The server uses its context and its response for another request as soon as
 * this one is complete, so that it must be completed once, whoever is first: the thread of the
 * stream, or the server that finds its client gone; and never while something is being written:
 * what a write that failed leaves behind would meet the other request.
 */
final class LiveStream implements AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  private final String subject;

  /** Held by whoever writes, and by whoever ends the stream. */
  private final ReentrantLock response = new ReentrantLock();

  private volatile @Nullable Thread thread;
  private volatile boolean ended;

  /**
   * @param subject who reads it
   */
  LiveStream(String subject) {
    this.subject = subject;
  }

  String subject() {
    return subject;
  }

  boolean ended() {
    return ended;
  }

  /** The thread that writes. */
  void runs(Thread writing) {
    thread = writing;
  }

  void interrupt() {
    Thread writing = thread;
    if (writing != null) {
      writing.interrupt();
    }
  }

  /** What the thread of the stream writes to: fails once the stream has ended. */
  OutputStream output(OutputStream out) {
    return new Output(out);
  }

  /** Completes the answer, unless that has been done; waits while something is being written. */
  void end(AsyncContext async) {
    response.lock();
    try {
      if (!ended) {
        ended = true;
        async.complete();
      }
    } catch (IllegalStateException before) {
      LOG.trace("The server has ended the stream before", before);
    } finally {
      response.unlock();
    }
  }

  /** A client that is gone gets no error page. */
  @Override
  public void onError(AsyncEvent event) {
    end(event.getAsyncContext());
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end(event.getAsyncContext());
  }

  @Override
  public void onComplete(AsyncEvent event) {
    response.lock();
    ended = true;
    response.unlock();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private final class Output extends OutputStream {

    private final OutputStream out;

    Output(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      response.lock();
      try {
        check();
        out.write(bytes, from, length);
      } finally {
        response.unlock();
      }
    }

    @Override
    public void flush() throws IOException {
      response.lock();
      try {
        check();
        out.flush();
      } finally {
        response.unlock();
      }
    }

    private void check() throws IOException {
      if (ended) {
        throw new IOException("the server has ended the stream, because its client is gone");
      }
    }
  }
}
