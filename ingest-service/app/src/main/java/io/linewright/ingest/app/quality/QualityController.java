package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.quality.QualityPlaces.Past;
import io.linewright.ingest.app.quality.QualityPlaces.Place;
import io.linewright.ingest.app.quality.QualityPlaces.Subject;
import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.quality.QualityViews.PlantView;
import io.linewright.ingest.app.quality.QualityViews.QualityPage;
import io.linewright.ingest.app.quality.QualityViews.QualityRow;
import io.linewright.ingest.app.quality.QualityViews.QualityView;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Data quality", description = "How good the values of a tag on a day of the site are")
class QualityController {

  private static final int MAX_LIMIT = 1_000;
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

  /** So many tags of a list are looked for at once, if few were judged, or are below a bound. */
  private static final int MOST_AT_ONCE = 10_000;

  private final QualityDesk desk;
  private final QualityStore store;
  private final QualityPlaces places;
  private final Questions questions;
  private final QualitySettings settings;
  private final HeavyReads reads;
  private final InstantSource clock;

  QualityController(
      QualityDesk desk,
      QualityStore store,
      QualityPlaces places,
      Questions questions,
      QualitySettings settings,
      HeavyReads reads,
      InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.places = places;
    this.questions = questions;
    this.settings = settings;
    this.reads = reads;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/data-quality", produces = "application/json")
  @Operation(
      operationId = "dataQuality",
      summary = "How good the values of one tag on one day are, judged now",
      description =
          "tag is path#name (# as %23), day a date of the site's time zone, 1900-01-01 to today; a"
              + " day that is not over is judged up to now. version is that of the stored judgement"
              + " of the night, if zone, counts, parts and breaches are the same. A day whose samples have"
              + " gone by the retention is shown as the night has judged it last. Two questions are"
              + " answered at a time, each within 20 s; one that finds no place within 5 s is"
              + " refused (503 too-busy, too-slow).")
  QualityView dataQuality(@RequestParam String tag, @RequestParam String day) {
    QualityDay judged = desk.day(day(day));
    Subject subject = places.subject(TagKey.parse(tag), judged);
    Judgement stored = store.find(subject.tag().id(), judged.day()).orElse(null);
    String gone = desk.gone(subject.tag(), judged);
    if (gone != null) {
      if (stored == null) {
        throw new RefusedException(
            HttpStatus.NOT_FOUND,
            "not-found",
            "%s was not judged while its samples were there: %s".formatted(judged.day(), gone));
      }
      return QualityViews.view(subject, judged, stored, desk.rules(subject));
    }
    QualityResult result =
        questions
            .ask(limit -> reads.answer().read(() -> desk.judge(subject.tag(), judged, limit)))
            .result();
    boolean same = stored != null && judged.isOver() && stored.isAs(judged, result);
    return QualityViews.view(subject, judged, result, same ? stored : null, clock.instant());
  }

  @GetMapping(path = "/api/v1/data-quality/results", produces = "application/json")
  @Operation(
      operationId = "dataQualityResults",
      summary = "What was judged of a day, ordered by tag; or of a tag, ordered by day",
      description =
          "With ?day=, 1900-01-01 to today, and with equipment only tags of equipment that is at that"
              + " path and below now. Or with ?tag=&from=&to= the days of one tag, wherever its"
              + " equipment was; from is included, to is not. With breached=true only what is below"
              + " a bound. limit is 1 to 1000. It shares its connections with all that reads history"
              + " (503 too-busy).")
  QualityPage results(
      @RequestParam(required = false) @Nullable String day,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(defaultValue = "false") boolean breached,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    Place after = cursor == null ? null : Place.parse(cursor);
    QualityPage page;
    if (day != null && tag == null && from == null && to == null) {
      String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
      page = ofDay(day(day), below, breached, limit, after);
    } else if (tag != null && from != null && to != null && day == null && equipment == null) {
      page = ofTag(TagKey.parse(tag), days(from, to), breached, limit, after);
    } else {
      throw new IllegalArgumentException(
          "write day, and equipment for a part of the plant; or tag, from and to");
    }
    String next = page.next();
    if (next != null) {
      NextLink.add(request, response, next);
    }
    return page;
  }

  @GetMapping(path = "/api/v1/data-quality/plant", produces = "application/json")
  @Operation(
      operationId = "dataQualityOfPlant",
      summary = "The plant on a day: assets connected, availability of data",
      description =
          "assets is the equipment with tags that was there on the day, connected what sent a value"
              + " that is not Bad, or none because nothing had changed; tags and availability are"
              + " from what the night has judged. With"
              + " ?equipment= of a part of the plant as it stands now. day is 1900-01-01 to today."
              + " Two questions are answered at a time, each within 20 s; one that finds no place"
              + " within 5 s is refused (503 too-busy, too-slow).")
  PlantView plant(
      @RequestParam String day, @RequestParam(required = false) @Nullable String equipment) {
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    QualityDay judged = desk.day(day(day));
    places.refresh();
    return questions.ask(
        limit ->
            PlantView.of(
                judged,
                places.plant(
                    store.addresses(judged, limit),
                    store.judged(judged.day(), judged.to()),
                    below)));
  }

  /** Reads judgements of the tags of the page only, and of those that turn out not to be on it. */
  private QualityPage ofDay(
      LocalDate day, @Nullable String below, boolean breached, int limit, @Nullable Place after) {
    places.refresh();
    HeavyReads.Answer answer = reads.answer();
    List<QualityRow> rows = new ArrayList<>();
    Place last = null;
    Iterator<Place> left = places.places(below, after);
    for (int most = limit + 1; left.hasNext(); most = Math.min(2 * most, MOST_AT_ONCE)) {
      List<Place> some = next(left, most);
      Map<Integer, Judgement> stored = new HashMap<>();
      List<Integer> ids = some.stream().map(Place::id).toList();
      answer
          .read(() -> store.list(day, ids, breached))
          .forEach(one -> stored.put(one.tagId(), one));
      for (Place place : some) {
        Judgement judgement = stored.get(place.id());
        Subject subject = judgement == null ? null : shown(judgement);
        if (judgement != null && subject != null && subject.key().equals(place.key())) {
          if (last != null && rows.size() == limit) {
            return new QualityPage(day.toString(), rows, last.toString());
          }
          rows.add(QualityRow.of(subject, judgement));
          last = place;
        }
      }
    }
    return new QualityPage(day.toString(), rows, null);
  }

  private static List<Place> next(Iterator<Place> left, int most) {
    List<Place> some = new ArrayList<>();
    while (some.size() < most && left.hasNext()) {
      some.add(left.next());
    }
    return some;
  }

  /** Days, the last one not included. */
  private record Days(LocalDate from, LocalDate to) {}

  private QualityPage ofTag(
      TagKey key, Days days, boolean breached, int limit, @Nullable Place after) {
    Past past = places.past(key);
    HeavyReads.Answer answer = reads.answer();
    List<QualityRow> rows = new ArrayList<>();
    Place at = begin(days, after);
    Place last = at;
    List<Judgement> read;
    do {
      Place begin = at;
      read =
          answer.read(
              () ->
                  store.days(
                      past.tagIds(),
                      LocalDate.parse(begin.key()),
                      begin.id(),
                      days.to(),
                      breached,
                      limit + 1));
      for (Judgement judgement : read) {
        at = new Place(judgement.day().toString(), judgement.tagId());
        Subject subject = shown(judgement);
        if (subject != null && subject.key().equals(past.key())) {
          if (rows.size() == limit) {
            return new QualityPage(null, rows, last.toString());
          }
          rows.add(QualityRow.of(subject, judgement));
          last = at;
        }
      }
    } while (read.size() > limit);
    return new QualityPage(null, rows, null);
  }

  private static Place begin(Days days, @Nullable Place after) {
    Place begin = new Place(days.from().toString(), -1);
    if (after == null) {
      return begin;
    }
    try {
      date("cursor", after.key());
    } catch (IllegalArgumentException noDay) {
      throw new IllegalArgumentException("cursor is not one of this service", noDay);
    }
    return after.compareTo(begin) > 0 ? after : begin;
  }

  private @Nullable Subject shown(Judgement judgement) {
    Instant until = judgement.until();
    return places.shown(judgement.tagId(), until == null ? end(judgement.day()) : until);
  }

  private Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(settings.zone()).toInstant();
  }

  private LocalDate day(String text) {
    LocalDate day = date("day", text);
    LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
    if (day.isAfter(today)) {
      throw new IllegalArgumentException(
          "day must not lie after today, %s in %s, but is %s"
              .formatted(today, settings.zone(), day));
    }
    return day;
  }

  private static Days days(String from, String to) {
    Days days = new Days(date("from", from), date("to", to));
    if (!days.from().isBefore(days.to())) {
      throw new IllegalArgumentException(
          "to must lie after from, %s; it is not included".formatted(days.from()));
    }
    return days;
  }

  private static LocalDate date(String name, String text) {
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeParseException noDate) {
      throw new IllegalArgumentException(
          "%s must be a date like 2026-01-31, not '%s'".formatted(name, Parameters.shortened(text)),
          noDate);
    }
    if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "%s must lie between %s and %s, not %s".formatted(name, EARLIEST, LATEST, date));
    }
    return date;
  }
}
