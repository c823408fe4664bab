package io.linewright.oee.downtime;

import io.linewright.oee.downtime.Episodes.Episode;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Merged;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Unclassified;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Explains stops by what people say of them. */
public final class WordPainting {

  private WordPainting() {}

  /**
   * The slices with what people said. First stops are merged, where there are stops on both sides
   * of the production; then they are divided; then each has the reason of the latest word about it
   * that is known to the tree, unless that word is that it has none. What a word needs of time is
   * all stops that have something in common with its span.
   *
   * @param slices a partition of time, ascending, by states, calendar, data and signals
   * @param words in any order; equal ones may be there several times
   * @param tree the reasons
   * @return a partition of the same time
   */
  public static List<TimeSlice> paint(
      List<TimeSlice> slices, Collection<StopWord> words, ReasonTree tree) {
    List<StopWord> valid = valid(words);
    List<TimeSlice> painted = slices;
    for (StopWord word : valid) {
      if (word instanceof Merged) {
        painted = merged(painted, word.said().span());
      }
    }
    for (StopWord word : valid) {
      if (word instanceof Split split) {
        painted = split(painted, split.atInstantMicros());
      }
    }
    List<Episode> stops = Episodes.stops(painted);
    List<@Nullable Reason> reasons = new ArrayList<>();
    stops.forEach(stop -> reasons.add(null));
    List<Span> spans = spans(painted, stops);
    for (StopWord word : valid) {
      Optional<Reason> known =
          word instanceof Classified said ? tree.byCode(said.reason()) : Optional.empty();
      if (known.isPresent() || word instanceof Unclassified) {
        for (int i : about(word.said().span(), spans)) {
          reasons.set(i, known.orElse(null));
        }
      }
    }
    List<TimeSlice> explained = new ArrayList<>(painted);
    for (int i = 0; i < stops.size(); i++) {
      Reason reason = reasons.get(i);
      if (reason != null) {
        for (int k = stops.get(i).first(); k < stops.get(i).last(); k++) {
          TimeSlice slice = explained.get(k);
          explained.set(
              k,
              Episodes.explained(
                  slice,
                  reason.category(),
                  reason.code(),
                  Episodes.with(slice.flags(), SliceFlag.BY_WORD)));
        }
      }
    }
    return List.copyOf(explained);
  }

  /** The words that nobody withdrew, without the withdrawals, by version. */
  static List<StopWord> valid(Collection<StopWord> words) {
    Set<Long> withdrawn = new HashSet<>();
    for (StopWord word : words) {
      if (word instanceof Withdrawn back) {
        withdrawn.add(back.word());
      }
    }
    return words.stream()
        .distinct()
        .filter(word -> !(word instanceof Withdrawn))
        .filter(word -> !withdrawn.contains(word.said().version()))
        .sorted(Comparator.comparingLong(word -> word.said().version()))
        .toList();
  }

  /** Indices of the stops that a word of that span is about. */
  static List<Integer> about(Span word, List<Span> stops) {
    List<Integer> about = new ArrayList<>();
    int best = -1;
    long most = 0;
    for (int i = 0; i < stops.size(); i++) {
      long common = stops.get(i).and(word).map(Span::micros).orElse(0L);
      if (common > most) {
        best = i;
        most = common;
      }
    }
    for (int i = 0; i < stops.size(); i++) {
      long common = stops.get(i).and(word).map(Span::micros).orElse(0L);
      if (i == best || common > 0 && common >= stops.get(i).micros() - common) {
        about.add(i);
      }
    }
    return about;
  }

  /** When the episodes were. */
  static List<Span> spans(List<TimeSlice> slices, List<Episode> episodes) {
    return episodes.stream().map(episode -> episode.span(slices)).toList();
  }

  private static List<TimeSlice> merged(List<TimeSlice> slices, Span span) {
    List<TimeSlice> merged = Episodes.cut(slices, span.fromMicros());
    merged = Episodes.cut(merged, span.toMicros());
    for (int i = 1; i < merged.size(); i++) {
      int end = i;
      while (end < merged.size()
          && span.covers(merged.get(end).span())
          && Episodes.produces(merged.get(end))) {
        end++;
      }
      if (end == i) {
        continue;
      }
      TimeSlice before = merged.get(i - 1);
      if (Episodes.idle(before) && end < merged.size() && Episodes.idle(merged.get(end))) {
        for (int k = i; k < end; k++) {
          TimeSlice slice = merged.get(k);
          merged.set(
              k,
              Episodes.explained(
                  slice,
                  before.said(),
                  Episodes.planned(before) ? null : before.reason(),
                  Episodes.with(slice.flags(), SliceFlag.BY_WORD)));
        }
      }
      i = end;
    }
    return merged;
  }

  private static List<TimeSlice> split(List<TimeSlice> slices, long micros) {
    List<TimeSlice> split = Episodes.cut(slices, micros);
    for (int i = 1; i < split.size(); i++) {
      TimeSlice slice = split.get(i);
      if (slice.span().fromMicros() == micros
          && Episodes.idle(slice)
          && Episodes.idle(split.get(i - 1))) {
        split.set(
            i,
            new TimeSlice(
                slice.span(),
                slice.category(),
                slice.said(),
                slice.state(),
                slice.reason(),
                Episodes.with(slice.flags(), SliceFlag.FIRST_OF_EPISODE)));
      }
    }
    return split;
  }
}
