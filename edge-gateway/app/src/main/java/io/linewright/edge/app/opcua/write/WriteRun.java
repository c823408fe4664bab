package io.linewright.edge.app.opcua.write;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.edge.opcua.write.Fitted;
import io.linewright.edge.opcua.write.UaFit;
import io.linewright.model.sample.StatusCode;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the writes of a connection while it lives, one after the other, on a thread of its
 * own: the driver's thread goes on taking values. Nothing is sent while the session is being taken
 * up again, for Milo would keep it and send it at a time of its own choice.
 */
public final class WriteRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WriteRun.class);

  private static final StatusCode BAD_OUT_OF_RANGE = new StatusCode(0x803C0000);

  /** Pause between two looks at whether the session is back, while a write waits for it. */
  private static final long LOOK_MILLIS = 50;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final OpcUaClient client;
  private final WriteDesk desk;
  private final int nodesPerRead;
  private final Thread thread;
  private @Nullable NodeId knownSession;
  private @Nullable Targets known;

  private WriteRun(OpcUaClient client, WriteDesk desk, int nodesPerRead, String name) {
    this.client = client;
    this.desk = desk;
    this.nodesPerRead = nodesPerRead;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins with the writes that wait.
   *
   * @param client closed by the caller, after this
   * @param nodesPerRead most attributes of one read
   * @param connection for messages
   */
  public static WriteRun start(
      OpcUaClient client, WriteDesk desk, int nodesPerRead, String connection) {
    WriteRun run = new WriteRun(client, desk, nodesPerRead, "writes-" + connection);
    run.thread.start();
    return run;
  }

  /** Ends; a write that is under way is in doubt, the others wait for the next life. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_WAIT)) {
        LOG.warn("{} is still busy {} after its end", thread.getName(), CLOSE_WAIT);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        WriteJob job = desk.next();
        try {
          carryOut(job);
        } catch (InterruptedException ended) {
          desk.putBack(job);
          throw ended;
        } catch (RuntimeException defect) {
          LOG.error("{}: unexpected error", thread.getName(), defect);
          job.pending().take();
          job.pending().outcome().complete(new WriteOutcome.Unknown("unexpected error: " + defect));
        }
      }
    } catch (InterruptedException ended) {
      LOG.trace("{} ended", thread.getName());
    }
  }

  private void carryOut(WriteJob job) throws InterruptedException {
    while (!job.pending().late(System.nanoTime())) {
      OpcUaSession session = readySession();
      if (session != null && begun(session, job)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    job.pending().expire();
  }

  /**
   * The session, if a request would go out at once; null otherwise. The channel itself is asked,
   * too: Milo takes note of its end later than of the end of the requests that it carried.
   */
  private @Nullable OpcUaSession readySession() {
    if (!(client.getTransport() instanceof OpcTcpClientTransport tcp)) {
      return null;
    }
    CompletableFuture<Channel> channel = tcp.getChannelFsm().getChannel();
    if (!succeeded(channel) || !channel.join().isActive()) {
      return null;
    }
    CompletableFuture<OpcUaSession> session = client.getSessionAsync();
    return succeeded(session) ? session.join() : null;
  }

  private static boolean succeeded(CompletableFuture<?> future) {
    return future.isDone() && !future.isCompletedExceptionally();
  }

  /** Sends the write or refuses it; false if it can be done neither as long as the server fails. */
  private boolean begun(OpcUaSession session, WriteJob job) throws InterruptedException {
    try {
      Targets targets = targets(session);
      switch (targets.of(job.place().nodeId())) {
        case Target.Refusing(StatusCode status, String reason) ->
            job.pending().refuse(status, reason);
        case Target.Writable writable -> fitAndSend(session, targets, job, writable);
      }
      return true;
    } catch (LinkException unreachable) {
      LOG.debug("{}: nothing is written yet", thread.getName(), unreachable);
      return false;
    }
  }

  private Targets targets(OpcUaSession session) throws LinkException, InterruptedException {
    Targets present = known;
    if (present == null || !session.getSessionId().equals(knownSession)) {
      present = Targets.over(client, nodesPerRead);
      known = present;
      knownSession = session.getSessionId();
    }
    return present;
  }

  private void fitAndSend(
      OpcUaSession session, Targets targets, WriteJob job, Target.Writable target)
      throws InterruptedException {
    ValuePath part = job.place().part();
    ValuePath.Index element =
        part.steps().size() == 1 && part.steps().getFirst() instanceof ValuePath.Index index
            ? index
            : null;
    String misfit = misfit(part, element, target);
    if (misfit != null) {
      job.pending().refuse(StatusCode.BAD_TYPE_MISMATCH, misfit);
      return;
    }
    Fitted fitted = UaFit.fit(job.value(), target.type());
    if (fitted instanceof Fitted.Refused(String reason)) {
      job.pending().refuse(BAD_OUT_OF_RANGE, reason);
      return;
    }
    if (job.pending().late(System.nanoTime()) || !job.pending().take()) {
      job.pending().expire();
      return;
    }
    Object object = WrittenValue.object(fitted, target.type());
    WriteOutcome outcome = new SentWrite(client, job, target.node(), object).over(session, element);
    if (outcome instanceof WriteOutcome.Refused) {
      targets.forget(job.place().nodeId()); // perhaps the node is not what it was
    }
    job.pending().outcome().complete(outcome);
  }

  private static @Nullable String misfit(
      ValuePath part, ValuePath.@Nullable Index element, Target.Writable target) {
    if (element == null && !part.whole()) {
      return "part " + part + " cannot be written: only one element of an array can, as part: [0]";
    }
    if (element == null && target.array()) {
      return target.node().toParseableString() + " holds an array; name an element with part: [0]";
    }
    return element != null && !target.array()
        ? target.node().toParseableString() + " holds no array that has an element " + part
        : null;
  }
}
