package io.linewright.oee.app.count;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.quantity.Quantity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What people report of stations without machines. */
@RestController
@Tag(name = "Counts")
class ManualReportController {

  private static final int MAX_TEXT = 200;

  /**
   * What somebody reports.
   *
   * @param station path of a manual station of the master data
   * @param time since when the state and the rest hold, and the instant that the items belong to
   * @param state such as RUNNING; missing: as it was
   * @param order number of the order that is worked on; empty: none; missing: as it was
   * @param product id of what is made; empty: none; missing: as it was
   * @param lot the lot that is made; empty: none; missing: as it was
   * @param counts items that were made since the report before, by kind: good, reject, rework,
   *     total; not a reading of a counter
   */
  record ReportBody(
      @Nullable String station,
      @Nullable String time,
      @Nullable String state,
      @Nullable String order,
      @Nullable String product,
      @Nullable String lot,
      @Nullable Map<String, @Nullable Double> counts) {}

  /**
   * What was taken.
   *
   * @param id number of the report
   */
  record ReportView(long id, String station, String time, String by) {}

  private final ManualDesk desk;
  private final InstantSource clock;
  private final JsonMapper json;

  ManualReportController(ManualDesk desk, InstantSource clock, JsonMapper json) {
    this.desk = desk;
    this.clock = clock;
    this.json = json;
  }

  @PostMapping(
      path = "/api/v1/manual-reports",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "reportByHand",
      summary = "Report what a station without a machine does and makes",
      description =
          "Needs the role operator or admin, a right to the station, and an Idempotency-Key. Only"
              + " of manual-stations of the master data. Reports may come late, and in any order."
              + " What was counted wrongly is corrected by /api/v1/counts/corrections.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Taken", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Had been reported before with the same Idempotency-Key",
            useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "409",
            description = "conflict: something else was reported of that instant")
      })
  ResponseEntity<ReportView> report(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody ReportBody body,
      Authentication who) {
    if (body.station() == null || body.time() == null) {
      throw new IllegalArgumentException("station and time are needed");
    }
    EquipmentPath station = EquipmentPath.parse(body.station());
    long time = CorrectionController.micros(body.time());
    Map<CountKind, Quantity> counts = new EnumMap<>(CountKind.class);
    if (body.counts() != null) {
      body.counts().forEach((kind, items) -> count(kind, items, counts));
    }
    ManualDesk.Report report =
        new ManualDesk.Report(
            station,
            time,
            text("state", body.state(), 1),
            text("order", body.order(), 0),
            text("product", body.product(), 0),
            text("lot", body.lot(), 0),
            counts);
    if (report.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is reported: say state, order, product, lot or counts");
    }
    Requester requester = Requester.of(who);
    String content = json.writeValueAsString(body);
    ManualDesk.Taken taken =
        desk.take(
            report,
            content,
            Author.of(
                requester.name(),
                Times.micros(clock.instant()),
                IdempotencyKey.of(idempotencyKey),
                "report",
                station,
                time,
                report),
            requester);
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .body(
            new ReportView(taken.id(), station.toString(), Rfc3339.format(time), requester.name()));
  }

  private static void count(String kind, @Nullable Double items, Map<CountKind, Quantity> counts) {
    if (items == null || !(items >= 0)) {
      throw new IllegalArgumentException("counts of %s must be 0 or more".formatted(kind));
    }
    counts.put(CorrectionController.kind(kind), CorrectionController.quantity(items));
  }

  private static @Nullable String text(String name, @Nullable String text, int least) {
    if (text != null && (text.length() < least || text.length() > MAX_TEXT)) {
      throw new IllegalArgumentException(
          "%s must have %d to %d characters".formatted(name, least, MAX_TEXT));
    }
    return text;
  }
}
