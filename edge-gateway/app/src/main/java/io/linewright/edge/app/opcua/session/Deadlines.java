package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.UaException;

/** Waits for answers, never without a deadline. */
public final class Deadlines {

  /** Longest wait for the answer to one call; a cold server on a loaded machine takes seconds. */
  public static final Duration CALL = Duration.ofSeconds(10);

  /**
   * The answer to a call.
   *
   * @param what the call, for the message
   * @throws UaException if the server answers with a fault
   * @throws LinkException if it does not answer in time
   */
  public static <T> T await(String what, CompletableFuture<T> answer)
      throws UaException, LinkException, InterruptedException {
    try {
      return answer.get(CALL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new LinkException(
          what + ": no answer within " + CALL.toSeconds() + " s; check the server", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw UaException.extract(cause).orElseGet(() -> new UaException(cause));
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

  private Deadlines() {}
}
