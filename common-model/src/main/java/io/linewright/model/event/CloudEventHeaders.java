package io.linewright.model.event;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Kafka binary mode of CloudEvents 1.0.2: attributes as headers {@code ce_*}. */
public final class CloudEventHeaders {

  private CloudEventHeaders() {}

  /** The headers of an event whose data is JSON, in a stable order. */
  public static Map<String, String> of(CloudEvent<?> event) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", event.id());
    headers.put("ce_source", event.source());
    headers.put("ce_type", event.type());
    headers.put("ce_time", event.time().toString());
    headers.put("ce_subject", event.subject());
    event.sequence().ifPresent(n -> headers.put("ce_sequence", Long.toString(n)));
    if (event.traceparent() != null) {
      headers.put("ce_traceparent", event.traceparent());
    }
    headers.put("content-type", "application/json");
    return headers;
  }

  /**
   * Reads the attributes back and joins them with the decoded data.
   *
   * @throws IllegalArgumentException if a required attribute is missing or not readable
   */
  public static <T> CloudEvent<T> read(Map<String, String> headers, T data) {
    String sequence = headers.get("ce_sequence");
    try {
      return new CloudEvent<>(
          required(headers, "ce_id"),
          required(headers, "ce_source"),
          required(headers, "ce_type"),
          Instant.parse(required(headers, "ce_time")),
          headers.getOrDefault("ce_subject", ""),
          sequence == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(sequence)),
          headers.get("ce_traceparent"),
          data);
    } catch (DateTimeParseException | NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          "a CloudEvents attribute is not readable: " + unreadable.getMessage(), unreadable);
    }
  }

  private static String required(Map<String, String> headers, String name) {
    @Nullable String value = headers.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }
}
