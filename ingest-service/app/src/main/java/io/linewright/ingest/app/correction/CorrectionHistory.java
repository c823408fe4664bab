package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.ToldCorrection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was said of a tag's values wherever its equipment was, newest first. */
final class CorrectionHistory {

  /**
   * A page.
   *
   * @param next cursor of the page that follows; null if none does
   */
  record Page(List<ToldCorrection> corrections, @Nullable String next) {}

  /**
   * A correction and when it was made.
   *
   * @param micros not later than that of any newer version of the stored tag
   */
  private record Dated(ToldCorrection told, long micros) {}

  private final CorrectionLog log;

  CorrectionHistory(CorrectionLog log) {
    this.log = log;
  }

  /**
   * Corrections that touch a time.
   *
   * @param fromMicros begin, included; null: any
   * @param toMicros end, not included; null: any
   * @throws IllegalArgumentException if the cursor is none of this class
   */
  Page page(
      Series series,
      @Nullable Long fromMicros,
      @Nullable Long toMicros,
      @Nullable String cursor,
      int limit) {
    Map<Integer, Long> below = below(cursor);
    Map<Integer, SortedMap<Long, ToldCorrection>> byTag = new LinkedHashMap<>();
    for (Source source : series.sources()) {
      long from = Math.max(source.fromMicros(), fromMicros == null ? Long.MIN_VALUE : fromMicros);
      long to = Math.min(source.toMicros(), toMicros == null ? Long.MAX_VALUE : toMicros);
      SortedMap<Long, ToldCorrection> ofTag =
          byTag.computeIfAbsent(source.tagId(), id -> new TreeMap<>(Comparator.reverseOrder()));
      long belowVersion = below.getOrDefault(source.tagId(), Long.MAX_VALUE);
      if (from < to) {
        log.newest(source.tagId(), from, to, belowVersion, limit + 1)
            .forEach(told -> ofTag.put(told.entry().version(), told));
      }
    }
    // What is said while somebody turns pages is on none of them
    byTag.forEach((id, ofTag) -> below.putIfAbsent(id, ofTag.isEmpty() ? 0 : ofTag.firstKey() + 1));
    List<ToldCorrection> found = new ArrayList<>();
    byTag.values().stream()
        .flatMap(ofTag -> dated(ofTag.values()).stream())
        .sorted(Comparator.comparingLong(Dated::micros).reversed())
        .limit(limit + 1L)
        .forEach(dated -> found.add(dated.told()));
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<ToldCorrection> shown = List.copyOf(found.subList(0, limit));
    shown.forEach(told -> below.put(told.tagId(), told.entry().version()));
    return new Page(shown, cursor(below));
  }

  /** In the order of versions, also where two requests took their times in the other order. */
  private static List<Dated> dated(Collection<ToldCorrection> newestFirst) {
    List<Dated> dated = new ArrayList<>();
    long micros = Long.MAX_VALUE;
    for (ToldCorrection told : newestFirst) {
      micros = Math.min(micros, told.entry().recordedMicros());
      dated.add(new Dated(told, micros));
    }
    return dated;
  }

  private static String cursor(Map<Integer, Long> below) {
    return below.entrySet().stream()
        .map(one -> one.getKey() + "." + one.getValue())
        .collect(Collectors.joining("-"));
  }

  /**
   * Up to which version of each stored tag pages go on: {@code tag.version-tag.version…}
   *
   * @throws IllegalArgumentException if that is not what is written there
   */
  private static Map<Integer, Long> below(@Nullable String cursor) {
    Map<Integer, Long> below = new HashMap<>();
    if (cursor == null) {
      return below;
    }
    for (String one : cursor.split("-", -1)) {
      int dot = one.indexOf('.');
      try {
        below.put(
            Integer.valueOf(one.substring(0, Math.max(0, dot))),
            Long.valueOf(one.substring(dot + 1)));
      } catch (NumberFormatException notOurs) {
        throw new IllegalArgumentException("cursor is not one of this service", notOurs);
      }
    }
    return below;
  }
}
