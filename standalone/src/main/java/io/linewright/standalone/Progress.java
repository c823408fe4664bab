package io.linewright.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the user sees while the platform starts and stops. */
final class Progress {

  private final PrintStream out;
  private final long begin;

  Progress(PrintStream out, long nanoTime) {
    this.out = out;
    this.begin = nanoTime;
  }

  /** A line as it is. */
  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A component is up, so many nanoseconds after its start began. */
  void up(String component, long nanos) {
    say(String.format(Locale.ROOT, "  %-22s %5.1f s", component, seconds(nanos)));
  }

  /** Seconds since the beginning. */
  double sinceBegin() {
    return seconds(System.nanoTime() - begin);
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
