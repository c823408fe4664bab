package io.linewright.ingest.app.history;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.history.SampleSource.Usable;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.sample.Sample;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one tag as one answer sees them: those that were stored when it began. They are
 * read a stretch at a time. The last stretches are kept, so that several walks side by side read
 * them once, as long as none falls far behind; if one does, it reads again.
 */
public final class TagHistory {

  private final Tag tag;
  private final Function<Ask, List<Sample>> reader;
  private final int stretch;
  private final Surroundings surroundings;
  private final int kept;
  private final List<Part> parts;
  private final SequencedMap<Ask, List<Sample>> stretches = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param reader reads samples of the tag
   * @param stretch samples read at once
   * @param kept stretches that are kept
   */
  TagHistory(Tag tag, Function<Ask, List<Sample>> reader, int stretch, int kept) {
    this(tag, List.of(), reader, stretch, kept);
  }

  /**
   * @param parts of which stored tags it is made up, ascending by time
   */
  TagHistory(Tag tag, List<Part> parts, Function<Ask, List<Sample>> reader, int stretch, int kept) {
    this.tag = tag;
    this.parts = parts;
    this.reader = reader;
    this.stretch = stretch;
    this.kept = kept;
    this.surroundings = new Surroundings(reader);
  }

  /** Which tag. */
  public Tag tag() {
    return tag;
  }

  /** Of which stored tags it is made up in the range that was asked for, ascending by time. */
  public List<Part> parts() {
    return parts;
  }

  /** The stored tag that has all of a range, and how its values are shown; empty if none has. */
  public Optional<Part> whole(TimeRange range) {
    return parts.stream()
        .filter(
            part ->
                part.piece().fromMicros() <= range.fromMicros()
                    && part.piece().toMicros() >= range.toMicros())
        .findFirst();
  }

  /** The samples of a range, ascending by time and ordinal. */
  public Iterator<Sample> samples(TimeRange range) {
    return new Walk(range);
  }

  /** The samples of a range, with those before and after it that a computation needs. */
  public Iterator<Sample> samples(TimeRange range, Need need) {
    List<Sample> before = before(range.fromMicros(), need);
    return new Joined(before.iterator(), new Walk(range), range.toMicros(), need);
  }

  /** The samples before an instant that a computation needs, ascending. */
  public List<Sample> before(long micros, Need need) {
    return surroundings.before(micros, need);
  }

  /** The samples at or after an instant that a computation needs, ascending. */
  public List<Sample> after(long micros, Need need) {
    return surroundings.after(micros, need);
  }

  /** Drops the stretches that are kept; for when no walk goes on. */
  public void forget() {
    stretches.clear();
  }

  private List<Sample> stretch(Ask ask) {
    List<Sample> known = stretches.get(ask);
    if (known != null) {
      return known;
    }
    List<Sample> read = reader.apply(ask);
    if (stretches.size() == kept) {
      stretches.pollFirstEntry();
    }
    stretches.put(ask, read);
    return read;
  }

  private final class Walk implements Iterator<Sample> {

    private final long to;
    private @Nullable List<Sample> current;
    private int at;

    Walk(TimeRange range) {
      this.to = range.toMicros();
      this.current = stretch(new Ask(range.fromMicros(), -1, to, stretch, false, Usable.ANY));
    }

    @Override
    public boolean hasNext() {
      if (current != null && at == current.size()) {
        current = current.size() < stretch ? null : following(current.getLast());
        at = 0;
      }
      return current != null && !current.isEmpty();
    }

    @Override
    public Sample next() {
      if (!hasNext() || current == null) {
        throw new NoSuchElementException();
      }
      return current.get(at++);
    }

    private List<Sample> following(Sample last) {
      return stretch(new Ask(last.sourceMicros(), last.ordinal(), to, stretch, false, Usable.ANY));
    }
  }

  /** What lies after the range is looked for when it is reached. */
  private final class Joined implements Iterator<Sample> {

    private final Iterator<Sample> before;
    private final Iterator<Sample> within;
    private final long to;
    private final Need need;
    private Iterator<Sample> after = Collections.emptyIterator();
    private boolean ended;

    Joined(Iterator<Sample> before, Iterator<Sample> within, long to, Need need) {
      this.before = before;
      this.within = within;
      this.to = to;
      this.need = need;
    }

    @Override
    public boolean hasNext() {
      if (before.hasNext() || within.hasNext()) {
        return true;
      }
      if (!ended) {
        ended = true;
        after = after(to, need).iterator();
      }
      return after.hasNext();
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (before.hasNext()) {
        return before.next();
      }
      return within.hasNext() ? within.next() : after.next();
    }
  }
}
