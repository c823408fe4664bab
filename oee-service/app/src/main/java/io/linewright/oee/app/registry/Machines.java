package io.linewright.oee.app.registry;

import io.linewright.model.equipment.EquipmentPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All machines, in memory; what other instances change is seen by {@link #refresh()}. Safe for use
 * by several threads.
 */
public final class Machines {

  private record Known(
      long revision,
      Map<Integer, Machine> byId,
      Map<String, NavigableMap<Long, Integer>> addresses,
      Map<Integer, List<Place>> places) {}

  private final MachineStore store;
  private final Identities identities;
  private final TransactionTemplate own;
  private volatile Known known = new Known(-1, Map.of(), Map.of(), Map.of());

  Machines(MachineStore store, Identities identities, TransactionTemplate own) {
    this.store = store;
    this.identities = identities;
    this.own = own;
  }

  /** Looks whether something has changed; one small query if not. */
  public void refresh() {
    loadIfOlder(store.revision());
  }

  /**
   * The same for whoever is about to store events of machines: until the caller's transaction ends
   * no address passes to another machine.
   */
  public void hold() {
    loadIfOlder(store.share());
  }

  /** The machine whose events of that time arrive under an address; empty if it is not known. */
  public Optional<Machine> at(String address, long micros) {
    NavigableMap<Long, Integer> holders = known.addresses().get(address);
    if (holders == null) {
      return Optional.empty();
    }
    Map.Entry<Long, Integer> holder = holders.floorEntry(micros);
    return Optional.ofNullable(
        known.byId().get((holder == null ? holders.firstEntry() : holder).getValue()));
  }

  /** The machine of that number; empty if there is none. */
  public Optional<Machine> byId(int id) {
    return Optional.ofNullable(known.byId().get(id));
  }

  /** The machine that stood at a path; empty if none did. */
  public Optional<Machine> standingAt(String path, long micros) {
    return under(path, micros).stream()
        .filter(place -> place.path().equals(path))
        .findFirst()
        .flatMap(place -> byId(place.machineId()));
  }

  /** What stood at a path or below it at that time, ordered by path. */
  public List<Place> under(String path, long micros) {
    return known.places().values().stream()
        .flatMap(List::stream)
        .filter(place -> place.at(micros))
        .filter(place -> place.path().equals(path) || place.path().startsWith(path + "/"))
        .sorted((one, other) -> one.path().compareTo(other.path()))
        .toList();
  }

  /** Where a machine stood and stands, in order of time. */
  public List<Place> places(int machineId) {
    return known.places().getOrDefault(machineId, List.of());
  }

  /** All, ordered by number. */
  public List<Machine> all() {
    return List.copyOf(known.byId().values());
  }

  /** All that a line's row guards, ordered by number. */
  public List<Machine> guardedBy(int lineId) {
    return known.byId().values().stream().filter(machine -> machine.lineId() == lineId).toList();
  }

  /**
   * Makes machines known whose events came before any word of them; in a transaction of its own.
   *
   * @param addresses when the first event of each was, microseconds since the epoch
   */
  public void ensure(Map<EquipmentPath, Long> addresses) {
    Map<EquipmentPath, Long> missing = missing(addresses);
    if (missing.isEmpty()) {
      return;
    }
    refresh();
    missing = missing(missing);
    if (missing.isEmpty()) {
      return;
    }
    Map<EquipmentPath, Long> unknown = missing;
    own.executeWithoutResult(
        status -> {
          store.lock();
          unknown.forEach((path, micros) -> identities.at(path, null, micros));
          store.changed();
        });
    refresh();
  }

  /**
   * Somebody has moved a machine; in the caller's transaction, which then holds the registry. A
   * machine that is not known is none of this service's.
   *
   * @param micros since when, microseconds since the epoch
   */
  public void move(UUID equipmentId, EquipmentPath to, long micros) {
    if (MachineAddress.of(to).isMachine() && MachineAddress.of(to).module().isEmpty()) {
      store.lock();
      identities.moved(equipmentId, to, micros);
      store.changed();
    }
  }

  private Map<EquipmentPath, Long> missing(Map<EquipmentPath, Long> addresses) {
    Map<EquipmentPath, Long> missing = new TreeMap<>(addresses);
    Map<String, ?> there = known.addresses();
    missing.keySet().removeIf(path -> there.containsKey(path.toString()));
    return missing;
  }

  private void loadIfOlder(long revision) {
    if (known.revision() != revision) {
      load(revision);
    }
  }

  /**
   * What is read may be newer than the revision that was asked first; then it is read once more.
   */
  private synchronized void load(long revision) {
    Map<Integer, Machine> byId = new TreeMap<>();
    store.machines().forEach(machine -> byId.put(machine.id(), machine));
    Map<String, NavigableMap<Long, Integer>> addresses = new HashMap<>();
    store
        .addresses()
        .forEach(
            row ->
                addresses
                    .computeIfAbsent(row.address(), address -> new TreeMap<>())
                    .put(row.sinceMicros(), row.machineId()));
    Map<Integer, List<Place>> places = new HashMap<>();
    for (Place place : store.places()) {
      places.computeIfAbsent(place.machineId(), id -> new ArrayList<>()).add(place);
    }
    places.replaceAll((id, list) -> Collections.unmodifiableList(list));
    known = new Known(revision, byId, addresses, places);
  }

  /** The lines that guard machines. */
  public static Collection<Integer> lines(Collection<Machine> machines) {
    return machines.stream().map(Machine::lineId).distinct().toList();
  }
}
