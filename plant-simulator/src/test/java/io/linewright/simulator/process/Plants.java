package io.linewright.simulator.process;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.plantfile.PlantFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Words of the tests: plants, and what they did. */
final class Plants {

  static final long SECOND = 1_000_000;
  static final long HOUR = 3600 * SECOND;

  private Plants() {}

  static PlantDescription demo() {
    try {
      return PlantFile.load("demo");
    } catch (PlantFileException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static PlantDescription plant(String yaml) {
    try {
      return PlantFile.parse("test", yaml);
    } catch (PlantFileException e) {
      throw new AssertionError(e);
    }
  }

  /** A line of machines with very frequent troubles of every kind. */
  static PlantDescription troubled() {
    return plant(
        """
        version: 1
        seed: 5
        starts-at: "08:30"
        breaks: [{at: "09:00", length: 15m}]
        machine-types:
          fast: &fast
            cycle-time: 4s
            scrap: 0.05
            tool-life: 40
            bearing-life: 5h
            stops:
              - {reason: jam, code: 10, kind: micro-stop, every: 3m, lasts: 20s}
              - {reason: crash, code: 11, kind: breakdown, every: 20m, lasts: 2m, driven-by: tool}
              - {reason: bearing, code: 12, kind: breakdown, every: 1h, lasts: 5m, driven-by: bearing}
            sensors:
              - {tag: vibration, kind: vibration, base: 2, interval: 1s}
              - {tag: temperature, kind: temperature, base: 50, interval: 5s}
              - {tag: current, kind: current, base: 10, interval: 1s}
              - {tag: speed, kind: speed, base: 1000, interval: 1s}
          slow:
            cycle-time: 5s
            stops:
              - {reason: jam, code: 10, kind: micro-stop, every: 2m, lasts: 60s}
        sites:
          - path: acme/graz
            lines:
              - path: body/line-1
                buffer: 3
                machines:
                  - {name: a, type: fast}
                  - {name: b, type: slow}
                  - {name: c, type: fast, modbus: {unit-id: 1}}
        """);
  }

  static List<Change> run(PlantDescription description, long until, long step) {
    var plant = new Plant(description);
    List<Change> changes = new ArrayList<>();
    ChangeSink sink =
        (micros, tag, value) ->
            changes.add(new Change(micros, tag.description().key().toString(), value));
    plant.begin(sink);
    for (long time = step; time <= until; time += step) {
      plant.advanceTo(time, sink);
    }
    return changes;
  }

  record Change(long micros, String tag, SampleValue value) {}
}
