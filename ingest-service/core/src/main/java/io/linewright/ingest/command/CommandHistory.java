package io.linewright.ingest.command;

import io.linewright.model.command.CommandStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was told of a command, folded into how far it has come. Steps may come in any order and as
 * often as they like: the same steps always make the same history.
 *
 * <p>Each speaker has one word per step; should the word differ, the earliest stands. A word of the
 * gateway outweighs every word of the bridge, which outweighs those of this service: only the
 * gateway knows what happened to the machine, and a bridge that gave up may be wrong. Of one
 * speaker's words a final one outweighs the others, and the earliest of several final ones, which
 * no gateway tells, stands.
 *
 * @param told in the order of the trip: by speaker, then by step
 */
public record CommandHistory(List<Told> told) {

  /** How long after the expiry an answer may still come; then none is expected any more. */
  public static final Duration GRACE = Duration.ofSeconds(60);

  private static final Comparator<Told> TRIP =
      Comparator.comparing(Told::by).thenComparing(Told::step);

  /** Nothing was told. */
  public static final CommandHistory NONE = new CommandHistory(List.of());

  public CommandHistory {
    told = told.stream().sorted(TRIP).toList();
  }

  /** The history with this word; the same one if it tells nothing new. */
  public CommandHistory after(Told word) {
    List<Told> next = new ArrayList<>(told);
    for (int i = 0; i < next.size(); i++) {
      if (TRIP.compare(next.get(i), word) == 0) {
        if (Told.EARLIEST.compare(next.get(i), word) <= 0) {
          return this;
        }
        next.set(i, word);
        return new CommandHistory(next);
      }
    }
    next.add(word);
    return new CommandHistory(next);
  }

  /**
   * How far the command has come.
   *
   * @throws java.util.NoSuchElementException if nothing was told
   */
  public CommandStep step() {
    Speaker best = told.getLast().by();
    List<Told> words = told.stream().filter(word -> word.by() == best).toList();
    return words.stream()
        .filter(word -> word.step().isFinal())
        .min(Told.EARLIEST)
        .orElse(words.getLast())
        .step();
  }

  /**
   * Whether the gateway should have answered by now and has not: no final step is known, and none
   * is expected any more. Should one come nevertheless, it counts.
   *
   * @param expiresAt of the command
   */
  public boolean unanswered(Instant expiresAt, Instant now) {
    return !step().isFinal() && !now.isBefore(expiresAt.plus(GRACE));
  }
}
