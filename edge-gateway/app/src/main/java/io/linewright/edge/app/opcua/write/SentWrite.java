package io.linewright.edge.app.opcua.write;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.opcua.item.Item;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.value.UaValues;
import io.linewright.edge.app.opcua.value.ValueParts;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** One write on its way: sent once, then read back, some times if the server needs a moment. */
final class SentWrite {

  /**
   * Answers that leave open whether the value has come to the machine behind the server (part 4,
   * clause 7.39).
   */
  private static final Set<Long> DOUBTFUL =
      Set.of(
          StatusCodes.Bad_Timeout,
          StatusCodes.Bad_CommunicationError,
          StatusCodes.Bad_InternalError,
          StatusCodes.Bad_UnexpectedError);

  /** Pauses before the first and each further look at what the node holds. */
  private static final List<Duration> LOOKS =
      List.of(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(450));

  private final OpcUaClient client;
  private final WriteJob job;
  private final NodeId node;
  private final Object object;

  /**
   * @param object what the node, or its element, shall hold
   */
  SentWrite(OpcUaClient client, WriteJob job, NodeId node, Object object) {
    this.client = client;
    this.job = job;
    this.node = node;
    this.object = object;
  }

  /**
   * Sends it and sees how it ends.
   *
   * @param element which element of an array; null: the node holds none
   */
  WriteOutcome over(OpcUaSession session, ValuePath.@Nullable Index element) {
    try {
      return sent(session, element);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return new WriteOutcome.Unknown("the connection ended before the write was read back");
    }
  }

  private WriteOutcome sent(OpcUaSession session, ValuePath.@Nullable Index element)
      throws InterruptedException {
    WriteRequest request =
        new WriteRequest(
            client.newRequestHeader(
                session.getAuthenticationToken(), uint(Deadlines.CALL.toMillis())),
            new WriteValue[] {WrittenValue.of(node, element, object)});
    try {
      UaResponseMessageType response =
          client
              .sendRequestAsync(request)
              .get(Deadlines.CALL.toMillis() + 1000, TimeUnit.MILLISECONDS);
      var results = ((WriteResponse) response).getResults();
      if (results == null || results.length != 1) {
        return lookedAt("the server's answer does not belong to the write");
      }
      return results[0].isBad() ? refused(results[0].value()) : lookedAt(null);
    } catch (TimeoutException late) {
      return lookedAt("the write was not answered in time");
    } catch (ExecutionException failed) {
      UaException fault =
          UaException.extract(failed).orElseGet(() -> new UaException(failed.getCause()));
      if (fault instanceof UaServiceFaultException) {
        return refused(fault.getStatusCode().value());
      }
      return fault.getStatusCode().value() == StatusCodes.Bad_Timeout
          ? lookedAt("the write was not answered in time")
          : new WriteOutcome.Unknown(
              "the connection ended before the write was answered ("
                  + Deadlines.describe(fault)
                  + ")");
    }
  }

  private WriteOutcome refused(long status) throws InterruptedException {
    var code = new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(status);
    return DOUBTFUL.contains(status)
        ? lookedAt("the server answers " + code)
        : new WriteOutcome.Refused(StatusCode.of((int) status), "the server answers " + code);
  }

  /**
   * Looks at what the node holds.
   *
   * @param doubt why the write may not have been carried out; null: the server says that it was
   */
  private WriteOutcome lookedAt(@Nullable String doubt) throws InterruptedException {
    Object held = null;
    String missing = "";
    for (Duration pause : LOOKS) {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      DataValue data;
      try {
        data = read();
      } catch (LinkException | UaException failed) {
        String problem = "it could not be read back (" + failed.getMessage() + ")";
        return new WriteOutcome.Unknown(doubt == null ? problem : doubt + "; " + problem);
      }
      held = part(data);
      missing = "reading back gives " + data.statusCode();
      if (object.equals(held)) {
        break;
      }
    }
    return judged(held, missing, doubt);
  }

  private WriteOutcome judged(@Nullable Object held, String missing, @Nullable String doubt) {
    SampleValue value = held == null ? null : UaValues.convert(held, job.type());
    if (value == null) {
      String problem = held == null ? missing : "the node holds what is no value of the tag";
      return new WriteOutcome.Unknown(doubt == null ? problem : doubt + "; " + problem);
    }
    if (object.equals(held)) {
      return new WriteOutcome.Verified(value);
    }
    return doubt == null
        ? new WriteOutcome.Differs(value)
        : new WriteOutcome.Unknown(doubt + ", and the node holds another value");
  }

  private DataValue read() throws UaException, LinkException, InterruptedException {
    DataValue[] results =
        Deadlines.await(
                "reading back",
                client.readAsync(0, TimestampsToReturn.Neither, List.of(new Item(0, node).value())))
            .getResults();
    if (results == null || results.length != 1) {
      throw new LinkException("the server answered for another number of nodes than asked for");
    }
    return results[0];
  }

  private @Nullable Object part(DataValue data) throws InterruptedException {
    Object whole = data.value().value();
    if (whole == null || data.statusCode().isBad()) {
      return null;
    }
    try {
      return ValueParts.WITHOUT_STRUCTURES.find(whole, job.place().part())
              instanceof ValueParts.Found(Object found)
          ? found
          : null;
    } catch (LinkException structure) {
      throw new IllegalStateException("elements of arrays need no decoding", structure);
    }
  }
}
