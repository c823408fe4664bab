package io.linewright.system.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema (2020-12) of an event record, with the records in it. */
final class JsonSchemas {

  private JsonSchemas() {}

  static Map<String, Object> of(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      properties.put(component.getName(), type(component.getGenericType(), nullable));
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

  private static Map<String, Object> type(Type generic, boolean nullable) {
    Class<?> type =
        (Class<?>) (generic instanceof ParameterizedType of ? of.getRawType() : generic);
    if (type.isRecord()) {
      Map<String, Object> nested = new LinkedHashMap<>(of(type));
      nested.put("type", nullable ? List.of("object", "null") : "object");
      return nested;
    }
    String name =
        switch (type.getSimpleName()) {
          case "String", "Instant" -> "string";
          case "int", "Integer", "long", "Long" -> "integer";
          case "double", "Double" -> "number";
          case "boolean", "Boolean" -> "boolean";
          case "List" -> "array";
          case "Map" -> "object";
          default -> throw new IllegalArgumentException("no schema for " + type);
        };
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", nullable ? List.of(name, "null") : name);
    if (type == List.class) {
      schema.put("items", type(argument(generic, 0), false));
    }
    if (type == Map.class && argument(generic, 1) != Object.class) {
      schema.put("additionalProperties", type(argument(generic, 1), false)); // else any content
    }
    if (type == Instant.class) {
      schema.put("format", "date-time");
    }
    return schema;
  }

  private static Type argument(Type generic, int index) {
    return ((ParameterizedType) generic).getActualTypeArguments()[index];
  }
}
