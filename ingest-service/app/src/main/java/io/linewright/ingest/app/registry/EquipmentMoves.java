package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.registry.PlaceStore.Word;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves that people report: the equipment goes with all its parts, its values keep their address.
 */
public final class EquipmentMoves {

  /** Most parts that go together. */
  static final int MAX_PARTS = 10_000;

  /**
   * What somebody reports.
   *
   * @param time in whole microseconds; null: now
   */
  public record Report(
      EquipmentPath from, EquipmentPath to, @Nullable Instant time, String by, String reason) {}

  private final PlaceStore places;
  private final Registry registry;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  EquipmentMoves(
      PlaceStore places,
      Registry registry,
      Outbox outbox,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.places = places;
    this.registry = registry;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Enters a move; the same again changes nothing. Without a time it is the same if all else is:
   * whoever has got no answer cannot know which time was entered.
   *
   * @return the equipment at its new place and its parts, ordered by path
   * @throws RefusedException if there is no such equipment, or others are at the new place
   * @throws IllegalArgumentException if time or paths make no sense
   */
  public List<Placement> enter(Report report) {
    Instant now = clock.instant();
    Instant said = report.time();
    Instant time = said == null ? exact(now) : said;
    if (time.isAfter(now)) {
      throw new IllegalArgumentException(
          "time (%s) lies ahead; report a move when it has happened".formatted(time));
    }
    if (report.from().contains(report.to()) || report.to().contains(report.from())) {
      throw new IllegalArgumentException(
          "%s and %s are not two places: one is part of the other"
              .formatted(report.from(), report.to()));
    }
    List<Placement> moved =
        transaction.execute(
            status -> {
              places.lock();
              return repeated(report).orElseGet(() -> move(report, time));
            });
    registry.load();
    return moved;
  }

  private Optional<List<Placement>> repeated(Report report) {
    return places
        .atPath(report.to().toString())
        .filter(row -> places.atPath(report.from().toString()).isEmpty())
        .filter(row -> report.by().equals(row.movedBy()) && isOf(report, row))
        .map(row -> places.below(row.path(), null));
  }

  private boolean isOf(Report report, Placement row) {
    if (report.time() != null) {
      return row.from().equals(report.time());
    }
    return report.reason().equals(row.reason())
        && places.all(row.id()).stream()
            .filter(before -> before.from().isBefore(row.from()))
            .reduce((earlier, later) -> later)
            .filter(before -> before.path().equals(report.from().toString()))
            .isPresent();
  }

  private List<Placement> move(Report report, Instant time) {
    String from = report.from().toString();
    List<Placement> parts = places.below(from, null);
    if (parts.isEmpty() || !parts.getFirst().path().equals(from)) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND, "not-found", "There is no equipment at " + from + " now");
    }
    if (parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(
          "%s has more than %d parts; move them by themselves".formatted(from, MAX_PARTS));
    }
    onlyGuesses(report, parts);
    Word word = new Word(report.by(), report.reason(), null, null);
    report.to().parent().ifPresent(parent -> places.ensure(parent, time));
    for (Placement part : parts) {
      one(part, report, time, word);
    }
    places.changed();
    return places.below(report.to().toString(), null);
  }

  private void one(Placement part, Report report, Instant time, Word word) {
    String rest = part.path().substring(report.from().toString().length());
    EquipmentPath to = EquipmentPath.parse(report.to() + rest);
    if (!part.from().isBefore(time)) {
      if (places.all(part.id()).size() > 1) {
        throw refused(
            "%s came to %s at %s; a move must be later"
                .formatted(part.id(), part.path(), part.from()));
      }
      places.beganBefore(part.id(), part.from(), time);
    }
    Optional<Placement> there = places.atPath(to.toString());
    String address = there.map(Placement::address).orElse(part.address());
    there.ifPresent(row -> places.end(row, time));
    places
        .come(part.id(), to, address, time, word)
        .ifPresent(from -> Announcements.moved(outbox, part.id(), from, to, time, word));
  }

  /**
   * Refuses a place where other equipment stands. Only what values or a gateway's file say without
   * an identity may be there, for each part the same: it is taken for what has moved, under its new
   * address.
   */
  private void onlyGuesses(Report report, List<Placement> parts) {
    int from = report.from().toString().length();
    int to = report.to().toString().length();
    Set<String> moving = new HashSet<>();
    parts.forEach(part -> moving.add(part.path().substring(from)));
    for (Placement row : places.below(report.to().toString(), null)) {
      boolean unnamed =
          row.id().equals(EquipmentId.firstSeenAt(EquipmentPath.parse(row.path())).value());
      if (!unnamed
          || places.all(row.id()).size() > 1
          || !moving.contains(row.path().substring(to))) {
        throw refused("Equipment %s is at %s; move it first".formatted(row.id(), row.path()));
      }
    }
  }

  private static RefusedException refused(String detail) {
    return new RefusedException(HttpStatus.CONFLICT, "place-taken", detail);
  }

  /** Microseconds are what is stored. */
  static Instant exact(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
