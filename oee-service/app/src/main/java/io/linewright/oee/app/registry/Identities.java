package io.linewright.oee.app.registry;

import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which machine is meant: the same rules as those of the historian's registry. Identity is the
 * equipment's own, or follows the first path; an address may pass from one machine to another, and
 * a machine may move. All in the transaction of the caller, who has locked the registry.
 */
final class Identities {

  private final MachineStore store;
  private final Handover handover;

  Identities(MachineStore store, Handover handover) {
    this.store = store;
    this.handover = handover;
  }

  /**
   * A gateway declares a machine at a path, or its values come from there.
   *
   * @param id null: it has none of its own; then it is the one that is known there, or new
   * @param micros since when, microseconds since the epoch
   */
  Machine at(EquipmentPath path, @Nullable UUID id, long micros) {
    String address = path.toString();
    Optional<Machine> holder = store.holder(address).map(row -> store.byId(row.machineId()));
    if (id == null) {
      Machine machine =
          holder
              .or(() -> store.standingAt(address).map(place -> store.byId(place.machineId())))
              .orElseGet(() -> unnamed(path, micros));
      return come(machine, path, micros);
    }
    Optional<Machine> known = store.byEquipment(id);
    if (known.isEmpty() && holder.isPresent() && isUnnamed(holder.get(), path)) {
      Machine guessed = holder.get();
      store.adopt(guessed.id(), id);
      return come(store.byId(guessed.id()), path, micros);
    }
    return come(known.orElseGet(() -> store.add(id, path.line().toString())), path, micros);
  }

  /**
   * Somebody has moved a machine; its values keep their address, unless others were guessed to be
   * there already.
   */
  void moved(UUID id, EquipmentPath to, long micros) {
    Optional<Machine> known = store.byEquipment(id);
    if (known.isEmpty()) {
      return;
    }
    Machine machine = known.get();
    store
        .standingAt(to.toString())
        .filter(place -> place.machineId() != machine.id())
        .ifPresent(
            place -> {
              Machine guessed = store.byId(place.machineId());
              store.leaves(place, micros);
              if (store.holder(to.toString()).stream()
                  .anyMatch(row -> row.machineId() == guessed.id())) {
                pass(to.toString(), guessed, machine, micros);
              }
            });
    stand(machine, to.toString(), micros);
  }

  /** Nobody declares the path any more. Where somebody has put a machine, it stays. */
  void ended(EquipmentPath path, long micros) {
    String address = path.toString();
    store
        .holder(address)
        .flatMap(row -> store.place(row.machineId()))
        .filter(place -> place.path().equals(address))
        .ifPresent(place -> store.leaves(place, micros));
  }

  private Machine come(Machine machine, EquipmentPath path, long micros) {
    String address = path.toString();
    Optional<MachineStore.Address> holder = store.holder(address);
    if (holder.isEmpty()) {
      store.address(address, Times.EVER, machine.id());
      stand(machine, address, micros);
    } else if (holder.get().machineId() != machine.id()) {
      if (holder.get().sinceMicros() >= micros) {
        return machine;
      }
      Machine before = store.byId(holder.get().machineId());
      pass(address, before, machine, micros);
      stand(machine, address, micros);
    } else if (store.place(machine.id()).isEmpty()) {
      stand(machine, address, micros);
    }
    return machine;
  }

  private void pass(String address, Machine from, Machine to, long micros) {
    store.address(address, micros, to.id());
    store
        .place(from.id())
        .filter(place -> place.path().equals(address))
        .ifPresent(place -> store.leaves(place, micros));
    handover.passed(from, to, micros);
  }

  /**
   * The first machine of a place has been there since ever: its values may be older than news of
   * it.
   */
  private void stand(Machine machine, String path, long micros) {
    Optional<Place> before = store.place(machine.id());
    if (before.isPresent()
        && (before.get().path().equals(path) || before.get().fromMicros() >= micros)) {
      return;
    }
    boolean first = !store.everStoodSomewhere(machine.id()) && !store.anybodyStoodAt(path);
    before.ifPresent(place -> store.leaves(place, micros));
    store
        .standingAt(path)
        .filter(place -> place.machineId() != machine.id())
        .ifPresent(place -> store.leaves(place, micros));
    store.stands(machine.id(), path, first ? Times.EVER : micros);
  }

  /** The identity of its path, unless the machine that had that one is elsewhere. */
  private Machine unnamed(EquipmentPath path, long micros) {
    UUID derived = EquipmentId.firstSeenAt(path).value();
    Optional<Machine> known = store.byEquipment(derived);
    boolean away =
        known
            .flatMap(machine -> store.place(machine.id()))
            .filter(place -> !place.path().equals(path.toString()))
            .isPresent();
    UUID id = away ? EquipmentId.firstSeenAt(path, Times.instant(micros)).value() : derived;
    return known.filter(machine -> !away).orElseGet(() -> store.add(id, path.line().toString()));
  }

  private static boolean isUnnamed(Machine machine, EquipmentPath path) {
    return machine.equipmentId().equals(EquipmentId.firstSeenAt(path).value());
  }
}
