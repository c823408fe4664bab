package io.linewright.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds what a client of an OpenAPI description could rely on and no longer can. */
public final class BreakingChanges {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private BreakingChanges() {}

  /** One sentence per change; additions are none, unless they are required of the client. */
  public static List<String> between(JsonNode before, JsonNode after) {
    List<String> changes = new ArrayList<>();
    for (String path : before.path("paths").propertyNames()) {
      for (String method : before.path("paths").path(path).propertyNames()) {
        if (METHODS.contains(method)) {
          compare(
              method + " " + path,
              before.path("paths").path(path).path(method),
              after.path("paths").path(path).path(method),
              changes);
        }
      }
    }
    JsonNode schemas = before.path("components").path("schemas");
    for (String name : schemas.propertyNames()) {
      JsonNode now = after.path("components").path("schemas").path(name).path("properties");
      for (String field : schemas.path(name).path("properties").propertyNames()) {
        JsonNode old = schemas.path(name).path("properties").path(field);
        if (now.path(field).isMissingNode()) {
          changes.add("field " + name + "." + field + " is gone");
        } else if (!old.path("type").equals(now.path(field).path("type"))) {
          changes.add("field " + name + "." + field + " has another type");
        }
      }
    }
    return changes;
  }

  private static void compare(
      String operation, JsonNode before, JsonNode after, List<String> changes) {
    if (after.isMissingNode()) {
      changes.add(operation + " is gone");
      return;
    }
    for (JsonNode parameter : before.path("parameters")) {
      if (find(after, parameter).isMissingNode()) {
        changes.add(operation + ": parameter " + parameter.path("name").asString() + " is gone");
      }
    }
    for (JsonNode parameter : after.path("parameters")) {
      boolean required = parameter.path("required").asBoolean(false);
      if (required && !find(before, parameter).path("required").asBoolean(false)) {
        changes.add(
            operation + ": parameter " + parameter.path("name").asString() + " is now required");
      }
    }
    for (String status : before.path("responses").propertyNames()) {
      if (after.path("responses").path(status).isMissingNode()) {
        changes.add(operation + ": answer " + status + " is gone");
      }
    }
  }

  private static JsonNode find(JsonNode operation, JsonNode wanted) {
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("name").equals(wanted.path("name"))
          && parameter.path("in").equals(wanted.path("in"))) {
        return parameter;
      }
    }
    return operation.path("no such parameter");
  }
}
