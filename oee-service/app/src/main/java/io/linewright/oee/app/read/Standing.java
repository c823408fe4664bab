package io.linewright.oee.app.read;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Place;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.Optional;

/**
 * A machine where it stood.
 *
 * @param machine which
 * @param path where
 * @param span the part of the time in question in which it stood there
 */
public record Standing(Machine machine, EquipmentPath path, Span span) {

  /** The same in a part of that time. */
  public Standing during(Span part) {
    return new Standing(machine, path, part);
  }

  /**
   * Where a machine stood at an instant, as long as it did.
   *
   * @param places all of its places
   */
  public static Optional<Standing> at(Machine machine, List<Place> places, long micros) {
    return places.stream()
        .filter(place -> place.at(micros))
        .findFirst()
        .map(place -> new Standing(machine, EquipmentPath.parse(place.path()), span(place)));
  }

  /** When a place was that of its machine. */
  static Span span(Place place) {
    Span all = MachineInput.ALL_TIME;
    return new Span(
        place.fromMicros() == Times.EVER ? all.fromMicros() : place.fromMicros(),
        place.toMicros() == Times.ON ? all.toMicros() : place.toMicros());
  }
}
