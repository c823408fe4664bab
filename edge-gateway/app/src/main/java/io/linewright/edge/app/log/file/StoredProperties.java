package io.linewright.edge.app.log.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Properties of a metric as JSON in the log's file. */
public final class StoredProperties {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> FORM = new TypeReference<>() {};

  private StoredProperties() {}

  /** Null if there are none. */
  public static @Nullable String write(Map<String, Object> properties) {
    return properties.isEmpty() ? null : JSON.writeValueAsString(new TreeMap<>(properties));
  }

  /** The properties; none if the column is empty or unreadable, which costs no value. */
  public static Map<String, Object> read(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    try {
      Map<String, Object> properties = JSON.readValue(text, FORM);
      properties.values().removeIf(value -> value == null);
      properties.replaceAll(
          (name, value) -> value instanceof Integer i ? (Object) i.longValue() : value);
      return properties;
    } catch (JacksonException unreadable) {
      return Map.of();
    }
  }
}
