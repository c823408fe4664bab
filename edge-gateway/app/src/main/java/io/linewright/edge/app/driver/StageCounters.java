package io.linewright.edge.app.driver;

import io.linewright.edge.app.driver.DriverStatus.Counts;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of one driver; written by its thread, read by any. */
public final class StageCounters {

  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder setAside = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder lostMessages = new LongAdder();
  private final LongAdder reconnects = new LongAdder();

  void received() {
    in.increment();
  }

  void handedOn() {
    out.increment();
  }

  void setAside() {
    setAside.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void made() {
    made.increment();
  }

  /** The connection was built anew, or taken up again after a cut. */
  public void reconnected() {
    reconnects.increment();
  }

  /** A value said that the device lost others before it. */
  public void overflowed() {
    overflows.increment();
  }

  /** A message of values is lost for good. */
  public void messageLost() {
    lostMessages.increment();
  }

  /** The counts now. */
  public Counts counts() {
    return new Counts(
        in.sum(),
        out.sum(),
        setAside.sum(),
        repeated.sum(),
        made.sum(),
        overflows.sum(),
        lostMessages.sum(),
        reconnects.sum());
  }
}
