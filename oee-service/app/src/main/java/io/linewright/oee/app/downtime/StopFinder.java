package io.linewright.oee.app.downtime;

import io.linewright.kit.problem.RefusedException;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Finds stops in what machines did. */
final class StopFinder {

  /** Most stops that one answer looks at. */
  private static final int MAX_STOPS = 200_000;

  /**
   * Which stops are asked for; null: whichever.
   *
   * @param reason code of the reason, or of one above it
   * @param minMicros how long they count at least
   */
  record Wanted(
      @Nullable TimeCategory category,
      @Nullable String reason,
      @Nullable Boolean reasonNeeded,
      long minMicros) {

    boolean has(Snapshot snapshot, FoundStop found) {
      Stop stop = found.stop();
      return (category == null || stop.category() == category)
          && (reason == null || under(snapshot, found, reason))
          && (reasonNeeded == null || stop.reasonNeeded() == reasonNeeded)
          && stop.micros() >= minMicros;
    }

    private static boolean under(Snapshot snapshot, FoundStop found, String reason) {
      String of = found.stop().reason();
      return of != null
          && (of.equals(reason)
              || found.reasons(snapshot).path(of).stream()
                  .anyMatch(above -> above.code().equals(reason)));
    }
  }

  private final OeeReader reader;
  private final Machines machines;
  private final Scopes scopes;

  StopFinder(OeeReader reader, Machines machines, Scopes scopes) {
    this.reader = reader;
    this.machines = machines;
    this.scopes = scopes;
  }

  /** The stops that have time in common with what was asked, whole, the latest first. */
  Collection<FoundStop> all(Snapshot snapshot, Asked asked, Wanted wanted) {
    reader.requireFew(asked.parts());
    SortedMap<StopKey, FoundStop> stops = new TreeMap<>();
    for (Standing part : asked.parts()) {
      for (FoundStop found : in(snapshot, part)) {
        if (wanted.has(snapshot, found)) {
          stops.put(found.key(), found);
        }
      }
      if (stops.size() > MAX_STOPS) {
        throw new RefusedException(
            HttpStatus.BAD_REQUEST,
            "too-many-results",
            "There are more than %d stops; ask for less time, less equipment or by minSeconds"
                .formatted(MAX_STOPS));
      }
    }
    return stops.values();
  }

  /** The stops of a machine that have time in common with a time, ascending. */
  List<FoundStop> in(Snapshot snapshot, Standing part) {
    MachineResult result = snapshot.computed(part, List.of());
    return result.stops().stream().map(stop -> found(part, result, stop)).toList();
  }

  /**
   * The stop of a key.
   *
   * @throws RefusedException {@code no-such-stop}
   */
  FoundStop one(Snapshot snapshot, StopKey key) {
    Standing standing = standing(key);
    return in(snapshot, standing.during(new Span(key.micros(), key.micros() + 1))).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND,
                    "no-such-stop",
                    ("%s did not stand still at %s, as far as is known now;"
                            + " GET /api/v1/stops?equipment=%s&from=…&to=… lists its stops")
                        .formatted(
                            standing.path(), Rfc3339.format(key.micros()), standing.path())));
  }

  /**
   * The machine of a key.
   *
   * @throws RefusedException {@code no-such-stop} if there is none, or it stood nowhere
   */
  Machine machine(StopKey key) {
    machines.refresh();
    return machines.byId(key.machineId()).orElseThrow(() -> noMachine(key));
  }

  /** The machine of a key, where it stood at the instant. */
  Standing standing(StopKey key) {
    Optional<Standing> standing = scopes.at(machine(key), key.micros());
    return standing.orElseThrow(() -> noMachine(key));
  }

  private static RefusedException noMachine(StopKey key) {
    return new RefusedException(
        HttpStatus.NOT_FOUND,
        "no-such-stop",
        "No stop is called %s; GET /api/v1/stops lists stops with their ids".formatted(key));
  }

  private static FoundStop found(Standing part, MachineResult result, Stop stop) {
    Span window = result.window();
    long at = Math.clamp(stop.id().beginMicros(), window.fromMicros(), window.toMicros() - 1);
    return new FoundStop(part, stop, result.inForce().at(at).product());
  }
}
