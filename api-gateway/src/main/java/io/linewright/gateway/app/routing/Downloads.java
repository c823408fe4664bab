package io.linewright.gateway.app.routing;

import java.util.Set;

/** Requests whose answer is made of all that a service has: it may take its time. */
final class Downloads {

  private static final Set<String> PATHS = Set.of("/api/v1/export", "/api/v1/checksums");

  private Downloads() {}

  /** Whether such a request is one. */
  static boolean isOne(String method, String path) {
    return method.equals("GET") && PATHS.contains(path);
  }
}
