package io.linewright.oee.app.downtime;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.downtime.StopFinder.Wanted;
import io.linewright.oee.app.downtime.StopViews.RangeView;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.downtime.Pareto;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.reason.Reason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Stops")
class ParetoController {

  /**
   * What the stops of one reason, or of one machine, cost.
   *
   * @param reason code; null: those without a reason, or by machine
   * @param category of stops of a reason: what most of their time was
   * @param seconds how long they count together
   * @param share of the time of all stops
   * @param cumulated share of this bar and those before it
   */
  record BarView(
      @Nullable String machine,
      @Nullable String reason,
      @Nullable String reasonName,
      @Nullable String category,
      int stops,
      double seconds,
      double share,
      double cumulated) {}

  /** The longest bar first. */
  record ParetoView(RangeView range, String by, List<BarView> bars) {}

  private final StopFinder finder;
  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  ParetoController(StopFinder finder, OeeReader reader, Questions questions, InstantSource clock) {
    this.finder = finder;
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/stops/pareto", produces = "application/json")
  @Operation(
      operationId = "stopsPareto",
      summary = "Which reasons, or which machines, cost most time",
      description =
          "by is reason or machine. Stops are chosen as for /api/v1/stops, and count whole, also if"
              + " they reach beyond the time that is asked about.")
  ParetoView pareto(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(defaultValue = "reason") String by,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable Boolean reasonNeeded,
      @RequestParam(defaultValue = "0") double minSeconds) {
    if (!by.equals("reason") && !by.equals("machine")) {
      throw new IllegalArgumentException("by must be reason or machine, not '" + by + "'");
    }
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath below = equipment == null ? null : EquipmentPath.parse(equipment);
    Wanted wanted = StopController.wanted(category, reason, reasonNeeded, minSeconds);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, below, question, Times.micros(clock.instant()));
          Collection<FoundStop> stops = finder.all(snapshot, asked, wanted);
          return new ParetoView(
              RangeView.of(asked),
              by,
              by.equals("reason") ? byReason(snapshot, stops) : byMachine(stops));
        });
  }

  private static List<BarView> byReason(Snapshot snapshot, Collection<FoundStop> stops) {
    return Pareto.of(stops.stream().map(FoundStop::stop).toList()).bars().stream()
        .map(
            bar ->
                new BarView(
                    null,
                    bar.reason(),
                    name(snapshot, stops, bar.reason()),
                    Scalars.lower(bar.category()),
                    bar.stops(),
                    bar.micros() / 1e6,
                    bar.share(),
                    bar.cumulated()))
        .toList();
  }

  /** As the tree of the first machine with it has it. */
  private static @Nullable String name(
      Snapshot snapshot, Collection<FoundStop> stops, @Nullable String reason) {
    return reason == null
        ? null
        : stops.stream()
            .filter(found -> reason.equals(found.stop().reason()))
            .findFirst()
            .flatMap(found -> found.reasons(snapshot).byCode(reason))
            .map(Reason::name)
            .orElse(null);
  }

  private static List<BarView> byMachine(Collection<FoundStop> stops) {
    Map<String, List<Stop>> groups = new TreeMap<>();
    long all = 0;
    for (FoundStop found : stops) {
      groups
          .computeIfAbsent(found.standing().path().toString(), first -> new ArrayList<>())
          .add(found.stop());
      all += found.stop().micros();
    }
    List<BarView> bars = new ArrayList<>();
    long before = 0;
    for (Map.Entry<String, List<Stop>> group :
        groups.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, List<Stop>> entry) -> micros(entry.getValue()))
                    .reversed())
            .toList()) {
      long micros = micros(group.getValue());
      before += micros;
      bars.add(
          new BarView(
              group.getKey(),
              null,
              null,
              null,
              group.getValue().size(),
              micros / 1e6,
              (double) micros / all,
              (double) before / all));
    }
    return bars;
  }

  private static long micros(List<Stop> stops) {
    return stops.stream().mapToLong(Stop::micros).sum();
  }
}
