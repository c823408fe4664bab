package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/** Waits for answers, never without a deadline. */
public final class Deadlines {

  /** Longest wait for the answer to one call; a cold server on a loaded machine takes seconds. */
  public static final Duration CALL = Duration.ofSeconds(10);

  private static final Set<Long> ENDS =
      Set.of(
          StatusCodes.Bad_ConnectionClosed,
          StatusCodes.Bad_ConnectionRejected,
          StatusCodes.Bad_NotConnected,
          StatusCodes.Bad_ServerNotConnected,
          StatusCodes.Bad_NoCommunication,
          StatusCodes.Bad_CommunicationError,
          StatusCodes.Bad_SecureChannelClosed,
          StatusCodes.Bad_SecureChannelIdInvalid,
          StatusCodes.Bad_SessionClosed,
          StatusCodes.Bad_SessionIdInvalid,
          StatusCodes.Bad_SessionNotActivated,
          StatusCodes.Bad_SubscriptionIdInvalid,
          StatusCodes.Bad_Shutdown,
          StatusCodes.Bad_ServerHalted,
          StatusCodes.Bad_Timeout);

  /**
   * The answer to a call.
   *
   * @param what the call, for the message
   * @throws UaException if the server answers with a fault
   * @throws LinkException if it does not answer in time
   */
  public static <T> T await(String what, CompletableFuture<T> answer)
      throws UaException, LinkException, InterruptedException {
    Vigil vigil = Vigil.current();
    long asked = System.nanoTime();
    vigil.asked(asked);
    while (true) {
      long left = CALL.toNanos() - (System.nanoTime() - asked);
      try {
        return answer.get(Math.clamp(left, 0, vigil.tickNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        if (left <= 0) {
          throw new LinkException(
              what + ": no answer within " + CALL.toSeconds() + " s; check the server", late);
        }
        vigil.nothingHeard(what, System.nanoTime());
      } catch (ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        throw UaException.extract(cause).orElseGet(() -> new UaException(cause));
      }
    }
  }

  /** The answer to a call without which the connection is of no use. */
  public static <T> T require(String what, CompletableFuture<T> answer)
      throws LinkException, InterruptedException {
    try {
      return await(what, answer);
    } catch (UaException fault) {
      throw new LinkException(what + ": " + describe(fault), fault);
    }
  }

  /** Status name and message of a fault. */
  public static String describe(UaException fault) {
    String message = fault.getMessage();
    return message == null ? fault.getStatusCode().toString() : message;
  }

  /**
   * Whether a fault is of the connection, session or subscription and not of what was asked: the
   * same question in smaller parts would fail alike.
   */
  public static boolean endsConnection(UaException fault) {
    long status = fault.getStatusCode().value();
    return ENDS.contains(status);
  }

  private Deadlines() {}
}
