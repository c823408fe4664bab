package io.linewright.gateway.app.routing;

/** Requests whose body is a file: it may be large and take its time. */
final class Uploads {

  private static final String IMPORTS = "/api/v1/imports";

  private Uploads() {}

  /** Whether such a request is one. */
  static boolean isOne(String method, String path) {
    return method.equals("POST") && path.equals(IMPORTS);
  }
}
