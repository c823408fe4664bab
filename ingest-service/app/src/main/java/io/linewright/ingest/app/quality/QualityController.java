package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.quality.QualityViews.PlantView;
import io.linewright.ingest.app.quality.QualityViews.QualityPage;
import io.linewright.ingest.app.quality.QualityViews.QualityRow;
import io.linewright.ingest.app.quality.QualityViews.QualityView;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Data quality",
    description = "How good the values of a tag on a day of the site are")
class QualityController {

  private static final int MAX_LIMIT = 1_000;
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * Bounds of a tag.
   *
   * @param least of each part, 0 to 1; what is missing is as in the configuration
   * @param latestMillis 95 % of the values are to be stored so soon; 1 to 86,400,000
   * @param flatMillis shortest time of an unchanged value that is a flat line; 1,000 to 86,400,000
   * @param spike how many median steps a spike leaps; above 1
   */
  record RulesView(
      @Nullable Map<String, @Nullable Double> least,
      @Nullable Long latestMillis,
      @Nullable Long flatMillis,
      @Nullable Double spike) {

    static RulesView of(QualityRules rules) {
      Map<String, @Nullable Double> least = new TreeMap<>();
      rules.least().forEach((part, bound) -> least.put(Parameters.text(part), bound));
      return new RulesView(
          least, rules.latest().toMillis(), rules.flat().toMillis(), rules.spike());
    }
  }

  private final QualityDesk desk;
  private final QualityStore store;
  private final Registry registry;
  private final QualitySettings settings;
  private final HeavyReads reads;
  private final InstantSource clock;

  QualityController(
      QualityDesk desk,
      QualityStore store,
      Registry registry,
      QualitySettings settings,
      HeavyReads reads,
      InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.registry = registry;
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
              + " values are the same.")
  QualityView dataQuality(@RequestParam String tag, @RequestParam String day) {
    Tag found = registry.require(TagKey.parse(tag));
    QualityDay judged = desk.day(day(day));
    QualityResult result = reads.answer().read(() -> desk.judge(found, judged));
    Judgement stored =
        store
            .find(found.id(), judged.day())
            .filter(known -> known.samples() == result.samples() && judged.isOver())
            .orElse(null);
    return QualityViews.view(found, judged, result, stored, clock.instant());
  }

  @GetMapping(path = "/api/v1/data-quality/results", produces = "application/json")
  @Operation(
      operationId = "dataQualityResults",
      summary = "What was judged of a day, ordered by tag",
      description =
          "With ?equipment= only tags whose values arrive at that path and below, with"
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
    List<QualityRow> rows =
        store.list(date, below, breached, cursor, limit + 1).stream().map(QualityRow::of).toList();
    if (rows.size() <= limit) {
      return new QualityPage(date.toString(), rows, null);
    }
    String next = rows.get(limit - 1).tag();
    NextLink.add(request, response, next);
    return new QualityPage(date.toString(), rows.subList(0, limit), next);
  }

  @GetMapping(path = "/api/v1/data-quality/plant", produces = "application/json")
  @Operation(
      operationId = "dataQualityOfPlant",
      summary = "The plant on a day: assets connected, availability of data",
      description = "From what the night has judged; with ?equipment= of a part of the plant.")
  PlantView plant(
      @RequestParam String day, @RequestParam(required = false) @Nullable String equipment) {
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    QualityDay judged = desk.day(day(day));
    return PlantView.of(judged, store.plant(judged.day(), below));
  }

  @GetMapping(path = "/api/v1/data-quality/rules", produces = "application/json")
  @Operation(operationId = "dataQualityRules", summary = "The bounds by which a tag is judged")
  RulesView rules(@RequestParam String tag) {
    return RulesView.of(desk.rules(registry.require(TagKey.parse(tag))));
  }

  @PutMapping(
      path = "/api/v1/data-quality/rules",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "setDataQualityRules",
      summary = "Give a tag bounds of its own",
      description = "They count for what is judged from now on.")
  RulesView setRules(@RequestParam String tag, @RequestBody RulesView wish, Authentication who) {
    Tag found = registry.require(TagKey.parse(tag));
    QualityRules rules = merged(wish, settings.rules());
    store.setRules(found.id(), rules, who.getName(), clock.instant());
    return RulesView.of(rules);
  }

  @DeleteMapping(path = "/api/v1/data-quality/rules")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "dropDataQualityRules",
      summary = "Judge a tag by the bounds of the configuration again")
  void dropRules(@RequestParam String tag) {
    store.dropRules(registry.require(TagKey.parse(tag)).id());
  }

  private static QualityRules merged(RulesView wish, QualityRules otherwise) {
    Map<QualityPart, Double> least = new EnumMap<>(otherwise.least());
    Map<String, @Nullable Double> wanted = wish.least();
    if (wanted != null) {
      wanted.forEach(
          (part, bound) -> {
            if (bound == null) {
              throw new IllegalArgumentException(part + " needs a bound from 0 to 1, not null");
            }
            least.put(Parameters.choice("least", part, QualityPart.class), bound);
          });
    }
    return new QualityRules(
        least,
        millis("latestMillis", wish.latestMillis(), otherwise.latest(), 1),
        millis("flatMillis", wish.flatMillis(), otherwise.flat(), 1_000),
        wish.spike() == null ? otherwise.spike() : wish.spike());
  }

  private static Duration millis(
      String name, @Nullable Long wanted, Duration otherwise, long atLeast) {
    if (wanted == null) {
      return otherwise;
    }
    if (wanted < atLeast || wanted > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, atLeast, LONGEST_MILLIS, wanted));
    }
    return Duration.ofMillis(wanted);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException noDate) {
      throw new IllegalArgumentException(
          "day must be a date like 2026-01-31, not '%s'".formatted(Parameters.shortened(text)),
          noDate);
    }
  }
}
