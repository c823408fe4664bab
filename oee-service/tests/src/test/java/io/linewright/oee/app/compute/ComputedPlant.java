package io.linewright.oee.app.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.cell.StoredCell;
import io.linewright.oee.app.cell.StoredForm;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.time.Span;
import io.linewright.testkit.security.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** A plant whose results a test computes round by round. */
final class ComputedPlant {

  static final long SECOND = 1_000_000;
  static final long HOUR = 3_600 * SECOND;
  static final long DAY = 24 * HOUR;

  final OeeUnderTest oee;
  private final TestTokens tokens;

  ComputedPlant(OeeUnderTest oee, TestTokens tokens) {
    this.oee = oee;
    this.tokens = tokens;
  }

  /** Brings a document of master data. */
  void say(String yaml) {
    var answer =
        oee.send(
            "POST",
            "/api/v1/master-data",
            tokens.token("admin"),
            yaml,
            "Content-Type",
            "application/yaml",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("\"accepted\"");
  }

  /** Three shifts a day in UTC at equipment. */
  void threeShifts(String equipment) {
    String name = equipment.replace('/', '-');
    say(
        """
        version: 1
        calendars:
          %s:
            zone: UTC
            day-starts: "06:00"
            shifts:
              early: {start: "06:00", end: "14:00", breaks: [{at: "09:00", length: 15m}]}
              late: {start: "14:00", end: "22:00"}
              night: {start: "22:00", end: "06:00"}
            pattern: {anchor: 2026-01-05, cycle: [[early, late, night]]}
        calendar-assignments: [{equipment: %s, calendar: %s}]
        """
            .formatted(name, equipment, name));
  }

  /** Rounds of all lines until nothing is left to do at that time. */
  int work(long now) {
    oee.jdbc().sql("UPDATE line SET due = '-infinity'").update();
    LineRound round = oee.bean(LineRound.class);
    int cells = 0;
    Optional<LineRound.Outcome> outcome = round.run(now);
    while (outcome.isPresent()) {
      cells += outcome.get().cells();
      outcome = round.run(now);
    }
    return cells;
  }

  Standing standing(Machine machine, Span span) {
    return new Standing(machine, EquipmentPath.parse(place(machine)), span);
  }

  private String place(Machine machine) {
    return oee.machines().places(machine.id()).getLast().path();
  }

  /** What is answered, with the cells that are kept. */
  List<Cell> answered(Machine machine, Span span) {
    Standing standing = standing(machine, span);
    return oee.bean(OeeReader.class).ask(snapshot -> snapshot.cells(standing, List.of()));
  }

  /** What the engine says. */
  List<Cell> computed(Machine machine, Span span) {
    Standing standing = standing(machine, span);
    return oee.bean(OeeReader.class)
        .ask(
            snapshot ->
                snapshot.computed(standing, List.of()).cells().stream()
                    .map(StoredForm::of)
                    .toList());
  }

  /** The sums of what is answered and of what the engine says, of one moment. */
  List<Object> both(Machine machine, Span span) {
    Standing standing = standing(machine, span);
    return oee.bean(OeeReader.class)
        .ask(
            snapshot ->
                List.of(
                    sum(snapshot.cells(standing, List.of())),
                    sum(snapshot.computed(standing, List.of()).cells())));
  }

  /** What is kept. */
  List<StoredCell> kept(Machine machine, Span span) {
    EquipmentPath path = EquipmentPath.parse(place(machine));
    return oee.bean(TransactionTemplate.class)
        .execute(status -> oee.bean(Cells.class).of(machine.id(), path, span));
  }

  Map<Long, Integer> versions(Machine machine, Span span) {
    Map<Long, Integer> versions = new TreeMap<>();
    kept(machine, span)
        .forEach(cell -> versions.put(cell.cell().span().fromMicros(), cell.version()));
    return versions;
  }

  static Elements sum(List<Cell> cells) {
    return cells.stream().map(Cell::elements).reduce(Elements.NONE, Elements::plus);
  }

  static List<Cell> cells(List<StoredCell> stored) {
    return stored.stream().map(StoredCell::cell).toList();
  }
}
