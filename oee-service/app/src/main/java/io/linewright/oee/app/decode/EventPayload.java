package io.linewright.oee.app.decode;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.event.MachineEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An event that was stored and must give way, as bytes that people can read. */
public final class EventPayload {

  /**
   * The event.
   *
   * @param machine number of the machine
   * @param time RFC 3339, in microseconds
   * @param value as it was told; null for none
   * @param status OPC UA status code, unsigned 32-bit
   */
  record View(
      int machine,
      String kind,
      String tag,
      String time,
      int ordinal,
      @Nullable String value,
      long status) {}

  private final JsonMapper json;

  public EventPayload(JsonMapper json) {
    this.json = json;
  }

  /** The event as JSON. */
  public byte[] of(int machine, MachineEvent event) {
    Object content = event.content();
    return json.writeValueAsString(
            new View(
                machine,
                event.key().track().kind().name(),
                event.key().track().tag(),
                Rfc3339.format(event.key().micros()),
                event.key().ordinal(),
                content == null ? null : content.toString(),
                Integer.toUnsignedLong(event.status())))
        .getBytes(StandardCharsets.UTF_8);
  }
}
