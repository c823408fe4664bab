package io.linewright.oee.app.count;

import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.EventTypes;
import io.linewright.model.production.CountCorrected;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.CountCorrections;
import io.linewright.oee.app.word.StopWords;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** People add to what was counted, or take from it. */
final class CountDesk {

  /** Most corrections of a machine and day in UTC. */
  private static final int MAX_OF_DAY = 10_000;

  private static final String SOURCE = "/oee/counts";

  /** Items that somebody adds. */
  record Wish(long micros, CountKind kind, Quantity quantity, String why) {}

  /** A correction; {@code repeated}: it had been made before. */
  record Taken(CountCorrection correction, boolean repeated) {}

  private final CountCorrections corrections;
  private final Scopes scopes;
  private final LineRows lines;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  CountDesk(
      CountCorrections corrections,
      Scopes scopes,
      LineRows lines,
      Outbox outbox,
      TransactionTemplate transaction) {
    this.corrections = corrections;
    this.scopes = scopes;
    this.lines = lines;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /** Corrects what the machine at a path counted. */
  Taken correct(EquipmentPath path, Wish wish, Author author, Requester who) {
    Machine machine = scopes.machine(path, new Span(wish.micros(), wish.micros() + 1)).machine();
    requireRight(path, who);
    return author.once(
        () ->
            transaction.execute(
                status -> {
                  lines.lock(List.of(machine.lineId()));
                  Optional<CountCorrections.Before> before = corrections.before(author);
                  if (before.isPresent()) {
                    author.requireSame(before.get().request());
                    return new Taken(before.get().correction(), true);
                  }
                  return new Taken(add(machine, path, wish, null, author), false);
                }));
  }

  /**
   * Adds a correction, in the transaction of the caller, who has locked the machine's line.
   *
   * @param report number of the manual report that it is part of
   */
  CountCorrection add(
      Machine machine, EquipmentPath path, Wish wish, @Nullable Long report, Author author) {
    long day = Times.begin(Times.day(wish.micros()));
    if (corrections.count(machine, new Span(day, Times.begin(Times.day(wish.micros()).plusDays(1))))
        >= MAX_OF_DAY) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "too-many-words",
          "%d corrections of %s on that day, as many as are kept".formatted(MAX_OF_DAY, path));
    }
    long[] version = new long[1];
    lines.editMachine(
        machine.lineId(),
        machine.id(),
        "count-corrected",
        new Span(wish.micros(), wish.micros() + 1),
        () ->
            version[0] =
                corrections.add(
                    machine,
                    wish.micros(),
                    wish.kind(),
                    wish.quantity(),
                    wish.why(),
                    report,
                    author));
    outbox.add(
        Topic.OEE,
        machine.line(),
        SOURCE,
        "correction/" + version[0],
        EventTypes.COUNT_CORRECTED,
        Times.instant(author.atMicros()),
        path.toString(),
        new CountCorrected(
            path.toString(),
            Times.instant(wish.micros()),
            CountCorrections.name(wish.kind()),
            wish.quantity().units(),
            wish.why(),
            author.by(),
            version[0]));
    return new CountCorrection(
        version[0],
        StopWords.name(machine),
        wish.micros(),
        wish.kind(),
        wish.quantity(),
        author.by(),
        wish.why());
  }

  static void requireRight(EquipmentPath path, Requester who) {
    if (!who.mayChange(path)) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "unknown-machine",
          "%s is not among the equipment that you may change".formatted(path));
    }
  }
}
