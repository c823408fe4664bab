package io.linewright.ingest.app.read;

import io.linewright.model.equipment.EquipmentPath;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "Samples")
class LiveController {

  private final LiveStreams streams;

  LiveController(LiveStreams streams) {
    this.streams = streams;
  }

  @GetMapping(path = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "live",
      summary = "Last values as they change, as Server-Sent Events",
      description =
          "Events: values (array of last values, all of them first), quarantine ({\"count\":n}),"
              + " and a comment each 15 s. Last-Event-ID resumes.")
  SseEmitter live(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    return streams.open(
        equipment == null ? null : EquipmentPath.parse(equipment).toString(), lastEventId);
  }
}
