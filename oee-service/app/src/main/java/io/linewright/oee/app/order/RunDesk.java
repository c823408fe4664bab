package io.linewright.oee.app.order;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.RunWords;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** People say which order ran. */
final class RunDesk {

  /** Most words about a day in UTC of a machine. */
  private static final int MAX_WORDS = 1_000;

  /**
   * What was said.
   *
   * @param toMicros null: until something else is said
   * @param repeated it had been said before
   */
  record Taken(
      long version,
      @Nullable String order,
      long fromMicros,
      @Nullable Long toMicros,
      String by,
      boolean repeated) {}

  private final RunWords words;
  private final Scopes scopes;
  private final LineRows lines;
  private final TransactionTemplate transaction;

  RunDesk(RunWords words, Scopes scopes, LineRows lines, TransactionTemplate transaction) {
    this.words = words;
    this.scopes = scopes;
    this.lines = lines;
    this.transaction = transaction;
  }

  /**
   * Says it.
   *
   * @param order null: what was said is taken back
   * @param toMicros null: until something else is said
   */
  Taken say(
      EquipmentPath path,
      @Nullable String order,
      long fromMicros,
      @Nullable Long toMicros,
      Author author,
      Requester who) {
    Machine machine = scopes.machine(path, new Span(fromMicros, fromMicros + 1)).machine();
    if (!who.mayChange(path)) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "unknown-machine",
          "%s is not among the equipment that you may change".formatted(path));
    }
    return author.once(
        () ->
            transaction.execute(
                status -> {
                  lines.lock(List.of(machine.lineId()));
                  Optional<RunWords.Before> before = words.before(author);
                  if (before.isPresent()) {
                    author.requireSame(before.get().request());
                    return repeated(before.get().word());
                  }
                  long day = Times.begin(Times.day(fromMicros));
                  if (words
                          .of(
                              machine,
                              new Span(day, Times.begin(Times.day(fromMicros).plusDays(1))))
                          .size()
                      >= MAX_WORDS) {
                    throw new RefusedException(
                        HttpStatus.CONFLICT,
                        "too-many-words",
                        "%d words about the orders of %s on that day, as many as are kept"
                            .formatted(MAX_WORDS, path));
                  }
                  long[] version = new long[1];
                  lines.editMachine(
                      machine.lineId(),
                      machine.id(),
                      "order-run",
                      new Span(fromMicros, toMicros == null ? Marks.ALWAYS.toMicros() : toMicros),
                      () -> version[0] = words.add(machine, order, fromMicros, toMicros, author));
                  return new Taken(version[0], order, fromMicros, toMicros, author.by(), false);
                }));
  }

  private static Taken repeated(RunWord word) {
    long to = word.span().toMicros();
    return new Taken(
        word.version(),
        word.order(),
        word.span().fromMicros(),
        to == MachineInput.ALL_TIME.toMicros() ? null : to,
        word.by(),
        true);
  }
}
