package io.linewright.ingest.app.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection of a snapshot that lasts too long, or whose client takes too little, and with
 * it all that the snapshot holds up. On a thread of its own: whoever writes stands in one write for
 * as long as the client takes a byte now and then.
 */
final class SnapshotWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWatch.class);

  /** What may stand in buffers besides what the client has taken. */
  private static final long BUFFERED = 16 * 1024;

  private final Connection connection;
  private final ExportSettings settings;
  private final long begin = System.nanoTime();
  private final Thread thread;

  private boolean writing;
  private long writingSince;
  private long waited;
  private long taken;
  private @Nullable String ended;

  private SnapshotWatch(Connection connection, ExportSettings settings) {
    this.connection = connection;
    this.settings = settings;
    this.thread = Thread.ofVirtual().name("export-watch").unstarted(this::run);
  }

  /** Watches a connection from now on. */
  static SnapshotWatch start(Connection connection, ExportSettings settings) {
    SnapshotWatch watch = new SnapshotWatch(connection, settings);
    watch.thread.start();
    return watch;
  }

  /** What is written to the client goes through it. */
  OutputStream watched(OutputStream to) {
    return new FilterOutputStream(to) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        beginWrite();
        try {
          out.write(bytes, offset, length);
        } finally {
          endWrite(length);
        }
      }

      @Override
      public void flush() throws IOException {
        beginWrite();
        try {
          out.flush();
        } finally {
          endWrite(0);
        }
      }
    };
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      Duration left = settings.maxDuration();
      while (left.isPositive()) {
        Thread.sleep(left.compareTo(settings.rateWindow()) < 0 ? left : settings.rateWindow());
        if (tooSlow()) {
          end(
              "its client took less than %d bytes/s for %s"
                  .formatted(settings.minRate().toBytes(), settings.rateWindow()));
          return;
        }
        left = settings.maxDuration().minusNanos(System.nanoTime() - begin);
      }
      end("it took longer than " + settings.maxDuration());
    } catch (InterruptedException closed) {
      // It is over
    }
  }

  private void end(String reason) {
    synchronized (this) {
      ended = "the export was broken off: " + reason;
    }
    LOG.warn("An export was broken off, because others wait for what it holds: {}", reason);
    try {
      connection.abort(Runnable::run);
    } catch (SQLException failed) {
      LOG.warn("The connection of the export cannot be ended", failed);
    }
  }

  /** Whether too little was taken since the last look, of the time that was spent with writing. */
  private synchronized boolean tooSlow() {
    if (writing) {
      long now = System.nanoTime();
      waited += now - writingSince;
      writingSince = now;
    }
    double wanted = settings.minRate().toBytes() * (waited / 1e9);
    boolean slow = taken + BUFFERED < wanted;
    waited = 0;
    taken = 0;
    return slow;
  }

  private synchronized void beginWrite() throws IOException {
    if (ended != null) {
      throw new IOException(ended);
    }
    writing = true;
    writingSince = System.nanoTime();
  }

  private synchronized void endWrite(int bytes) {
    waited += System.nanoTime() - writingSince;
    writing = false;
    taken += bytes;
  }
}
