package io.linewright.oee.app.count;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.count.CountViews.CorrectionView;
import io.linewright.oee.app.count.CountViews.CorrectionsView;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.CountCorrections;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.range.TimeQuestion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Corrections of counts. */
@RestController
@Tag(name = "Counts")
class CorrectionController {

  private static final int MAX_REASON = 500;

  /**
   * Items to be added.
   *
   * @param machine its path
   * @param time the instant that they belong to
   * @param kind good, reject, rework or total
   * @param quantity how many more; less than 0: fewer; not 0
   * @param reason why, 1 to 500 characters
   */
  record CorrectionBody(
      @Nullable String machine,
      @Nullable String time,
      @Nullable String kind,
      @Nullable Double quantity,
      @Nullable String reason) {}

  private final CountDesk desk;
  private final CountCorrections corrections;
  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  CorrectionController(
      CountDesk desk,
      CountCorrections corrections,
      OeeReader reader,
      Questions questions,
      InstantSource clock) {
    this.desk = desk;
    this.corrections = corrections;
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/counts/corrections",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "correctCount",
      summary = "Add to what a machine counted, or take from it",
      description =
          "Needs the role operator or admin, a right to the machine, and an Idempotency-Key. A"
              + " correction is taken back by another one of the opposite sign.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Corrected", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Had been corrected before with the same Idempotency-Key",
            useReturnTypeSchema = true)
      })
  ResponseEntity<CorrectionView> correct(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody CorrectionBody body,
      Authentication who) {
    Double quantity = body.quantity();
    String reason = body.reason();
    if (body.machine() == null || body.time() == null || quantity == null) {
      throw new IllegalArgumentException("machine, time, kind, quantity and reason are needed");
    }
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("reason must have 1 to 500 characters: say why");
    }
    EquipmentPath machine = EquipmentPath.parse(body.machine());
    long time = micros(body.time());
    CountKind kind = kind(body.kind());
    Quantity items = quantity(quantity);
    if (items.millionths() == 0) {
      throw new IllegalArgumentException("quantity must not be 0");
    }
    Requester requester = Requester.of(who);
    CountDesk.Taken taken =
        desk.correct(
            machine,
            new CountDesk.Wish(time, kind, items, reason),
            Author.of(
                requester.name(),
                Times.micros(clock.instant()),
                IdempotencyKey.of(idempotencyKey),
                "correct",
                machine,
                time,
                kind,
                items.millionths(),
                reason),
            requester);
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .body(CorrectionView.of(machine.toString(), taken.correction()));
  }

  @GetMapping(path = "/api/v1/counts/corrections", produces = "application/json")
  @Operation(
      operationId = "countCorrections",
      summary = "What people added to the counts of a machine, or took from them",
      description = "Also what they reported by hand; in the order in which they said it.")
  CorrectionsView list(
      @RequestParam String machine,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during) {
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath path = EquipmentPath.parse(machine);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, path, question, Times.micros(clock.instant()));
          reader.requireFew(asked.parts());
          List<CorrectionView> found = new ArrayList<>();
          for (Standing part : asked.parts()) {
            corrections.of(part.machine(), part.span()).stream()
                .map(one -> CorrectionView.of(part.path().toString(), one))
                .forEach(found::add);
          }
          return new CorrectionsView(found);
        });
  }

  static long micros(String text) {
    long time = Rfc3339.parse("time", text);
    if (!MachineInput.ALL_TIME.contains(time)) {
      throw new IllegalArgumentException("time must lie in the years 1 to 9999");
    }
    return time;
  }

  static CountKind kind(@Nullable String text) {
    return Arrays.stream(CountKind.values())
        .filter(kind -> CountCorrections.name(kind).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind must be good, reject, rework or total, not '%s'".formatted(text)));
  }

  static Quantity quantity(double quantity) {
    Quantity items = Quantity.of(quantity);
    if (Math.abs(items.millionths()) > CountCorrection.MOST.millionths()) {
      throw new IllegalArgumentException("a quantity is within ±1,000,000,000, not " + quantity);
    }
    return items;
  }
}
