package io.linewright.oee.masterdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Documents for tests. */
public final class Documents {

  /** Every kind, and every field that there is. */
  public static final String PLANT =
      """
      version: 1
      valid-from: 2026-01-01
      sites:
        - {path: acme/graz, zone: Europe/Vienna}
      calendars:
        three-shift:
          zone: Europe/Vienna
          day-starts: "06:00"
          shifts:
            early: {start: "06:00", end: "14:00", breaks: [{at: "09:00", length: 15m}, {at: "12:00", length: 30m, name: lunch, reason: lunch}]}
            late: {start: "14:00", end: "22:00", crew: B, breaks: [{at: "17:30", length: 30m}]}
            night: {start: "22:00", end: "06:00", breaks: [{at: "02:00", length: 30m}]}
          pattern: {anchor: 2026-01-05, cycle: [[early, late, night], [{shift: early, crew: A}], [], []]}
          exceptions:
            - {day: 2026-12-25, closed: Christmas}
            - {day: 2026-06-06, shifts: [early], reason: overtime}
        seasons:
          shifts: {day: {start: "07:30", end: "16:00"}}
          patterns:
            - {anchor: 2026-01-05, cycle: [[day]], to: 2026-05-31}
            - {anchor: 2026-01-05, cycle: [[day], []], from: 2026-06-01}
      calendar-assignments:
        - {equipment: acme/graz, calendar: three-shift}
        - {equipment: acme/graz, calendar: always, valid-from: 2027-01-01}
      planned-stops:
        - {equipment: acme/graz/body/line-1/press-01, from: 2026-03-02T08:00:00+01:00, to: 2026-03-02T12:00:00+01:00, reason: maintenance}
      products:
        - {id: P-100, name: Bracket, unit: "1", planned-scrap: 0.010}
        - {id: P/200}
      ideal-cycles:
        - {equipment: acme/graz/body/line-1/press-01, product: P-100, cycle: 4s}
        - {equipment: acme/graz/body/line-1/press-01, product: P-100, cycle: 3900ms, valid-from: 2026-07-01}
        - {equipment: acme/graz/body/line-1/press-02, cycle: 4.2s}
      lines:
        - path: acme/graz/body/line-1
          key-machine: press-01
          stations:
            - {machines: [press-01], buffer: 10}
            - {machines: [press-02, press-03], minimum: 1, name: cell}
            - {machines: [acme/graz/body/line-2/washer]}
      reason-trees:
        press:
          reasons:
            - {code: technical, name: Technical, category: breakdown}
            - {code: jam, parent: technical, category: minor-stop}
            - {code: ram, parent: technical, maintenance: corrective}
          signals: {"jam": jam, "31": ram}
          sticky: true
      state-models:
        old-press:
          base: packml
          otherwise: {category: delay, kind: outside}
          words: {"1": RUNNING, "2": {category: breakdown, failure: true}, wartet: STARVED}
      machine-rules:
        - equipment: acme/graz/body
          reason-tree: press
          state-model: old-press
          state-tag: execution
          default-product: P-100
          items-per-hour: 900
          inspected: false
          holds-without-progress: 2h
          counters:
            start: zero
            roll-over: 65536
            jump: {times: 10, plus: 5}
            double-pulse: 200ms
            per-pulse: 2
            reject: {roll-over: none, jump: off}
          stops: {minimum: 5s, micro-stop-ceiling: 120s, forced-reason: false}
          start-up: {after: [setup, unscheduled], lasts: 10m, pieces: 20}
          energy: {source: power, longest-gap: 60s, most-kilowatts: 500, window: 30m}
        - equipment: acme/graz/body/line-1/press-01
          state-model: words
          start-up: off
      tolerances:
        - {product: P-100, characteristic: bore, nominal: 12.0, lower: -0.02, upper: 0.02, unit: mm}
      manual-stations:
        - {path: acme/graz/body/line-1/assembly-01, name: Assembly}
      """;

  private Documents() {}

  /** The items of a document in which nothing is wrong. */
  public static List<MasterItem> items(String yaml) {
    MasterDocument document = MasterReader.read(Yaml.read(yaml), Entries.NONE);
    assertThat(document.faults()).isEmpty();
    assertThat(document.rows()).allSatisfy(row -> assertThat(row.faults()).isEmpty());
    return document.rows().stream().map(row -> row.item().orElseThrow()).toList();
  }
}
