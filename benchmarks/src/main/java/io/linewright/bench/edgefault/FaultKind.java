package io.linewright.bench.edgefault;

/** What can go wrong between the machines and the bridge. */
enum FaultKind {
  /**
   * The process with both servers dies by SIGKILL and is started again: new session, new values.
   */
  SERVER_KILL(9),
  /** The same by SIGTERM. */
  SERVER_RESTART(7),
  /** SIGSTOP, then SIGCONT: queues and session survive. */
  SERVER_PAUSE(12),
  /** The server comes back with a certificate that nobody trusts, until somebody does. */
  CERTIFICATE(5),
  /** A line swallows for less than a queue holds. */
  SWALLOW(13),
  /** Every connection of a line breaks. */
  BREAK(9),
  /** One way of every connection of a line ends. */
  HALF_CLOSE(4),
  /** A line delivers late and in lumps. */
  STUTTER(8),
  /** A line is cut for ten seconds. */
  CUT_TEN(9),
  /** A line is cut for half a minute to a minute. */
  CUT_LONG(3),
  /** The broker dies by SIGKILL. */
  BROKER_KILL(6),
  /** The bridge dies by SIGKILL. */
  BRIDGE_KILL(6),
  /** The gateway dies by SIGKILL. */
  EDGE_KILL(8),
  /** The disk of the gateway's log is full, while its uplink is cut. */
  DISK_FULL(4),
  /** The gateway's clock is set, and back some seconds later. */
  CLOCK_JUMP(5);

  private final int weight;

  FaultKind(int weight) {
    this.weight = weight;
  }

  /** How often it is drawn beyond the first time, relative to the others. */
  int weight() {
    return weight;
  }
}
