package io.linewright.oee.app.order;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.InForce;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Track;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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

/** Which order ran where, by what machines and people say. */
@RestController
@Tag(name = "Orders")
class RunController {

  private static final int MAX_RUNS = 10_000;
  private static final int MAX_TEXT = 200;

  /**
   * That an order ran.
   *
   * @param machine its path
   * @param order number of the order; null: what people said is taken back, and the machine's own
   *     tags decide
   * @param from since when
   * @param to until when; missing: until something else is said
   */
  record RunBody(
      @Nullable String machine,
      @Nullable String order,
      @Nullable String from,
      @Nullable String to) {}

  /**
   * What was said.
   *
   * @param word its number
   */
  record SaidView(
      long word,
      String machine,
      @Nullable String order,
      String from,
      @Nullable String to,
      String by) {}

  /**
   * A time in which an order was in force on a machine.
   *
   * @param origin machine: its own tag says so; word: somebody does
   */
  record RunView(String machine, String order, String from, String to, String origin) {}

  /** By machine and begin. */
  record RunsView(List<RunView> runs) {}

  private record Run(String order, boolean byWord) {}

  private final RunDesk desk;
  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  RunController(RunDesk desk, OeeReader reader, Questions questions, InstantSource clock) {
    this.desk = desk;
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/order-runs", produces = "application/json")
  @Operation(
      operationId = "orderRuns",
      summary = "Which order was in force on which machine, when",
      description =
          "Of equipment in a time, or of an order; with order alone all the time in which it was in"
              + " force until now. At most 10,000.")
  RunsView runs(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String order,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during) {
    TimeQuestion question =
        order != null && from == null && to == null && during == null
            ? new TimeQuestion.OfOrder(order)
            : AskedRange.of(from, to, during);
    EquipmentPath below = equipment == null ? null : EquipmentPath.parse(equipment);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, below, question, Times.micros(clock.instant()));
          if (!(question instanceof TimeQuestion.OfOrder)) {
            reader.requireFew(asked.parts());
          }
          List<RunView> runs = new ArrayList<>();
          for (Standing part : asked.parts()) {
            addRuns(snapshot, part, order, runs);
          }
          if (runs.size() > MAX_RUNS) {
            throw new RefusedException(
                HttpStatus.BAD_REQUEST,
                "too-many-results",
                "There are more than %d runs; ask for less time or less equipment"
                    .formatted(MAX_RUNS));
          }
          return new RunsView(runs);
        });
  }

  @PostMapping(
      path = "/api/v1/order-runs",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "sayOrderRun",
      summary = "Say which order a machine works on, or worked on",
      description =
          "Needs the role operator or admin, a right to the machine, and an Idempotency-Key. It"
              + " wins over what the machine says; of two words about an instant the later holds."
              + " The order need not be known yet.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Said", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Had been said before with the same Idempotency-Key",
            useReturnTypeSchema = true)
      })
  ResponseEntity<SaidView> say(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody RunBody body,
      Authentication who) {
    if (body.machine() == null || body.from() == null) {
      throw new IllegalArgumentException(
          "machine and from are needed, as {\"machine\":\"a/b/c/d/press-01\",\"order\":\"PO-1\","
              + "\"from\":\"2026-03-02T06:00:00Z\"}");
    }
    String order = body.order();
    if (order != null && (order.isBlank() || order.length() > MAX_TEXT)) {
      throw new IllegalArgumentException("order must have 1 to " + MAX_TEXT + " characters");
    }
    EquipmentPath machine = EquipmentPath.parse(body.machine());
    long from = micros("from", body.from());
    Long to = body.to() == null ? null : micros("to", body.to());
    if (to != null && to <= from) {
      throw new IllegalArgumentException("from must be before to");
    }
    Requester requester = Requester.of(who);
    RunDesk.Taken taken =
        desk.say(
            machine,
            order == null ? null : order.strip(),
            from,
            to,
            Author.of(
                requester.name(),
                Times.micros(clock.instant()),
                IdempotencyKey.of(idempotencyKey),
                machine,
                order,
                from,
                to),
            requester);
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .body(
            new SaidView(
                taken.version(),
                machine.toString(),
                taken.order(),
                Rfc3339.format(taken.fromMicros()),
                taken.toMicros() == null ? null : Rfc3339.format(taken.toMicros()),
                taken.by()));
  }

  private static long micros(String name, String text) {
    long micros = Rfc3339.parse(name, text);
    if (!MachineInput.ALL_TIME.contains(micros)) {
      throw new IllegalArgumentException(name + " must lie in the years 1 to 9999");
    }
    return micros;
  }

  private static void addRuns(
      Snapshot snapshot, Standing part, @Nullable String order, List<RunView> runs) {
    Track<InForce> worked = snapshot.worked(part, EnumSet.of(TrackKind.ORDER));
    Track<Boolean> byWord = Track.constant(part.span(), false);
    for (RunWord word :
        snapshot.runs(part).stream().sorted(Comparator.comparingLong(RunWord::version)).toList()) {
      byWord = byWord.painted(word.span(), word.order() != null);
    }
    Track<Optional<Run>> all =
        worked.with(
            byWord,
            (now, said) -> {
              String of = now.order();
              return of == null || (order != null && !order.equals(of))
                  ? Optional.empty()
                  : Optional.of(new Run(of, said));
            });
    for (Piece<Optional<Run>> piece : all.pieces()) {
      piece
          .value()
          .ifPresent(
              run ->
                  runs.add(
                      new RunView(
                          part.path().toString(),
                          run.order(),
                          Rfc3339.format(piece.span().fromMicros()),
                          Rfc3339.format(piece.span().toMicros()),
                          run.byWord() ? "word" : "machine")));
    }
  }
}
