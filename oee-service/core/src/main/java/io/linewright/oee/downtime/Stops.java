package io.linewright.oee.downtime;

import io.linewright.oee.downtime.Episodes.Episode;
import io.linewright.oee.downtime.Stop.Origin;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Commented;
import io.linewright.oee.downtime.StopWord.Merged;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Unclassified;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stops of a machine, which nobody opens and closes: they follow from the slices. */
public final class Stops {

  private Stops() {}

  /**
   * The stops in a time, ascending.
   *
   * @param machine path of the machine, not empty
   * @param slices a partition of time, ascending, after {@link LengthRules}
   * @param words in any order, for comments and numbers of words
   */
  public static List<Stop> of(String machine, List<TimeSlice> slices, Collection<StopWord> words) {
    List<Episode> episodes = Episodes.stops(slices);
    List<Span> spans = WordPainting.spans(slices, episodes);
    int[] numbers = new int[spans.size()];
    List<String> comments = new ArrayList<>();
    spans.forEach(span -> comments.add(""));
    for (StopWord word : WordPainting.valid(words)) {
      for (int i : WordPainting.about(word.said().span(), spans)) {
        numbers[i]++;
        if (word instanceof Commented said) {
          comments.set(i, said.comment());
        }
      }
    }
    List<Stop> stops = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      String comment = comments.get(i);
      stops.add(
          stop(machine, slices, episodes.get(i), comment.isEmpty() ? null : comment, numbers[i]));
    }
    return List.copyOf(stops);
  }

  /**
   * Why a word cannot be said; empty if it can.
   *
   * @param word the new word
   * @param slices as for {@link #of}, of a time with all stops that the word may be about
   * @param words those that were said before
   * @param tree the reasons
   */
  public static Optional<WordRefusal> check(
      StopWord word, List<TimeSlice> slices, Collection<StopWord> words, ReasonTree tree) {
    List<Span> stops = WordPainting.spans(slices, Episodes.stops(slices));
    Span span = word.said().span();
    return Optional.ofNullable(
        switch (word) {
          case Withdrawn back -> withdrawal(back, words);
          case Merged merged -> merge(merged, slices, stops);
          case Split split -> split(split, stops);
          case Classified said -> {
            WordRefusal wrong = place(span, stops);
            yield wrong != null ? wrong : reason(said.reason(), tree);
          }
          case Unclassified _ -> place(span, stops);
          case Commented _ -> place(span, stops);
        });
  }

  private static @Nullable WordRefusal withdrawal(Withdrawn word, Collection<StopWord> words) {
    return WordPainting.valid(words).stream().anyMatch(said -> said.said().version() == word.word())
        ? null
        : new WordRefusal.UnknownWord(word.word());
  }

  private static @Nullable WordRefusal place(Span span, List<Span> stops) {
    List<Integer> about = WordPainting.about(span, stops);
    if (about.isEmpty()) {
      return new WordRefusal.NoStopThere();
    }
    Span stop = stops.get(about.getFirst());
    return about.size() == 1 && stop.covers(span) ? null : new WordRefusal.OutsideStop(stop);
  }

  private static @Nullable WordRefusal reason(String code, ReasonTree tree) {
    if (tree.byCode(code).isEmpty()) {
      return new WordRefusal.UnknownReason(code);
    }
    return tree.isLeaf(code) ? null : new WordRefusal.NotALeaf(code);
  }

  private static @Nullable WordRefusal split(Split word, List<Span> stops) {
    WordRefusal wrong = place(word.said().span(), stops);
    if (wrong != null) {
      return wrong;
    }
    Span stop = stops.get(WordPainting.about(word.said().span(), stops).getFirst());
    return stop.fromMicros() < word.atInstantMicros() && stop.contains(word.atInstantMicros())
        ? null
        : new WordRefusal.OutsideStop(stop);
  }

  private static @Nullable WordRefusal merge(
      Merged word, List<TimeSlice> slices, List<Span> stops) {
    Span span = word.said().span();
    List<Span> touched = stops.stream().filter(span::overlaps).toList();
    if (touched.isEmpty()) {
      return new WordRefusal.NoStopThere();
    }
    if (touched.size() != 2
        || span.fromMicros() < touched.getFirst().fromMicros()
        || span.toMicros() > touched.getLast().toMicros()
        || touched.getFirst().toMicros() == touched.getLast().fromMicros()) {
      return new WordRefusal.NotNeighbours();
    }
    Span between = new Span(touched.getFirst().toMicros(), touched.getLast().fromMicros());
    return slices.stream()
            .filter(slice -> slice.span().overlaps(between))
            .allMatch(slice -> Episodes.produces(slice) || Episodes.idle(slice))
        ? null
        : new WordRefusal.NotNeighbours();
  }

  private static Stop stop(
      String machine,
      List<TimeSlice> slices,
      Episode episode,
      @Nullable String comment,
      int words) {
    List<TimeSlice> counting =
        slices.subList(episode.from(), episode.to()).stream()
            .filter(slice -> !Episodes.planned(slice))
            .toList();
    Map<TimeCategory, Long> sums = new LinkedHashMap<>();
    counting.forEach(slice -> sums.merge(slice.category(), slice.span().micros(), Long::sum));
    TimeCategory category = longest(sums).orElseThrow();
    List<TimeSlice> of = counting.stream().filter(slice -> slice.category() == category).toList();
    Map<String, Long> reasons = new LinkedHashMap<>();
    for (TimeSlice slice : of) {
      String reason = slice.reason();
      if (reason != null) {
        reasons.merge(reason, slice.span().micros(), Long::sum);
      }
    }
    Map<Origin, Long> origins = new EnumMap<>(Origin.class);
    of.forEach(slice -> origins.merge(origin(slice), slice.span().micros(), Long::sum));
    Span span = episode.span(slices);
    return new Stop(
        new StopId(machine, span.fromMicros()),
        span,
        episode.micros(),
        episode.open(),
        category,
        longest(reasons).orElse(null),
        longest(origins).orElseThrow(),
        counting.stream().anyMatch(slice -> slice.has(SliceFlag.FORCED)),
        comment,
        words);
  }

  private static Origin origin(TimeSlice slice) {
    if (slice.has(SliceFlag.BY_WORD)) {
      return Origin.WORD;
    }
    if (slice.reason() != null) {
      return Origin.SIGNAL;
    }
    return slice.category() == slice.said() ? Origin.STATE : Origin.LENGTH;
  }

  /** The one with the most; of two the first. */
  private static <K> Optional<K> longest(Map<K, Long> sums) {
    @Nullable K best = null;
    long most = 0;
    for (Map.Entry<K, Long> sum : sums.entrySet()) {
      if (sum.getValue() > most) {
        best = sum.getKey();
        most = sum.getValue();
      }
    }
    return Optional.ofNullable(best);
  }
}
