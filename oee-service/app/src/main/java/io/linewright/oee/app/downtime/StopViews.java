package io.linewright.oee.app.downtime;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.word.StopWords;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Commented;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.line.FirstCause;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.reason.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How stops are answered. */
final class StopViews {

  private StopViews() {}

  /** The time that was asked about, and what it was called. */
  record RangeView(String title, String from, String to) {

    static RangeView of(Asked asked) {
      return new RangeView(
          asked.title(),
          Rfc3339.format(asked.bounds().fromMicros()),
          Rfc3339.format(asked.bounds().toMicros()));
    }
  }

  /**
   * What first made a machine wait.
   *
   * @param kind machine: another one stood still; slow-neighbour: the next one was not as fast as
   *     needed; unknown
   * @param machine which stood still
   * @param station which was slow
   * @param from since when it stood still for this cause
   * @param through the machines between
   * @param why nobody can tell
   */
  record CauseView(
      String kind,
      @Nullable String machine,
      @Nullable String station,
      @Nullable String from,
      @Nullable String to,
      @Nullable String category,
      @Nullable String reason,
      List<String> through,
      @Nullable String why) {}

  /**
   * A stop.
   *
   * @param id what it is asked for by; while late data may still move its begin, the old id means
   *     the stop at that instant
   * @param to null: it goes on
   * @param seconds how long it counts: without what the calendar plans
   * @param category what its time is
   * @param reason code of its reason; null: none
   * @param origin where the category comes from: state, signal, word or length
   * @param reasonNeeded whether somebody has to say why
   * @param words how many words hold about it
   * @param firstCause of a machine that is starved or blocked; else null
   */
  record StopView(
      String id,
      String machine,
      String from,
      @Nullable String to,
      double seconds,
      String category,
      @Nullable String reason,
      @Nullable String reasonName,
      String origin,
      boolean reasonNeeded,
      @Nullable String comment,
      int words,
      @Nullable CauseView firstCause) {}

  /** A page of stops, the latest first. */
  record StopsView(RangeView range, List<StopView> stops, @Nullable String next) {}

  /** The stops that there are now, where something was said. */
  record SaidView(List<StopView> stops) {}

  /**
   * Something that was said.
   *
   * @param word number of the word
   * @param kind classified, unclassified, split, merged, commented or withdrawn
   * @param from the stop as it was then
   * @param at of a split, where
   * @param withdraws of a withdrawal, which word
   * @param withdrawn whether it was taken back
   * @param said when
   */
  record WordView(
      long word,
      String kind,
      String from,
      String to,
      @Nullable String reason,
      @Nullable String comment,
      @Nullable String at,
      @Nullable Long withdraws,
      boolean withdrawn,
      String by,
      String said) {}

  /** All that was said of the time of a stop, the latest first. */
  record HistoryView(String stop, List<WordView> words) {}

  static StopView stop(Snapshot snapshot, FoundStop found, @Nullable FirstCause cause) {
    Stop stop = found.stop();
    String reason = stop.reason();
    return new StopView(
        found.key().toString(),
        found.standing().path().toString(),
        Rfc3339.format(stop.span().fromMicros()),
        stop.open() ? null : Rfc3339.format(stop.span().toMicros()),
        stop.micros() / 1e6,
        Scalars.lower(stop.category()),
        reason,
        reason == null
            ? null
            : found.reasons(snapshot).byCode(reason).map(Reason::name).orElse(null),
        Scalars.lower(stop.origin()),
        stop.reasonNeeded(),
        stop.comment(),
        stop.words(),
        cause == null ? null : cause(cause));
  }

  private static CauseView cause(FirstCause cause) {
    return switch (cause) {
      case FirstCause.Found found ->
          new CauseView(
              "machine",
              found.machine(),
              null,
              Rfc3339.format(found.span().fromMicros()),
              Rfc3339.format(found.span().toMicros()),
              Scalars.lower(found.category()),
              found.reason(),
              found.through(),
              null);
      case FirstCause.SlowNeighbour(String station) ->
          new CauseView("slow-neighbour", null, station, null, null, null, null, List.of(), null);
      case FirstCause.Unknown(String why) ->
          new CauseView("unknown", null, null, null, null, null, null, List.of(), why);
    };
  }

  static HistoryView history(FoundStop found, List<StopWord> words) {
    Set<Long> withdrawn = new HashSet<>();
    for (StopWord word : words) {
      if (word instanceof Withdrawn back) {
        withdrawn.add(back.word());
      }
    }
    return new HistoryView(
        found.key().toString(),
        words.reversed().stream()
            .map(word -> word(word, withdrawn.contains(word.said().version())))
            .toList());
  }

  private static WordView word(StopWord word, boolean withdrawn) {
    StopWord.Said said = word.said();
    return new WordView(
        said.version(),
        StopWords.kind(word),
        Rfc3339.format(said.span().fromMicros()),
        Rfc3339.format(said.span().toMicros()),
        word instanceof Classified of ? of.reason() : null,
        word instanceof Commented of ? of.comment() : null,
        word instanceof Split of ? Rfc3339.format(of.atInstantMicros()) : null,
        word instanceof Withdrawn of ? of.word() : null,
        withdrawn,
        said.by(),
        Rfc3339.format(said.atMicros()));
  }
}
