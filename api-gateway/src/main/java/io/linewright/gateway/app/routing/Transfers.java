package io.linewright.gateway.app.routing;

import java.util.Set;

/** Requests with larger bodies than others, or with answers that may take their time. */
final class Transfers {

  private static final String IMPORTS = "/api/v1/imports";
  private static final Set<String> DOCUMENTS =
      Set.of("/api/v1/master-data", "/api/v1/mes/documents");
  private static final Set<String> DOWNLOADS = Set.of("/api/v1/export", "/api/v1/checksums");

  private Transfers() {}

  /** Whether its body is a file: it may be large and take its time. */
  static boolean isUpload(String method, String path) {
    return method.equals("POST") && path.equals(IMPORTS);
  }

  /** Whether its body is a document, which is larger than other bodies and no file. */
  static boolean isDocument(String method, String path) {
    return method.equals("POST") && DOCUMENTS.contains(path);
  }

  /** Whether its answer is made of all that a service has: it may take its time. */
  static boolean isDownload(String method, String path) {
    return method.equals("GET") && DOWNLOADS.contains(path);
  }
}
