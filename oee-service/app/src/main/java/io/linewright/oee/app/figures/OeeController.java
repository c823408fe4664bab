package io.linewright.oee.app.figures;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.figures.FiguresViews.GroupView;
import io.linewright.oee.app.figures.FiguresViews.KpiMeaning;
import io.linewright.oee.app.figures.FiguresViews.LossView;
import io.linewright.oee.app.figures.FiguresViews.RangeView;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.kpi.FailureDivisor;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.NoDataTreatment;
import io.linewright.oee.range.TimeQuestion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "OEE", description = "What the machines of the plant made of their time")
class OeeController {

  /**
   * What the standard leaves open, as it was asked for.
   *
   * @param divisor failures or failures-plus-one
   * @param noData counts or excluded
   * @param basis machines or key-machine
   */
  record OptionsView(String divisor, String noData, String basis) {}

  /** Figures. */
  record FiguresAnswer(RangeView range, OptionsView options, List<GroupView> groups) {}

  /** Losses. */
  record LossAnswer(RangeView range, List<LossView> groups) {}

  /** What the KPIs are. */
  record KpiList(String standard, List<KpiMeaning> kpis) {}

  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  OeeController(OeeReader reader, Questions questions, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/oee", produces = "application/json")
  @Operation(
      operationId = "oee",
      summary = "KPIs and elements of ISO 22400-2 of machines, lines, areas and sites",
      description =
          "Of all machines at or below equipment, in the time from from to to, or during=shift:current,"
              + " shift:previous, shift:2026-03-29/night, day:2026-03-29, order:PO-1 or lot:L-7."
              + " by divides them by machine, line, area, site, shift, day, order, product, lot and hour"
              + " (several with commas between). Figures of more than one are made of the sum of their"
              + " elements, never of a mean. divisor=failures-plus-one and noData=excluded are named"
              + " options; basis=key-machine takes the machine that limits each line for the line.")
  FiguresAnswer oee(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(required = false) @Nullable List<String> by,
      @RequestParam(defaultValue = "failures") String divisor,
      @RequestParam(defaultValue = "counts") String noData,
      @RequestParam(defaultValue = "machines") String basis) {
    KpiOptions options =
        new KpiOptions(
            Names.of("divisor", FailureDivisor.class, divisor),
            Names.of("noData", NoDataTreatment.class, noData));
    GroupBy groupBy = GroupBy.of(by);
    return ask(
        equipment,
        AskedRange.of(from, to, during),
        groupBy,
        Names.of("basis", Groups.Basis.class, basis),
        (asked, groups) ->
            new FiguresAnswer(
                RangeView.of(asked),
                new OptionsView(divisor, noData, basis),
                groups.stream().map(group -> GroupView.of(groupBy, group, options)).toList()));
  }

  @GetMapping(path = "/api/v1/oee/losses", produces = "application/json")
  @Operation(
      operationId = "oeeLosses",
      summary = "Where the time went: the waterfall of losses, and the six big losses",
      description =
          "As GET /api/v1/oee. The steps of the waterfall and what remains add up to the calendar time"
              + " exactly; the last step leaves the OEE index times the planned busy time.")
  LossAnswer losses(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(required = false) @Nullable List<String> by,
      @RequestParam(defaultValue = "machines") String basis) {
    GroupBy groupBy = GroupBy.of(by);
    return ask(
        equipment,
        AskedRange.of(from, to, during),
        groupBy,
        Names.of("basis", Groups.Basis.class, basis),
        (asked, groups) ->
            new LossAnswer(
                RangeView.of(asked),
                groups.stream().map(group -> LossView.of(groupBy, group)).toList()));
  }

  @GetMapping(path = "/api/v1/oee/kpis", produces = "application/json")
  @Operation(
      operationId = "oeeKpis",
      summary = "The 34 KPIs of ISO 22400-2: names, formulas, elements",
      description =
          "Names are those in answers; formulas are those with the divisor that is asked for.")
  KpiList kpis(@RequestParam(defaultValue = "failures") String divisor) {
    KpiOptions options =
        new KpiOptions(Names.of("divisor", FailureDivisor.class, divisor), NoDataTreatment.COUNTS);
    return new KpiList(
        "ISO 22400-2:2014",
        Arrays.stream(Kpi.values()).map(kpi -> KpiMeaning.of(kpi, options)).toList());
  }

  private <T> T ask(
      @Nullable String equipment,
      TimeQuestion question,
      GroupBy by,
      Groups.Basis basis,
      BiFunction<Asked, List<Group>, T> answer) {
    EquipmentPath path = equipment == null ? null : EquipmentPath.parse(equipment);
    long now = Times.micros(clock.instant());
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, path, question, now);
          return answer.apply(asked, Groups.of(snapshot, asked, by, basis));
        });
  }
}
