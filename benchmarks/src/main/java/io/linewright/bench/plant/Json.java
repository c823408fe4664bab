package io.linewright.bench.plant;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON mapper of the benches. */
public final class Json {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /**
   * Reads a document.
   *
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /** Reads a file. */
  public static JsonNode read(Path file) {
    return MAPPER.readTree(file.toFile());
  }

  /** One line of JSON. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
