package io.linewright.kit.security;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * What the role operator may do in a service besides reading. A service without such a bean lets
 * operators read only.
 *
 * @param requests what an admin may do too
 */
public record OperatorRights(List<Request> requests) {

  /** Nothing. */
  public static final OperatorRights NONE = new OperatorRights(List.of());

  /**
   * A kind of request.
   *
   * @param pattern path, {@code *} for one segment
   */
  public record Request(HttpMethod method, String pattern) {}

  public OperatorRights {
    requests = List.copyOf(requests);
  }
}
