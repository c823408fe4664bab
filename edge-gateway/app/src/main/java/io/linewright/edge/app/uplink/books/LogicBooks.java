package io.linewright.edge.app.uplink.books;

/**
 * Books of the edge logic: {@code in + made = out + suppressed + kept}, and what is held until its
 * interval is over.
 *
 * @param in values taken: the device's, and the drivers' marks and confirmations
 * @param out values handed to the log
 * @param suppressed values not worth reporting by the tag's {@code report}
 * @param kept values that may not leave the gateway
 * @param made values of derived tags, and repetitions
 */
public record LogicBooks(long in, long out, long suppressed, long kept, long made) {

  /** Nothing went through. */
  public static final LogicBooks NONE = new LogicBooks(0, 0, 0, 0, 0);
}
