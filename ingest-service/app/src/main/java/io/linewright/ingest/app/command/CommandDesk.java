package io.linewright.ingest.app.command;

import io.linewright.ingest.command.CommandHistory;
import io.linewright.ingest.command.Speaker;
import io.linewright.ingest.command.Told;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.command.CommandStep;
import io.linewright.model.event.EventTypes;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes commands of those who may send them: row, steps and events in one transaction. */
final class CommandDesk {

  /** Most commands that have neither ended nor expired; what stops writes is taken beyond it. */
  static final int MAX_OPEN = 10_000;

  private static final String COMMANDS = "/ingest/commands";
  private static final String RESULTS = "/ingest/command-results";

  /**
   * A command that somebody may send.
   *
   * @param path equipment that the tag belongs to
   * @param name of the tag
   * @param idempotencyKey names the request among those of its requester
   * @param right by which the requester may, one sentence
   * @param urgent whether it is taken also when too many are open
   */
  record Order(
      String path,
      String name,
      SampleValue value,
      Duration life,
      String reason,
      String requester,
      String idempotencyKey,
      String right,
      boolean urgent) {

    String tag() {
      return path + "#" + name;
    }
  }

  private final CommandStore store;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  CommandDesk(
      CommandStore store, Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * The command of this order: a new one, or, if it was given before by the same key, that one.
   *
   * @throws RefusedException if the key stands for another order, or too many commands are open
   */
  Command take(Order order) {
    return transaction.execute(
        status -> before(order).or(() -> enter(order)).or(() -> before(order)).orElseThrow());
  }

  private Optional<Command> before(Order order) {
    Optional<Command> known = store.find(order.requester(), order.idempotencyKey());
    if (known.isPresent() && !same(known.get().request(), order)) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "The Idempotency-Key '%s' stands for another command, %s; a new command needs a new key"
              .formatted(order.idempotencyKey(), known.get().request().id()));
    }
    return known;
  }

  /** Empty if somebody else has entered it meanwhile. */
  private Optional<Command> enter(Order order) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // what the wire carries
    if (!order.urgent() && store.open(now) >= MAX_OPEN) {
      throw new RefusedException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-commands",
          "%d commands have neither ended nor expired; send more when they have"
              .formatted(MAX_OPEN));
    }
    CommandRequested request =
        new CommandRequested(
            UUID.randomUUID().toString(),
            order.tag(),
            order.value().type().toString(),
            SampleText.of(order.value()),
            order.requester(),
            now,
            now.plus(order.life()),
            order.reason());
    OptionalLong number = store.add(request, order.idempotencyKey());
    if (number.isEmpty()) {
      return Optional.empty();
    }
    store.bound();
    CommandHistory history =
        CommandHistory.NONE
            .after(new Told(Speaker.PLATFORM, CommandStep.REQUESTED, now, ""))
            .after(new Told(Speaker.PLATFORM, CommandStep.AUTHORISED, now, order.right()));
    for (Told word : history.told()) {
      store.tell(number.getAsLong(), word, history.step());
      tell(order, request, word);
    }
    outbox.add(
        Topic.COMMANDS,
        order.path(),
        COMMANDS,
        request.id() + "." + CommandStep.REQUESTED,
        EventTypes.COMMAND_REQUESTED,
        now,
        order.path(),
        request);
    return Optional.of(new Command(number.getAsLong(), request, order.idempotencyKey(), history));
  }

  private void tell(Order order, CommandRequested request, Told word) {
    outbox.add(
        Topic.COMMAND_RESULTS,
        order.path(),
        RESULTS,
        request.id() + "." + word.step(),
        EventTypes.COMMAND_PROGRESS,
        word.at(),
        order.path(),
        new CommandProgress(
            request.id(), request.tag(), word.step().toString(), word.at(), word.detail()));
  }

  private static boolean same(CommandRequested known, Order order) {
    DataType type = order.value().type();
    return known.tag().equals(order.tag())
        && known.type().equals(type.toString())
        && known.value().equals(SampleText.of(order.value()))
        && known.reason().equals(order.reason())
        && Duration.between(known.requestedAt(), known.expiresAt()).equals(order.life());
  }
}
