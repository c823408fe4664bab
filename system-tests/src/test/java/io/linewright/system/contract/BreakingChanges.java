package io.linewright.system.contract;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a reader of the old document would stumble over in the new one. */
final class BreakingChanges {

  private BreakingChanges() {}

  static List<String> between(JsonNode old, JsonNode now) {
    List<String> found = new ArrayList<>();
    for (String topic : old.path("channels").propertyNames()) {
      if (!now.path("channels").has(topic)) {
        found.add("topic " + topic + " is gone");
      }
    }
    JsonNode oldMessages = old.path("components").path("messages");
    for (String message : oldMessages.propertyNames()) {
      compare(
          message,
          oldMessages.path(message).path("payload"),
          now.path("components").path("messages").path(message).path("payload"),
          found);
    }
    return found;
  }

  private static void compare(String message, JsonNode old, JsonNode now, List<String> found) {
    for (String field : old.path("properties").propertyNames()) {
      JsonNode before = old.path("properties").path(field).path("type");
      JsonNode after = now.path("properties").path(field).path("type");
      if (after.isMissingNode()) {
        found.add(message + "." + field + " is gone");
      } else if (!before.equals(after)) {
        found.add(message + "." + field + " was " + text(before) + " and is " + text(after));
      }
      if (contains(old.path("required"), field)
          && !contains(now.path("required"), field)
          && !after.isMissingNode()) {
        found.add(message + "." + field + " was always there and may now be missing");
      }
    }
  }

  private static String text(JsonNode type) {
    return type.isString() ? type.asString() : type.toString();
  }

  private static boolean contains(JsonNode array, String text) {
    for (JsonNode entry : array) {
      if (entry.asString().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
