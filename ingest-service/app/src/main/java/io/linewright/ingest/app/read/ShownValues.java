package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.FormerValues;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Last values under the paths of their equipment, in the wanted unit or the newest. */
public final class ShownValues {

  /** A last value and what it belongs to, both as they are shown. */
  public record Shown(Tag tag, LastValue value) {}

  /**
   * Where the last value of a series is.
   *
   * @param former its newest parts, in which there may be one: memory knows that of others only,
   *     who have the address now; newest first
   * @param known the last value if there is none in those; null: there is no other
   */
  private record Candidate(Series series, List<Source> former, @Nullable LastValue known) {

    @Nullable LastValue last(Map<Source, LastValue> found) {
      for (Source source : former) {
        LastValue value = found.get(source);
        if (value != null) {
          return value;
        }
      }
      return known;
    }
  }

  private final LastValues lastValues;
  private final FormerValues formerValues;

  ShownValues(LastValues lastValues, FormerValues formerValues) {
    this.lastValues = lastValues;
    this.formerValues = formerValues;
  }

  /**
   * The last values of those tags that have one, in their order.
   *
   * @param wanted asked for no more than needed
   * @param unit UCUM code; null: the newest of each
   * @param most most values that are wanted
   * @throws IllegalArgumentException if a value cannot be shown in that unit
   */
  List<Shown> of(Iterator<Series> wanted, @Nullable String unit, int most) {
    List<Shown> shown = new ArrayList<>();
    while (shown.size() < most && wanted.hasNext()) {
      add(wanted, unit, most, shown);
    }
    return shown;
  }

  /** Adds the next ones: no more than needed, and no more than are looked for at once. */
  private void add(Iterator<Series> wanted, @Nullable String unit, int most, List<Shown> shown) {
    List<Candidate> candidates = new ArrayList<>();
    List<Source> former = new ArrayList<>();
    int sure = shown.size();
    while (sure < most && former.size() < FormerValues.MOST_AT_ONCE && wanted.hasNext()) {
      Candidate one = candidate(wanted.next());
      candidates.add(one);
      former.addAll(one.former());
      sure += one.known() == null ? 0 : 1;
    }
    Map<Source, LastValue> found = former.isEmpty() ? Map.of() : formerValues.find(former);
    for (Candidate one : candidates) {
      LastValue value = shown.size() < most ? one.last(found) : null;
      if (value != null) {
        shown.add(shown(one.series(), value, unit));
      }
    }
  }

  private Candidate candidate(Series series) {
    List<Source> former = new ArrayList<>();
    for (Source source : series.sources().reversed()) {
      LastValue value = lastValues.of(source.tagId());
      if (value != null) {
        long micros = value.sample().sourceMicros();
        if (source.covers(micros)) {
          return new Candidate(series, former, value);
        }
        if (micros >= source.toMicros()) {
          former.add(source);
        }
      }
    }
    return new Candidate(series, former, null);
  }

  /** A last value that has changed; null if its tag is unknown here. */
  public static @Nullable Shown of(Registry registry, LastValue value) {
    Tag tag = registry.shown(value.tagId(), value.sample().sourceMicros());
    if (tag == null || tag.versions().isEmpty()) {
      return tag == null ? null : new Shown(tag, value);
    }
    return shown(Series.of(tag), value, null);
  }

  private static Shown shown(Series series, LastValue value, @Nullable String unit) {
    long micros = value.sample().sourceMicros();
    SeriesPlan plan = series.list(micros, micros + 1, unit);
    Sample sample = value.sample();
    for (Part part : plan.parts()) {
      if (part.piece().overlaps(micros, micros + 1)) {
        sample = part.mapping().apply(sample);
      }
    }
    return new Shown(
        series.tag().with(plan.type(), plan.unit()),
        new LastValue(
            value.tagId(), sample, value.gatewayMicros(), value.ingestMicros(), value.version()));
  }
}
