package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Place;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which machines are asked about. */
public final class Scopes {

  private final Machines machines;

  Scopes(Machines machines) {
    this.machines = machines;
  }

  /**
   * The machines that stood at equipment or below it at any instant of a time, by path and begin;
   * one that was moved stands there only as long as it did.
   *
   * @param equipment null: all of the plant
   * @throws RefusedException {@code unknown-equipment} if no machine ever stood there
   */
  public List<Standing> of(@Nullable EquipmentPath equipment, Span span) {
    machines.refresh();
    List<Standing> found = new ArrayList<>();
    boolean known = equipment == null;
    for (Machine machine : machines.all()) {
      for (Place place : machines.places(machine.id())) {
        EquipmentPath path = EquipmentPath.parse(place.path());
        if (equipment == null || equipment.contains(path)) {
          known = true;
          Standing.span(place)
              .and(span)
              .ifPresent(held -> found.add(new Standing(machine, path, held)));
        }
      }
    }
    if (!known) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "unknown-equipment",
          "No machine is known at or below %s; GET /api/v1/oee/progress lists all machines"
              .formatted(equipment));
    }
    found.sort(
        Comparator.comparing((Standing standing) -> standing.path().toString())
            .thenComparing(Standing::span));
    return found;
  }

  /**
   * The one machine that stood at a path, as long as it did in a time.
   *
   * @throws RefusedException {@code unknown-machine} if none did
   */
  public Standing machine(EquipmentPath path, Span span) {
    return of(path, span).stream()
        .filter(standing -> standing.path().equals(path))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND,
                    "unknown-machine",
                    "No machine stood at %s in that time; GET /api/v1/oee/progress lists all"
                        .formatted(path)));
  }

  /** The machines that stood at just that path in a time, by begin; none if it is not known. */
  public List<Standing> at(EquipmentPath path, Span span) {
    List<Standing> found = new ArrayList<>();
    for (Machine machine : machines.all()) {
      for (Place place : machines.places(machine.id())) {
        if (place.path().equals(path.toString())) {
          Standing.span(place)
              .and(span)
              .ifPresent(held -> found.add(new Standing(machine, path, held)));
        }
      }
    }
    found.sort(Comparator.comparing(Standing::span));
    return found;
  }

  /** Where a machine stood at an instant, as long as it did; empty if it stood nowhere. */
  public Optional<Standing> at(Machine machine, long micros) {
    return Standing.at(machine, machines.places(machine.id()), micros);
  }
}
