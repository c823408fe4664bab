package io.linewright.gateway.app.openapi;

import io.linewright.gateway.app.routing.ServicePaths;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts the OpenAPI documents of services into one. Paths outside {@code /api/} stay out; a schema
 * whose name is taken by a different one is renamed to {@code <service>_<name>}.
 */
final class OpenApiMerge {

  private static final String SCHEMA_REFERENCE = "#/components/schemas/";

  private final ObjectNode whole;

  /**
   * @param own document of the gateway, which becomes the merged one
   */
  OpenApiMerge(ObjectNode own) {
    this.whole = own;
    remove(own.withObjectProperty("paths"));
  }

  /** Takes over the schemas and tags of a service, and those of its paths that lead to it. */
  void add(String service, JsonNode document) {
    JsonNode copy = document.deepCopy();
    ObjectNode schemas = whole.withObjectProperty("components").withObjectProperty("schemas");
    Map<String, String> renamed = new TreeMap<>();
    for (Map.Entry<String, JsonNode> schema :
        copy.path("components").path("schemas").properties()) {
      JsonNode taken = schemas.get(schema.getKey());
      if (taken != null && !taken.equals(schema.getValue())) {
        renamed.put(schema.getKey(), service + "_" + schema.getKey());
      }
    }
    redirect(copy, renamed);
    for (Map.Entry<String, JsonNode> schema :
        copy.path("components").path("schemas").properties()) {
      schemas.set(renamed.getOrDefault(schema.getKey(), schema.getKey()), schema.getValue());
    }
    ObjectNode paths = whole.withObjectProperty("paths");
    for (Map.Entry<String, JsonNode> path : copy.path("paths").properties()) {
      if (path.getKey().startsWith("/api/")
          && ServicePaths.serviceOf(path.getKey()).equals(service)) {
        paths.set(path.getKey(), path.getValue());
      }
    }
    ArrayNode tags = whole.withArrayProperty("tags");
    copy.path("tags").forEach(tags::add);
  }

  /** Says that the document of that service is missing. */
  void missing(String service) {
    whole.withArrayProperty("x-linewright-missing").add(service);
  }

  /** The document so far. */
  ObjectNode document() {
    return whole;
  }

  private static void remove(ObjectNode paths) {
    paths.propertyNames().stream()
        .filter(path -> !path.startsWith("/api/"))
        .toList()
        .forEach(paths::remove);
  }

  private static void redirect(JsonNode node, Map<String, String> renamed) {
    if (renamed.isEmpty()) {
      return;
    }
    if (node instanceof ObjectNode object) {
      String reference = object.path("$ref").asString("");
      String name =
          reference.startsWith(SCHEMA_REFERENCE)
              ? renamed.get(reference.substring(SCHEMA_REFERENCE.length()))
              : null;
      if (name != null) {
        object.set("$ref", StringNode.valueOf(SCHEMA_REFERENCE + name));
      }
    }
    node.forEach(child -> redirect(child, renamed));
  }
}
