package io.linewright.simulator.condition;

/** How hard a machine is at work. */
public enum Activity {
  /** Stopped or aborted: drives are off. */
  OFF(0),
  /** Ready or in transition: drives turn without load. */
  WAITING(0.35),
  /** An item is being worked on. */
  WORKING(1);

  private final double share;

  Activity(double share) {
    this.share = share;
  }

  /** Share of full load, 0 to 1. */
  public double share() {
    return share;
  }
}
