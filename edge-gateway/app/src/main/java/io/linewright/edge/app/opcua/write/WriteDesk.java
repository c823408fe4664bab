package io.linewright.edge.app.opcua.write;

import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.driver.write.PendingWrite;
import io.linewright.edge.config.TagAddress.OpcUaNode;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;

/** The writes of one connection that wait, also while there is none. Safe for all threads. */
public final class WriteDesk {

  /** Most writes of a connection that wait. */
  static final int MAX_WAITING = 64;

  private static final StatusCode BAD_NOT_WRITABLE = new StatusCode(0x803B0000);
  private static final StatusCode BAD_TOO_MANY_OPERATIONS = new StatusCode(0x80100000);

  private final LinkedBlockingDeque<WriteJob> waiting = new LinkedBlockingDeque<>(MAX_WAITING);

  /**
   * Queues a write.
   *
   * @param tag a tag with an OPC UA address
   * @param patience time after which it is not sent any more
   */
  public CompletableFuture<WriteOutcome> submit(
      TagChannel tag, SampleValue value, Duration patience) {
    TagDescription description = tag.settings().description();
    if (tag.wireType() != description.type()) {
      return refused(
          BAD_NOT_WRITABLE,
          "values of " + description.key() + " come through its state-map, which leads one way");
    }
    OpcUaNode place = (OpcUaNode) tag.settings().address();
    WriteJob job = new WriteJob(place, description.type(), value, new PendingWrite(patience));
    if (!waiting.offer(job)) {
      return refused(
          BAD_TOO_MANY_OPERATIONS,
          MAX_WAITING + " writes wait for this connection; try again later");
    }
    job.pending().expireInTime(() -> waiting.remove(job));
    return job.pending().outcome();
  }

  private static CompletableFuture<WriteOutcome> refused(StatusCode status, String reason) {
    return CompletableFuture.completedFuture(new WriteOutcome.Refused(status, reason));
  }

  /** Waits for the next write; it may have expired. */
  WriteJob next() throws InterruptedException {
    return waiting.take();
  }

  /** Puts a write that was not sent in front of all others. */
  void putBack(WriteJob job) {
    if (!waiting.offerFirst(job)) {
      job.pending().refuse(BAD_TOO_MANY_OPERATIONS, "the connection ended, and too many wait");
    }
  }
}
