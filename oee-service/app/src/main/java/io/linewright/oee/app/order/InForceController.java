package io.linewright.oee.app.order;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.InForce;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a machine worked on at an instant. */
@RestController
@Tag(name = "Orders")
class InForceController {

  private static final long DAY = 86_400_000_000L;

  /** How far back it is looked for since when something holds, in days, one after the other. */
  private static final int[] BACK = {1, 30, 400};

  private static final Set<TrackKind> KINDS =
      EnumSet.of(TrackKind.ORDER, TrackKind.PRODUCT, TrackKind.LOT, TrackKind.SERIAL);

  /**
   * Something that held.
   *
   * @param since when it began; null: more than 400 days before, or since the machine stands there
   */
  record HeldView(String value, @Nullable String since) {}

  /** What was in force; null is what nobody said. */
  record InForceView(
      String machine,
      String time,
      @Nullable HeldView order,
      @Nullable HeldView product,
      @Nullable HeldView lot,
      @Nullable HeldView serial) {}

  /** One of the four that may be in force. */
  private interface Part {
    @Nullable String of(InForce now);
  }

  private final OeeReader reader;
  private final Scopes scopes;

  InForceController(OeeReader reader, Scopes scopes) {
    this.reader = reader;
    this.scopes = scopes;
  }

  @GetMapping(path = "/api/v1/in-force", produces = "application/json")
  @Operation(
      operationId = "inForce",
      summary = "Order, product, lot and serial number on a machine at an instant, each since when",
      description = "By the machine's tags, by what people say, and by what orders say.")
  InForceView inForce(@RequestParam String machine, @RequestParam String time) {
    EquipmentPath path = EquipmentPath.parse(machine);
    long at = Rfc3339.parse("time", time);
    if (!MachineInput.ALL_TIME.contains(at)) {
      throw new IllegalArgumentException("time must lie in the years 1 to 9999");
    }
    return reader.ask(snapshot -> view(snapshot, path, at));
  }

  private InForceView view(Snapshot snapshot, EquipmentPath path, long at) {
    Standing standing =
        scopes
            .at(scopes.machine(path, new Span(at, at + 1)).machine(), at)
            .orElseThrow(
                () ->
                    new RefusedException(
                        HttpStatus.NOT_FOUND,
                        "unknown-machine",
                        "No machine stood at %s at that time".formatted(path)));
    Track<InForce> worked = worked(snapshot, standing, at, BACK[0]);
    for (int i = 1; i < BACK.length && !known(worked, at); i++) {
      worked = worked(snapshot, standing, at, BACK[i]);
    }
    return new InForceView(
        path.toString(),
        Rfc3339.format(at),
        held(worked, at, InForce::order),
        held(worked, at, InForce::product),
        held(worked, at, InForce::lot),
        held(worked, at, InForce::serial));
  }

  private static Track<InForce> worked(Snapshot snapshot, Standing standing, long at, int days) {
    long from = Math.max(standing.span().fromMicros(), at - days * DAY);
    return snapshot.worked(standing.during(new Span(from, at + 1)), KINDS);
  }

  /** Whether the begin of all that holds is known. */
  private static boolean known(Track<InForce> worked, long at) {
    return Stream.<Part>of(InForce::order, InForce::product, InForce::lot, InForce::serial)
        .map(part -> held(worked, at, part))
        .allMatch(held -> held == null || held.since() != null);
  }

  private static @Nullable HeldView held(Track<InForce> worked, long at, Part part) {
    Piece<Optional<String>> piece =
        worked.map(now -> Optional.ofNullable(part.of(now))).pieces().stream()
            .filter(one -> one.span().contains(at))
            .findFirst()
            .orElseThrow();
    return piece
        .value()
        .map(
            value ->
                new HeldView(
                    value,
                    piece.span().fromMicros() == worked.whole().fromMicros()
                        ? null
                        : Rfc3339.format(piece.span().fromMicros())))
        .orElse(null);
  }
}
