package io.linewright.kit.fault;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places in the code at which a fault drill ends the process as a power cut would: with SIGKILL, at
 * the n-th passing. Without configuration every call does nothing.
 *
 * <p>Configured by {@code linewright.fault.kill-at=before-copy:3,rebalance:1}.
 */
public final class FaultPoints {

  /** Name of the property that arms points. */
  public static final String PROPERTY = "linewright.fault.kill-at";

  private static final Logger LOG = LoggerFactory.getLogger(FaultPoints.class);
  private static final int EXIT_OF_SIGKILL = 137;

  private final Map<String, AtomicLong> remaining;
  private final Runnable killer;

  /**
   * For tests that stand in for the kill.
   *
   * @param killAt at which passing, from 1, each point is armed
   * @param killer runs instead of the kill
   */
  public FaultPoints(Map<String, Long> killAt, Runnable killer) {
    Map<String, AtomicLong> counters = HashMap.newHashMap(killAt.size());
    killAt.forEach((point, passing) -> counters.put(point, new AtomicLong(passing)));
    this.remaining = Map.copyOf(counters);
    this.killer = killer;
  }

  /** No point is armed. */
  public static FaultPoints none() {
    return new FaultPoints(Map.of(), () -> {});
  }

  /**
   * Reads {@code point:n,point:n}; blank text arms nothing.
   *
   * @throws IllegalArgumentException if an entry is not a name, a colon and a number from 1
   */
  public static FaultPoints parse(String text) {
    return new FaultPoints(entries(text), FaultPoints::killThisProcess);
  }

  static Map<String, Long> entries(String text) {
    Map<String, Long> killAt = new HashMap<>();
    for (String entry : text.split(",", -1)) {
      if (entry.isBlank()) {
        continue;
      }
      int colon = entry.lastIndexOf(':');
      String point = colon < 1 ? "" : entry.substring(0, colon).strip();
      String passing = entry.substring(colon + 1).strip();
      if (point.isEmpty() || !passing.matches("[1-9][0-9]{0,9}")) {
        throw new IllegalArgumentException(
            PROPERTY + ": '" + entry.strip() + "' must be POINT:N with N from 1");
      }
      killAt.put(point, Long.valueOf(passing));
    }
    return killAt;
  }

  /** Says that the code has come to this point; ends the process if the drill asks for it. */
  public void reached(String point) {
    if (remaining.isEmpty()) {
      return;
    }
    AtomicLong left = remaining.get(point);
    if (left != null && left.decrementAndGet() == 0) {
      killer.run();
    }
  }

  private static void killThisProcess() {
    LOG.warn("Fault drill: this process kills itself now");
    try {
      Process kill =
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      if (!kill.waitFor(5, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(EXIT_OF_SIGKILL);
      }
    } catch (IOException noKillCommand) {
      Runtime.getRuntime().halt(EXIT_OF_SIGKILL);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_OF_SIGKILL);
  }
}
