package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.Stepping;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.bucket.Buckets;
import io.linewright.ingest.bucket.CalendarBuckets;
import io.linewright.ingest.bucket.CalendarUnit;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.equipment.TagKey;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants aggregated.
 *
 * @param aggregates at least one, none twice
 * @param sloped stepped is false in it; {@code stepped} decides
 * @param stepped null: by the data type and role of each tag
 */
record AggregateQuestion(
    List<TagKey> tags,
    TimeRange range,
    Buckets buckets,
    List<Aggregate> aggregates,
    AggregateConfiguration sloped,
    @Nullable Boolean stepped) {

  static final int MAX_TAGS = 100;

  /** Most values in an answer: buckets times aggregates times tags. */
  static final int MAX_VALUES = 100_000;

  /**
   * Reads a request.
   *
   * @param site zone of a calendar for which none is named
   * @throws IllegalArgumentException if it is wrong or asks for too much
   */
  static AggregateQuestion of(Parameters parameters, ZoneId site) {
    List<TagKey> tags = parameters.tags(MAX_TAGS);
    List<Aggregate> aggregates = aggregates(parameters);
    TimeRange range = parameters.range();
    Buckets buckets = buckets(parameters, site);
    int most = MAX_VALUES / (tags.size() * aggregates.size());
    if (buckets.count(range.fromMicros(), range.toMicros(), most) > most) {
      throw new IllegalArgumentException(
          "an answer has at most %d values; with %d aggregates of %d tags that are %d buckets, but from %s to %s there are more. Ask for wider buckets, a shorter range or fewer tags"
              .formatted(
                  MAX_VALUES,
                  aggregates.size(),
                  tags.size(),
                  most,
                  Rfc3339.format(range.fromMicros()),
                  Rfc3339.format(range.toMicros())));
    }
    AggregateConfiguration sloped =
        new AggregateConfiguration(
            parameters.flag("treatUncertainAsBad", true),
            parameters.whole("percentDataBad", 100, 0, 100),
            parameters.whole("percentDataGood", 100, 0, 100),
            parameters.flag("useSlopedExtrapolation", false),
            false,
            1);
    return new AggregateQuestion(
        tags, range, buckets, aggregates, sloped, parameters.flag("stepped"));
  }

  /** How aggregates of a tag are computed. */
  AggregateConfiguration configuration(Tag tag) {
    return sloped.withStepped(Stepping.of(stepped, tag.type(), tag.role()));
  }

  /** The zone in which its days are; null: its buckets are of one width. */
  @Nullable ZoneId zone() {
    return buckets instanceof CalendarBuckets calendar ? calendar.zone() : null;
  }

  /**
   * Checks that all aggregates have a meaning for a tag.
   *
   * @throws IllegalArgumentException if one has not
   */
  void check(Tag tag) {
    for (Aggregate aggregate : aggregates) {
      if (!aggregate.accepts(tag.type())) {
        throw new IllegalArgumentException(
            "%s has no meaning for %s, whose type is %s; for it there are %s"
                .formatted(aggregate, tag.key(), tag.type(), names(tag)));
      }
    }
  }

  private static String names(@Nullable Tag tag) {
    return Arrays.stream(Aggregate.values())
        .filter(a -> tag == null || a.accepts(tag.type()))
        .map(Aggregate::browseName)
        .collect(Collectors.joining(", "));
  }

  private static List<Aggregate> aggregates(Parameters parameters) {
    List<String> names = parameters.all("aggregate");
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "aggregate is missing; write %s with each wanted one of %s"
              .formatted(parameters.listed("aggregate", "Average"), names(null)));
    }
    return names.stream().map(AggregateQuestion::aggregate).toList();
  }

  private static Aggregate aggregate(String name) {
    return Aggregate.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no aggregate '%s'; there are %s"
                        .formatted(Parameters.shortened(name), names(null))));
  }

  private static Buckets buckets(Parameters parameters, ZoneId site) {
    String width = parameters.one("width");
    String calendar = parameters.one("calendar");
    if ((width == null) == (calendar == null)) {
      throw new IllegalArgumentException(
          "write either %s or %s, with %s if it is not the site's"
              .formatted(
                  parameters.written("width", "PT1M"),
                  parameters.written("calendar", "day"),
                  parameters.written("zone", "Europe/Vienna")));
    }
    if (width != null) {
      if (parameters.one("zone") != null) {
        throw new IllegalArgumentException(
            "zone belongs to calendar; buckets of one width begin at origin");
      }
      long origin = parameters.one("origin") == null ? 0 : parameters.instant("origin");
      return new FixedBuckets(origin, parameters.micros("width", width));
    }
    if (parameters.one("origin") != null) {
      throw new IllegalArgumentException("origin belongs to width; calendars have a zone");
    }
    CalendarUnit unit = Parameters.choice("calendar", String.valueOf(calendar), CalendarUnit.class);
    String zone = parameters.one("zone");
    if (zone == null) {
      return new CalendarBuckets(unit, site);
    }
    try {
      return new CalendarBuckets(unit, ZoneId.of(zone));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone must be a name of the IANA time-zone database like Europe/Vienna, not '%s'"
              .formatted(Parameters.shortened(zone)),
          unknown);
    }
  }
}
