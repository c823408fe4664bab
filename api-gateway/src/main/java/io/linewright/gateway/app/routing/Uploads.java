package io.linewright.gateway.app.routing;

import java.util.Set;

/** Requests whose body is a file: it may be large and take its time. */
final class Uploads {

  private static final String IMPORTS = "/api/v1/imports";
  private static final Set<String> DOCUMENTS =
      Set.of("/api/v1/master-data", "/api/v1/mes/documents");

  private Uploads() {}

  /** Whether such a request is one. */
  static boolean isOne(String method, String path) {
    return method.equals("POST") && path.equals(IMPORTS);
  }

  /** Whether its body is a document, which is larger than other bodies and no file. */
  static boolean isDocument(String method, String path) {
    return method.equals("POST") && DOCUMENTS.contains(path);
  }
}
