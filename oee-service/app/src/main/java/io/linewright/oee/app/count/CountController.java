package io.linewright.oee.app.count;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.count.CountViews.CountView;
import io.linewright.oee.app.count.CountViews.CountsView;
import io.linewright.oee.app.count.CountViews.FactView;
import io.linewright.oee.app.count.CountViews.FactsView;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Lack;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.range.HourBuckets;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Counts", description = "What machines made")
class CountController {

  private static final Set<Lack> COUNTED =
      EnumSet.of(Lack.TOTAL, Lack.GOOD, Lack.REJECT, Lack.REWORK);

  /**
   * What counts are summed up by.
   *
   * @param bucket the hour, the shift or the day
   */
  private record Group(String bucket, @Nullable String shift, @Nullable String product) {}

  /** A sum in the making. */
  private record Sum(Span span, Counts counts) {

    Sum plus(Sum other) {
      return new Sum(span.hull(other.span), counts.plus(other.counts));
    }
  }

  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  CountController(OeeReader reader, Questions questions, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/counts", produces = "application/json")
  @Operation(
      operationId = "counts",
      summary = "What a machine made, by hour or shift, and product",
      description =
          "per is hour or shift. Items belong to the instant before the reading that counted them."
              + " Corrections are in it. Time in which nothing was made is in it, too.")
  CountsView counts(
      @RequestParam String machine,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(defaultValue = "shift") String per) {
    if (!per.equals("hour") && !per.equals("shift")) {
      throw new IllegalArgumentException("per must be hour or shift, not '" + per + "'");
    }
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath path = EquipmentPath.parse(machine);
    return reader.ask(
        snapshot -> {
          Asked asked = asked(snapshot, path, question);
          Map<Group, Sum> sums = new LinkedHashMap<>();
          Set<Lack> lacks = EnumSet.noneOf(Lack.class);
          for (Standing part : asked.parts()) {
            add(snapshot, part, per.equals("hour"), sums, lacks);
          }
          lacks.retainAll(COUNTED);
          return new CountsView(
              path.toString(),
              asked.title(),
              Rfc3339.format(asked.bounds().fromMicros()),
              Rfc3339.format(asked.bounds().toMicros()),
              sums.entrySet().stream().map(sum -> view(sum.getKey(), sum.getValue())).toList(),
              lacks.stream().map(Scalars::lower).toList());
        });
  }

  @GetMapping(path = "/api/v1/counts/irregular", produces = "application/json")
  @Operation(
      operationId = "irregularCounts",
      summary = "What is not plain about the counters of a machine",
      description =
          "Roll-overs, resets, jumps, spikes, dips, double pulses and first readings, by time.")
  FactsView irregular(
      @RequestParam String machine,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during) {
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath path = EquipmentPath.parse(machine);
    return reader.ask(
        snapshot -> {
          Asked asked = asked(snapshot, path, question);
          List<FactView> facts = new ArrayList<>();
          for (Standing part : asked.parts()) {
            snapshot.computed(part, List.of()).irregular().stream()
                .map(CountViews::fact)
                .forEach(facts::add);
          }
          return new FactsView(path.toString(), asked.title(), facts);
        });
  }

  private Asked asked(Snapshot snapshot, EquipmentPath path, TimeQuestion question) {
    Asked asked = questions.of(snapshot, path, question, Times.micros(clock.instant()));
    if (asked.parts().stream().anyMatch(part -> !part.path().equals(path))) {
      throw new IllegalArgumentException(
          "machine must be the path of one machine, and there are several below " + path);
    }
    reader.requireFew(asked.parts());
    return asked;
  }

  private static void add(
      Snapshot snapshot, Standing part, boolean perHour, Map<Group, Sum> sums, Set<Lack> lacks) {
    TreeSet<Long> hours = new TreeSet<>();
    if (perHour) {
      HourBuckets.of(snapshot.calendars(part.path(), part.span()))
          .forEach(hour -> hours.add(hour.fromMicros()));
    }
    for (Cell cell : snapshot.cells(part, hours)) {
      Long hour = hours.floor(cell.span().fromMicros());
      String shift =
          hour != null || cell.key().shift() == null
              ? null
              : cell.key().plantDay() + "/" + cell.key().shift();
      // Time without a shift is one for each day.
      String bucket =
          hour != null ? hour.toString() : shift != null ? shift : cell.key().plantDay().toString();
      sums.merge(
          new Group(bucket, shift, cell.key().product()),
          new Sum(cell.span(), cell.elements().counts()),
          Sum::plus);
      lacks.addAll(cell.elements().lacks());
    }
  }

  private static CountView view(Group group, Sum sum) {
    return CountView.of(
        sum.span().fromMicros(),
        sum.span().toMicros(),
        group.shift(),
        group.product(),
        sum.counts());
  }
}
