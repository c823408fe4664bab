package io.linewright.system.contract;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema (2020-12) of a flat event record. */
final class JsonSchemas {

  private JsonSchemas() {}

  static Map<String, Object> of(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      properties.put(component.getName(), type(component.getType(), nullable));
      if (!nullable) {
        required.add(component.getName());
      }
    }
    return AsyncApi.ordered(
        "type",
        "object",
        "required",
        required,
        "properties",
        properties,
        "additionalProperties",
        true);
  }

  private static Map<String, Object> type(Class<?> type, boolean nullable) {
    String name =
        switch (type.getSimpleName()) {
          case "String", "Instant" -> "string";
          case "int", "Integer", "long", "Long" -> "integer";
          case "double", "Double" -> "number";
          case "boolean", "Boolean" -> "boolean";
          case "List" -> "array";
          case "Map" -> "object"; // of any content
          default -> throw new IllegalArgumentException("no schema for " + type);
        };
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", nullable ? List.of(name, "null") : name);
    if (type == List.class) {
      schema.put("items", Map.of("type", "string")); // the events hold lists of texts only
    }
    if (type == Instant.class) {
      schema.put("format", "date-time");
    }
    return schema;
  }
}
