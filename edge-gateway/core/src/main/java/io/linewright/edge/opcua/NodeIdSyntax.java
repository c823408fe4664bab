package io.linewright.edge.opcua;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text form of node ids (OPC UA part 6, clause 5.3.1.10): {@code ns=2;s=name}, {@code
 * nsu=urn:plant;i=17}, without namespace for namespace 0. Identifiers are numeric {@code i=}, text
 * {@code s=}, GUID {@code g=} or opaque {@code b=} (Base64).
 */
public final class NodeIdSyntax {

  private static final Pattern NUMERIC = Pattern.compile("\\d{1,10}");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

  /** What is wrong with the text; empty if it is a node id. */
  public static Optional<String> problem(String text) {
    String identifier = text;
    if (text.startsWith("ns=") || text.startsWith("nsu=")) {
      int semicolon = text.indexOf(';');
      if (semicolon < 0) {
        return Optional.of("has a namespace but no ';' and identifier behind it");
      }
      String namespace = text.substring(text.indexOf('=') + 1, semicolon);
      if (text.startsWith("ns=") ? !isIndex(namespace) : namespace.isEmpty()) {
        return Optional.of("has no valid namespace: '" + namespace + "'");
      }
      identifier = text.substring(semicolon + 1);
    }
    if (identifier.length() < 3 || identifier.charAt(1) != '=') {
      return Optional.of("has no identifier i=, s=, g= or b=");
    }
    return identifierProblem(identifier.charAt(0), identifier.substring(2));
  }

  private static Optional<String> identifierProblem(char kind, String value) {
    boolean valid =
        switch (kind) {
          case 'i' -> NUMERIC.matcher(value).matches() && Long.parseLong(value) <= 0xFFFF_FFFFL;
          case 's' -> value.length() <= 4096;
          case 'g' -> GUID.matcher(value).matches();
          case 'b' -> BASE64.matcher(value).matches() && value.length() % 4 == 0;
          default -> false;
        };
    return valid ? Optional.empty() : Optional.of("has no valid identifier: '" + kind + "=…'");
  }

  private static boolean isIndex(String namespace) {
    return NUMERIC.matcher(namespace).matches() && Long.parseLong(namespace) <= 0xFFFF;
  }

  private NodeIdSyntax() {}
}
