package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.quality.QualityPlaces.Subject;
import io.linewright.ingest.app.quality.RuleStore.Change;
import io.linewright.ingest.app.quality.RuleStore.Kept;
import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityRules;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Data quality")
class RulesController {

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

  /**
   * A change of the bounds of a tag.
   *
   * @param before null: those of the configuration
   * @param after same
   */
  record RulesChange(
      String changedBy, Instant changedAt, @Nullable RulesView before, @Nullable RulesView after) {}

  /** A page of changes, newest first. */
  record RulesHistory(List<RulesChange> changes, @Nullable String next) {}

  private final QualityDesk desk;
  private final RuleStore store;
  private final QualityPlaces places;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final QualitySettings settings;
  private final InstantSource clock;

  RulesController(
      QualityDesk desk,
      RuleStore store,
      QualityPlaces places,
      PlatformTransactionManager transactions,
      JsonMapper json,
      QualitySettings settings,
      InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.places = places;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
    this.settings = settings;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/data-quality/rules", produces = "application/json")
  @Operation(operationId = "dataQualityRules", summary = "The bounds by which a tag is judged")
  RulesView rules(@RequestParam String tag) {
    return RulesView.of(desk.rules(places.present(TagKey.parse(tag))));
  }

  @GetMapping(path = "/api/v1/data-quality/rules/changes", produces = "application/json")
  @Operation(
      operationId = "dataQualityRulesChanges",
      summary = "Who changed the bounds of a tag, newest first",
      description =
          "before and after are null where those of the configuration counted. limit is 1 to 1000.")
  RulesHistory changes(
      @RequestParam String tag,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    Subject subject = places.present(TagKey.parse(tag));
    List<Kept> found = store.changes(places.stored(subject), below(cursor), limit + 1);
    List<RulesChange> page = found.stream().limit(limit).map(one -> view(one.change())).toList();
    if (found.size() <= limit) {
      return new RulesHistory(page, null);
    }
    String next = Long.toString(found.get(limit - 1).id());
    NextLink.add(request, response, next);
    return new RulesHistory(page, next);
  }

  @PutMapping(
      path = "/api/v1/data-quality/rules",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "setDataQualityRules",
      summary = "Give a tag bounds of its own",
      description =
          "Needs the role admin and a right to the equipment; a tag outside of it is no tag. They"
              + " count for what is judged from now on. Who changed them is kept.")
  RulesView setRules(@RequestParam String tag, @RequestBody RulesView wish, Authentication who) {
    change(tag, who, merged(wish, settings.rules()));
    return rules(tag);
  }

  @DeleteMapping(path = "/api/v1/data-quality/rules")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "dropDataQualityRules",
      summary = "Judge a tag by the bounds of the configuration again",
      description = "Who did so is kept.")
  void dropRules(@RequestParam String tag, Authentication who) {
    change(tag, who, null);
  }

  /**
   * @param rules null: those of the configuration
   */
  private void change(String tag, Authentication who, @Nullable QualityRules rules) {
    TagKey key = TagKey.parse(tag);
    Requester requester = Requester.of(who);
    if (!requester.mayChange(key.equipment().toString())) {
      throw new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + key);
    }
    Subject subject = places.present(key);
    int id = subject.tag().id();
    List<Integer> stored = places.stored(subject);
    transaction.executeWithoutResult(
        status -> {
          store.lock(id);
          Optional<QualityRules> before = store.of(stored);
          Instant now = clock.instant();
          store.drop(stored);
          if (rules != null) {
            store.set(id, rules, requester.name(), now);
          }
          if (rules != null || before.isPresent()) {
            store.add(
                id,
                new Change(
                    requester.name(),
                    now,
                    before.map(this::text).orElse(null),
                    rules == null ? null : text(rules)));
          }
        });
  }

  private String text(QualityRules rules) {
    return json.writeValueAsString(RulesView.of(rules));
  }

  private static long below(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }

  private RulesChange view(Change one) {
    return new RulesChange(one.by(), one.at(), view(one.before()), view(one.after()));
  }

  private @Nullable RulesView view(@Nullable String text) {
    return text == null ? null : json.readValue(text, RulesView.class);
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
}
