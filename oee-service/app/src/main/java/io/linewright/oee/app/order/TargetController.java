package io.linewright.oee.app.order;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.element.Cell;
import io.linewright.oee.hourly.TargetActual;
import io.linewright.oee.hourly.TargetHour;
import io.linewright.oee.hourly.TargetPart;
import io.linewright.oee.order.IdealCycles;
import io.linewright.oee.range.HourBuckets;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was to be made in each hour, and what was. */
@RestController
@Tag(name = "Orders")
class TargetController {

  /**
   * An hour of a machine: of its shift since that began, of the clock outside of shifts.
   *
   * @param target items that fit ideally into the planned busy time, times the ratio
   * @param withoutIdealSeconds planned busy time of which no ideal cycle is known, so that it has
   *     no part in the target
   */
  record HourView(
      String from,
      String to,
      double target,
      double produced,
      double good,
      double withoutIdealSeconds) {}

  /** The hours of a machine. */
  record MachineView(String machine, List<HourView> hours) {}

  /**
   * Target and actual by machine.
   *
   * @param title the time that was asked about
   * @param ratio share of the ideal that is the target
   */
  record TargetView(
      String title, String from, String to, double ratio, List<MachineView> machines) {}

  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  TargetController(OeeReader reader, Questions questions, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/target-actual", produces = "application/json")
  @Operation(
      operationId = "targetActual",
      summary = "Target against actual, hour by hour",
      description =
          "Of each machine at or below equipment. Hours begin with the shift: one that opens at"
              + " 05:30 has 05:30 to 06:30. per is hour; ratio is the share of the ideal that is"
              + " the target, more than 0 and at most 2.")
  TargetView target(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(defaultValue = "hour") String per,
      @RequestParam(defaultValue = "1") double ratio) {
    if (!per.equals("hour")) {
      throw new IllegalArgumentException("per must be hour, not '" + per + "'");
    }
    if (!(ratio > 0 && ratio <= TargetActual.MOST_RATIO)) {
      throw new IllegalArgumentException("ratio must be more than 0 and at most 2, not " + ratio);
    }
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath below = equipment == null ? null : EquipmentPath.parse(equipment);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, below, question, Times.micros(clock.instant()));
          reader.requireFew(asked.parts());
          Map<String, List<HourView>> machines = new LinkedHashMap<>();
          for (Standing part : asked.parts()) {
            machines
                .computeIfAbsent(part.path().toString(), path -> new ArrayList<>())
                .addAll(hours(snapshot, part, ratio));
          }
          return new TargetView(
              asked.title(),
              Rfc3339.format(asked.bounds().fromMicros()),
              Rfc3339.format(asked.bounds().toMicros()),
              ratio,
              machines.entrySet().stream()
                  .map(entry -> new MachineView(entry.getKey(), entry.getValue()))
                  .toList());
        });
  }

  private static List<HourView> hours(Snapshot snapshot, Standing part, double ratio) {
    List<Span> hours = HourBuckets.of(snapshot.calendars(part.path(), part.span()));
    IdealCycles cycles = snapshot.book().cyclesOf(part.path());
    List<TargetPart> parts =
        snapshot.cells(part, hours.stream().map(Span::fromMicros).toList()).stream()
            .map(cell -> part(cell, cycles))
            .toList();
    return TargetActual.of(hours, parts, ratio).stream().map(TargetController::view).toList();
  }

  private static TargetPart part(Cell cell, IdealCycles cycles) {
    return new TargetPart(
        cell.span(),
        cell.elements().times().of(IsoElement.PBT),
        cycles
            .of(cell.key().machine(), cell.key().product(), cell.span().fromMicros())
            .map(cycle -> OptionalLong.of(cycle.cycle().toNanos()))
            .orElse(OptionalLong.empty()),
        cell.elements().counts().produced(),
        cell.elements().counts().good());
  }

  private static HourView view(TargetHour hour) {
    return new HourView(
        Rfc3339.format(hour.hour().fromMicros()),
        Rfc3339.format(hour.hour().toMicros()),
        hour.target().units(),
        hour.produced().units(),
        hour.good().units(),
        hour.withoutIdealMicros() / 1e6);
  }
}
