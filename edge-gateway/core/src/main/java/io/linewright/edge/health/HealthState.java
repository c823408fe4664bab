package io.linewright.edge.health;

import java.util.Arrays;
import java.util.Optional;

/** Where a connection or a device stands; later ones are worse. */
public enum HealthState {
  /** Values, or signs of life, come in time. */
  RUNNING("running"),
  /** Not connected yet. */
  CONNECTING("connecting"),
  /** Connected, the device answers, but no values come. */
  NO_DATA("connected-no-data"),
  /** Connected, but the device says nothing: its tags are Bad. */
  SILENT("silent"),
  /** Waits before the next try to connect: its tags are Bad. */
  WAITING("waiting"),
  /** Its driver does not run. */
  STOPPED("stopped");

  private final String text;

  HealthState(String text) {
    this.text = text;
  }

  /** The state of that text; empty if there is none. */
  public static Optional<HealthState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  /** The worse of both. */
  public HealthState orWorse(HealthState other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As it is told: {@code connected-no-data}. */
  @Override
  public String toString() {
    return text;
  }
}
