package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.gateway.GatewayViews.BadTagView;
import io.linewright.ingest.app.gateway.GatewayViews.ConnectionView;
import io.linewright.ingest.app.gateway.GatewayViews.DeviceView;
import io.linewright.ingest.app.gateway.GatewayViews.GatewayDetail;
import io.linewright.ingest.app.gateway.GatewayViews.GatewayList;
import io.linewright.ingest.app.gateway.GatewayViews.ProcessView;
import io.linewright.ingest.app.gateway.Gateways.Known;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.GatewayReport.Part;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Gateways", description = "How the edge gateways and their devices are")
class GatewayController {

  private static final String CLOCK_OFFSET = "clock/offset-ms";

  private final Gateways gateways;
  private final Registry registry;
  private final JsonMapper json;

  GatewayController(Gateways gateways, Registry registry, JsonMapper json) {
    this.gateways = gateways;
    this.registry = registry;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/gateways", produces = "application/json")
  @Operation(
      operationId = "gateways",
      summary = "All gateways, or those at and below a path",
      description =
          "?gateway= is the path of a gateway or of something above it. A gateway that is offline"
              + " is shown with its last word; lastSeenAgeSeconds says how old that is.")
  GatewayList gateways(@RequestParam(required = false) @Nullable String gateway) {
    String below = gateway == null ? null : EquipmentPath.parse(gateway).toString();
    Map<String, Canary> canaries = gateways.canaries();
    return new GatewayList(
        gateways.known(below).stream()
            .map(known -> gateways.view(known, canaries.get(known.path())))
            .toList());
  }

  @GetMapping(path = "/api/v1/gateways/{id}", produces = "application/json")
  @Operation(
      operationId = "gateway",
      summary = "One gateway with its connections and devices",
      description = "id is that of the gateway as equipment. What is not known is null.")
  GatewayDetail gateway(@PathVariable UUID id) {
    Known known =
        registry
            .pathOf(id)
            .flatMap(
                path ->
                    gateways.known(path).stream().filter(g -> g.path().equals(path)).findFirst())
            .orElseThrow(
                () ->
                    new RefusedException(
                        HttpStatus.NOT_FOUND, "not-found", "There is no gateway " + id));
    Part gateway = known.report().gateway();
    int slash = known.path().lastIndexOf('/');
    String site = slash < 0 ? "" : known.path().substring(0, slash + 1);
    return new GatewayDetail(
        gateways.view(known, gateways.canaries().get(known.path())),
        new ProcessView(
            gateway.number("health/uptime-s"),
            gateway.real("health/cpu-percent"),
            gateway.number("health/heap-bytes"),
            gateway.number("health/rss-bytes"),
            gateway.number("health/disk-free-bytes")),
        known.report().connections().stream().map(GatewayController::connection).toList(),
        known.report().devices().stream().map(part -> device(site, part)).toList());
  }

  private static ConnectionView connection(Part part) {
    return new ConnectionView(
        part.name(),
        part.text("state"),
        part.number("data-age-s"),
        part.number("values-in"),
        part.number("values-out"),
        part.number("set-aside"),
        part.number("reconnects"),
        part.text("last-error"));
  }

  private DeviceView device(String site, Part part) {
    String path = site + part.name();
    return new DeviceView(
        path,
        part.text("connection"),
        part.text("state"),
        part.number("data-age-s"),
        part.number("values-in"),
        part.number("values-out"),
        part.number("set-aside"),
        part.number("tags"),
        part.number("bad-tags"),
        badTags(part.text("bad-tag-list")),
        gateways.last(path, CLOCK_OFFSET) instanceof DoubleValue(double offset) ? offset : null);
  }

  private List<BadTagView> badTags(@Nullable String list) {
    try {
      return list == null ? List.of() : List.of(json.readValue(list, BadTagView[].class));
    } catch (JacksonException unreadable) {
      return List.of(); // a gateway of another release; the count stands beside it
    }
  }
}
