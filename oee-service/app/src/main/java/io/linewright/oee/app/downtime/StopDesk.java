package io.linewright.oee.app.downtime;

import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.event.EventTypes;
import io.linewright.model.production.StopClassified;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.Preconditions;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.StopWords;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.downtime.StopWord.Merged;
import io.linewright.oee.downtime.StopWord.Said;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.downtime.Stops;
import io.linewright.oee.downtime.WordRefusal;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People say something of stops. The machine's line is locked, the stop is looked for, what is said
 * is checked and kept, its time is marked and others are told, all in one transaction.
 */
final class StopDesk {

  /** Most words about the time of one stop. */
  static final int MAX_WORDS = 1_000;

  private static final String SOURCE = "/oee/stops";

  /**
   * What is to be said, made of the stop as it is.
   *
   * @param with another stop that it is also about; null: none
   * @param words what is said, at least one, the span of the two given
   */
  record Wish(@Nullable StopKey with, BiFunction<FoundStop, Said, List<StopWord>> words) {

    /** About one stop. */
    static Wish of(BiFunction<FoundStop, Said, List<StopWord>> words) {
      return new Wish(null, words);
    }
  }

  /**
   * The stops that there are now.
   *
   * @param repeated it had been said before
   */
  record Taken(List<FoundStop> stops, boolean repeated, Snapshot snapshot) {}

  private final StopFinder finder;
  private final StopWords words;
  private final OeeReader reader;
  private final LineRows lines;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  StopDesk(
      StopFinder finder,
      StopWords words,
      OeeReader reader,
      LineRows lines,
      Outbox outbox,
      TransactionTemplate transaction) {
    this.finder = finder;
    this.words = words;
    this.reader = reader;
    this.lines = lines;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /**
   * Says something of a stop.
   *
   * @param ifMatch entity tag of the stop as it is known to who says it
   * @param then makes the answer, in the same transaction
   * @throws RefusedException if it cannot be said
   */
  <T> T say(
      StopKey key,
      Wish wish,
      @Nullable String ifMatch,
      Author author,
      Requester who,
      Function<Taken, T> then) {
    return author.once(
        () -> transaction.execute(status -> then.apply(said(key, wish, ifMatch, author, who))));
  }

  private Taken said(
      StopKey key, Wish wish, @Nullable String ifMatch, Author author, Requester who) {
    Machine machine = finder.machine(key);
    if (!who.mayChange(finder.standing(key).path())) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "no-such-stop",
          "There is no stop %s among the equipment that you may change".formatted(key));
    }
    lines.lock(List.of(machine.lineId()));
    Snapshot snapshot = reader.snapshot();
    Optional<StopWords.Before> before = words.before(author);
    if (before.isPresent()) {
      author.requireSame(before.get().request());
      return new Taken(around(snapshot, key, before.get().span()), true, snapshot);
    }
    FoundStop found = finder.one(snapshot, key);
    List<StopWord> there = words.of(machine, found.stop().span());
    Preconditions.require("The stop " + key, ifMatch, found.tag(there));
    if (there.size() >= MAX_WORDS) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "too-many-words",
          "%d words were said of the stop %s, as many as are kept".formatted(there.size(), key));
    }
    Span span = span(snapshot, found, wish.with());
    Said said =
        new Said(StopWords.NEXT, StopWords.name(machine), span, author.by(), author.atMicros());
    List<StopWord> wanted = wish.words().apply(found, said);
    for (StopWord word : wanted) {
      check(snapshot, found, word);
    }
    long[] version = new long[1];
    lines.editMachine(
        machine.lineId(),
        machine.id(),
        "reclassified",
        wanted.getFirst().said().span(),
        () -> version[0] = add(machine, wanted, author));
    List<FoundStop> now = around(snapshot, key, wanted.getFirst().said().span());
    tell(machine, wanted.getFirst(), now, author, version[0]);
    return new Taken(now, false, snapshot);
  }

  /** The number of the first one. */
  private long add(Machine machine, List<StopWord> wanted, Author author) {
    long first = words.add(machine, wanted.getFirst(), author);
    wanted.stream().skip(1).forEach(word -> words.add(machine, word, author.further()));
    return first;
  }

  private Span span(Snapshot snapshot, FoundStop found, @Nullable StopKey with) {
    Span span = found.stop().span();
    if (with == null) {
      return span;
    }
    if (with.machineId() != found.standing().machine().id()) {
      throw StopRefusals.of(new WordRefusal.NotNeighbours(), found, found.reasons(snapshot));
    }
    return span.hull(finder.one(snapshot, with).stop().span());
  }

  private void check(Snapshot snapshot, FoundStop found, StopWord word) {
    // With what is beside them: there the stops end.
    Span span = word.said().span().hull(found.stop().span());
    Span whole = new Span(span.fromMicros() - 1, span.toMicros() + 1);
    List<TimeSlice> slices = snapshot.computed(found.standing().during(whole), List.of()).slices();
    Machine machine = found.standing().machine();
    ReasonTree tree = found.reasons(snapshot);
    Stops.check(word, slices, words.of(machine, whole), tree)
        .ifPresent(
            refusal -> {
              throw StopRefusals.of(refusal, found, tree);
            });
  }

  /** The stops in a time; if there are none any more, because production came of them, none. */
  private List<FoundStop> around(Snapshot snapshot, StopKey key, Span span) {
    return finder.in(snapshot, finder.standing(key).during(span)).stream()
        .filter(found -> found.stop().span().overlaps(span))
        .toList();
  }

  private void tell(
      Machine machine, StopWord word, List<FoundStop> now, Author author, long version) {
    for (FoundStop found : now) {
      Stop stop = found.stop();
      outbox.add(
          Topic.OEE,
          machine.line(),
          SOURCE,
          "word/" + version + "/" + found.key(),
          EventTypes.STOP_CLASSIFIED,
          Times.instant(author.atMicros()),
          found.standing().path().toString(),
          new StopClassified(
              found.standing().path().toString(),
              found.key().toString(),
              Times.instant(stop.span().fromMicros()),
              stop.open() ? null : Times.instant(stop.span().toMicros()),
              StopWords.kind(word),
              stop.reason(),
              stop.comment(),
              author.by(),
              version));
    }
  }

  /**
   * The withdrawal of a word about a stop, whose time it then is about.
   *
   * @throws RefusedException {@code no-such-word}
   */
  List<StopWord> withdrawal(FoundStop found, Said said, long word) {
    Machine machine = found.standing().machine();
    return words.of(machine, found.stop().span()).stream()
        .filter(one -> one.said().version() == word && !(one instanceof Withdrawn))
        .findFirst()
        .<List<StopWord>>map(
            one ->
                List.of(
                    new Withdrawn(
                        new Said(
                            said.version(),
                            said.machine(),
                            one.said().span(),
                            said.by(),
                            said.atMicros()),
                        word)))
        .orElseThrow(
            () -> StopRefusals.of(new WordRefusal.UnknownWord(word), found, ReasonTree.EMPTY));
  }

  /** The stops between two become one. */
  static List<StopWord> merge(Said said) {
    return List.of(new Merged(said));
  }
}
