package io.linewright.ingest.truth;

import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges new corrections of one tag, one after the other, each against what the ones before have
 * left: there must be something to replace, delete or restore, and nothing where a value is
 * inserted (OPC UA part 11: BadNoEntryExists, BadEntryExists). Used by one thread.
 */
public final class CorrectionBook {

  /**
   * Most corrections of ranges of one tag, restores included: a reader holds all of them. One a day
   * is reached after 27 years.
   */
  public static final int MAX_RANGES = 10_000;

  private final Set<At> stored;
  private final Map<At, Entry> latest = new HashMap<>();
  private final Set<During> touched;
  private final List<Entry> rangeEntries;
  private final List<Entry> accepted = new ArrayList<>();
  private final long recordedMicros;
  private Ranges ranges;
  private long version;

  /**
   * What is known of a tag before.
   *
   * @param version of the last correction; 0: there is none
   * @param recordedMicros when the new ones are recorded
   * @param stored keys with raw samples, of those that are going to be judged
   * @param corrections the latest ones about these keys, and all about ranges
   * @param touched ranges that are going to be restored and have corrections in them
   */
  public CorrectionBook(
      long version,
      long recordedMicros,
      Collection<At> stored,
      Collection<Entry> corrections,
      Collection<During> touched) {
    this.version = version;
    this.recordedMicros = recordedMicros;
    this.stored = new HashSet<>(stored);
    this.touched = new HashSet<>(touched);
    this.rangeEntries = new ArrayList<>();
    for (Entry entry : corrections) {
      enter(entry);
    }
    this.ranges = Ranges.of(rangeEntries);
  }

  /** Judges a correction; if it holds, it is entered with the next version, else the reason why. */
  public Optional<String> judge(Correction correction) {
    String refusal =
        switch (correction.target()) {
          case At key -> refusal(correction.kind(), key);
          case During range -> refusal(correction.kind(), range);
        };
    if (refusal != null) {
      return Optional.of(refusal);
    }
    version++;
    Entry entry = new Entry(version, recordedMicros, correction);
    enter(entry);
    accepted.add(entry);
    if (correction.target() instanceof During) {
      ranges = Ranges.of(rangeEntries);
    }
    return Optional.empty();
  }

  /** What was accepted, in the order of versions. */
  public List<Entry> accepted() {
    return List.copyOf(accepted);
  }

  private @Nullable String refusal(Kind kind, At key) {
    return switch (kind) {
      case REPLACE -> present(key) ? null : "there is no value to replace; insert one";
      case INSERT -> present(key) ? "there is a value already; replace it" : null;
      case DELETE -> present(key) ? null : "there is no value to delete";
      case RESTORE -> corrected(key) ? null : "nothing has been corrected there";
    };
  }

  private @Nullable String refusal(Kind kind, During range) {
    if (rangeEntries.size() >= MAX_RANGES) {
      return "the tag has %d corrections of ranges, the bound; correct single values"
          .formatted(MAX_RANGES);
    }
    return kind == Kind.RESTORE && !corrected(range) ? "nothing has been corrected there" : null;
  }

  /** Whether there is a value at a key as things stand. */
  private boolean present(At key) {
    Entry word = word(key);
    Ranges.Stretch range = ranges.at(key.micros());
    if (range != null && (word == null || range.version() > word.version())) {
      return !range.deleted() && stored.contains(key);
    }
    Kind kind = word == null ? Kind.RESTORE : word.correction().kind();
    return switch (kind) {
      case REPLACE, INSERT -> true;
      case DELETE -> false;
      case RESTORE -> stored.contains(key);
    };
  }

  private boolean corrected(At key) {
    Entry word = word(key);
    Ranges.Stretch range = ranges.at(key.micros());
    if (range != null && (word == null || range.version() > word.version())) {
      return range.deleted();
    }
    return word != null && word.correction().kind() != Kind.RESTORE;
  }

  private boolean corrected(During range) {
    return touched.contains(range)
        || accepted.stream()
            .map(Entry::correction)
            .anyMatch(
                one ->
                    one.kind() != Kind.RESTORE
                        && one.target().fromMicros() < range.toMicros()
                        && one.target().toMicros() > range.fromMicros());
  }

  private @Nullable Entry word(At key) {
    return latest.get(key);
  }

  private void enter(Entry entry) {
    switch (entry.correction().target()) {
      case At key -> latest.merge(key, entry, (a, b) -> a.version() > b.version() ? a : b);
      case During range -> rangeEntries.add(entry);
    }
  }
}
