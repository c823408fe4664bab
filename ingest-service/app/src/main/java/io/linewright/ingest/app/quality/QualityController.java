package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.quality.QualityPlaces.Shown;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /**
   * Place in a list. Two stored tags may be shown alike on the day on which their equipment moved.
   */
  private record Place(String key, int id) {

    static Place of(Shown one) {
      return new Place(one.subject().key(), one.subject().tag().id());
    }

    static Place parse(String cursor) {
      int divider = cursor.lastIndexOf(' ');
      try {
        return new Place(
            cursor.substring(0, Math.max(divider, 0)),
            Integer.parseInt(cursor.substring(divider + 1)));
      } catch (NumberFormatException notOurs) {
        throw new IllegalArgumentException("cursor is not one of this service", notOurs);
      }
    }

    boolean isAfter(Place other) {
      int order = key.compareTo(other.key);
      return order > 0 || (order == 0 && id > other.id);
    }

    @Override
    public String toString() {
      return key + " " + id;
    }
  }

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
          "tag is path#name (# as %23), day a date of the site's time zone; a day that is not over"
              + " is judged up to now. version is that of the stored judgement of the night, if its"
              + " values are the same. A day whose samples have gone by the retention is shown as"
              + " the night has judged it last. Two questions are answered at a time, each within"
              + " 20 s (503 too-busy, too-slow).")
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
    boolean same =
        stored != null
            && judged.isOver()
            && stored.samples() == result.samples()
            && Objects.equals(stored.missing(), result.missing());
    return QualityViews.view(subject, judged, result, same ? stored : null, clock.instant());
  }

  @GetMapping(path = "/api/v1/data-quality/results", produces = "application/json")
  @Operation(
      operationId = "dataQualityResults",
      summary = "What was judged of a day, ordered by tag",
      description =
          "With ?equipment= only tags of equipment that is at that path and below now, with"
              + " breached=true only those below a bound. limit is 1 to 1000.")
  QualityPage results(
      @RequestParam String day,
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(defaultValue = "false") boolean breached,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    LocalDate date = day(day);
    Place after = cursor == null ? null : Place.parse(cursor);
    places.refresh();
    List<Shown> page =
        places.below(store.judged(date, end(date), breached), below).stream()
            .filter(one -> after == null || Place.of(one).isAfter(after))
            .limit(limit + 1L)
            .toList();
    List<QualityRow> rows = rows(date, page.subList(0, Math.min(limit, page.size())));
    if (page.size() <= limit) {
      return new QualityPage(date.toString(), rows, null);
    }
    String next = Place.of(page.get(limit - 1)).toString();
    NextLink.add(request, response, next);
    return new QualityPage(date.toString(), rows, next);
  }

  @GetMapping(path = "/api/v1/data-quality/plant", produces = "application/json")
  @Operation(
      operationId = "dataQualityOfPlant",
      summary = "The plant on a day: assets connected, availability of data",
      description =
          "assets is the equipment with tags that was there on the day, connected what sent a value"
              + " that is not Bad, or none because nothing had changed; tags and availability are"
              + " from what the night has judged. With"
              + " ?equipment= of a part of the plant as it stands now. Two questions are answered"
              + " at a time, each within 20 s (503 too-busy, too-slow).")
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
                    store.judged(judged.day(), judged.to(), false),
                    below)));
  }

  private List<QualityRow> rows(LocalDate day, List<Shown> page) {
    Map<Integer, Judgement> stored = new HashMap<>();
    store
        .list(day, page.stream().map(one -> one.subject().tag().id()).toList())
        .forEach(one -> stored.put(one.tagId(), one));
    List<QualityRow> rows = new ArrayList<>();
    for (Shown one : page) {
      Judgement judgement = stored.get(one.subject().tag().id());
      if (judgement != null) {
        rows.add(QualityRow.of(one.subject(), judgement));
      }
    }
    return rows;
  }

  private Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(settings.zone()).toInstant();
  }

  private LocalDate day(String text) {
    LocalDate day;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeParseException noDate) {
      throw new IllegalArgumentException(
          "day must be a date like 2026-01-31, not '%s'".formatted(Parameters.shortened(text)),
          noDate);
    }
    LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), settings.zone()).plusDays(1);
    if (day.isBefore(EARLIEST) || day.isAfter(tomorrow)) {
      throw new IllegalArgumentException(
          "day must lie between %s and tomorrow, %s, not %s".formatted(EARLIEST, tomorrow, day));
    }
    return day;
  }
}
