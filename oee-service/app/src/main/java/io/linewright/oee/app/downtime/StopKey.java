package io.linewright.oee.app.downtime;

import io.linewright.kit.problem.RefusedException;
import io.linewright.oee.engine.input.MachineInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * By what a stop is asked for: the machine's number and the begin of the stop. If late data move
 * the begin, it means the stop at that instant.
 *
 * @param machineId number of the machine
 * @param micros an instant of the stop, microseconds since the epoch
 */
record StopKey(int machineId, long micros) implements Comparable<StopKey> {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})\\.(-?[0-9a-z]{1,12})");
  private static final int BASE = 36;

  /**
   * The key of a text.
   *
   * @throws RefusedException {@code no-such-stop} if it is none
   */
  static StopKey parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      long micros = Long.parseLong(matcher.group(2), BASE);
      if (MachineInput.ALL_TIME.contains(micros)) {
        return new StopKey(Integer.parseInt(matcher.group(1)), micros);
      }
    }
    throw new RefusedException(
        HttpStatus.NOT_FOUND,
        "no-such-stop",
        "No stop is called %s; GET /api/v1/stops lists stops with their ids".formatted(text));
  }

  /** The latest first, then by machine: as lists are ordered. */
  @Override
  public int compareTo(StopKey other) {
    int byTime = Long.compare(other.micros, micros);
    return byTime != 0 ? byTime : Integer.compare(machineId, other.machineId);
  }

  @Override
  public String toString() {
    return machineId + "." + Long.toString(micros, BASE);
  }
}
