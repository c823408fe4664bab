package io.linewright.ingest.app.live;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.live.LiveScope;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(name = "Samples")
class LiveController {

  private static final int MOST_EQUIPMENT = 100;
  private static final int MOST_TAGS = 100;
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final LiveStreams streams;
  private final LiveClient.Shared shared;
  private final Registry registry;
  private final Duration shortest;

  LiveController(
      LiveStreams streams, LiveClient.Shared shared, Registry registry, IngestSettings settings) {
    this.streams = streams;
    this.shared = shared;
    this.registry = registry;
    this.shortest = settings.liveInterval();
  }

  @GetMapping(path = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "live",
      summary = "Last values as they change, as Server-Sent Events",
      description =
          "Of named tags and of equipment with all its parts, also of tags that become known later;"
              + " without any, of the whole plant. Events: begin (with what the stream begins:"
              + " given is last-values, then reason says why, or missed-values, then after and"
              + " values say from when on and how many), values (array of last values; the newest"
              + " of each tag within an interval), skipped ({\"values\":n}: samples that were left"
              + " out for that), quarantine ({\"count\":n}), and a comment each 15 s. With"
              + " Last-Event-ID the stream goes on from there: what was missed comes from storage,"
              + " some values perhaps again (known by tag, time and ordinal); last values, if it is"
              + " too much or too long ago.",
      parameters = {
        @Parameter(
            name = "equipment",
            in = ParameterIn.QUERY,
            description = "path, at most 100 times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            description = "path%23name, at most 100 times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "interval",
            in = ParameterIn.QUERY,
            description =
                "time between two messages, a duration of ISO 8601 up to PT1M; rounded up to a"
                    + " multiple of the shortest that the service allows",
            schema = @Schema(type = "string", defaultValue = "PT1S"))
      },
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                      schema = @Schema(type = "string"))))
  void live(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      Principal who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Parameters parameters = new Parameters(request.getParameterMap());
    Supplier<LiveScope> scope = scope(parameters);
    Duration interval = interval(parameters);
    streams.open(
        who.getName(),
        lastEventId,
        out -> new LiveClient(shared, scope, interval, out),
        request,
        response);
  }

  /** What the stream shows, under the paths of the moment at which it is asked. */
  private Supplier<LiveScope> scope(Parameters parameters) {
    List<String> equipment = parameters.all("equipment");
    if (equipment.size() > MOST_EQUIPMENT) {
      throw new IllegalArgumentException(
          "equipment is given %d times, at most %d are possible; name what is above it"
              .formatted(equipment.size(), MOST_EQUIPMENT));
    }
    List<String> paths =
        equipment.stream().map(path -> EquipmentPath.parse(path).toString()).toList();
    List<TagKey> tags = parameters.all("tag").isEmpty() ? List.of() : parameters.tags(MOST_TAGS);
    if (!tags.isEmpty()) {
      registry.refresh();
      Map<TagKey, Series> known = registry.known(tags);
      for (TagKey tag : tags) {
        if (!known.containsKey(tag)) {
          throw Registry.unknown(tag);
        }
      }
    }
    return () -> new LiveScope(paths, tags.stream().map(this::present).collect(Collectors.toSet()));
  }

  /**
   * The name of a tag under the present path of its equipment; a former path is an alias. Other
   * equipment may have come to it, and has the tag, or gets it later. The answer has begun: this
   * asks no database, which may be away.
   */
  private String present(TagKey key) {
    return registry.inMemory(key).map(series -> series.tag().key()).orElseGet(key::toString);
  }

  private Duration interval(Parameters parameters) {
    String wanted = parameters.one("interval");
    Duration interval =
        wanted == null
            ? USUAL
            : Duration.of(parameters.micros("interval", wanted), ChronoUnit.MICROS);
    if (interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("interval must be at most PT1M, not " + interval);
    }
    long beats = Math.ceilDiv(interval.toNanos(), shortest.toNanos());
    return shortest.multipliedBy(beats);
  }
}
