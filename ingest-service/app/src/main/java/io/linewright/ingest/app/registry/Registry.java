package io.linewright.ingest.app.registry;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tags by name and number, in memory; the tables behind it decide. Only what has committed is in
 * memory, so that a rollback leaves nothing to forget.
 */
public final class Registry {

  private final RegistryStore store;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final Map<String, Map<String, Tag>> byName = new ConcurrentHashMap<>();
  private final Map<Integer, Tag> byId = new ConcurrentHashMap<>();

  Registry(RegistryStore store, TransactionTemplate transaction, InstantSource clock) {
    this.store = store;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Reads all tags; before the first value comes in. */
  public void load() {
    store.allTags().forEach(this::put);
  }

  /**
   * The tag of a series of values. One that nobody has announced yet is registered by what the
   * values say of themselves, in a transaction of its own: harmless if the values do not follow.
   */
  public Tag resolve(
      EquipmentPath path, String pathText, String name, DataType type, TagRole role) {
    Map<String, Tag> ofDevice = byName.get(pathText);
    Tag known = ofDevice == null ? null : ofDevice.get(name);
    if (known != null) {
      return known;
    }
    Tag registered =
        transaction.execute(
            status -> {
              store.ensureEquipment(path, clock.instant());
              return store.register(pathText, name, type, role);
            });
    put(registered);
    return registered;
  }

  /** The tag {@code path#name}, also if another instance has registered it; empty if unknown. */
  public Optional<Tag> find(String path, String name) {
    Map<String, Tag> ofDevice = byName.get(path);
    Tag known = ofDevice == null ? null : ofDevice.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Tag> stored = store.find(path, name);
    stored.ifPresent(this::put);
    return stored;
  }

  /** The id of the equipment that is at this path now; empty if there is none. */
  public Optional<UUID> equipmentAt(String path) {
    return store.idAt(path);
  }

  /** The present path of equipment; empty if it is not known, or is nowhere now. */
  public Optional<String> pathOf(UUID equipment) {
    return store.pathOf(equipment);
  }

  /**
   * The tag that a request names.
   *
   * @throws RefusedException not found, if there is none
   */
  public Tag require(TagKey key) {
    return find(key.equipment().toString(), key.name().value())
        .orElseThrow(
            () ->
                new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + key));
  }

  /** The tag of that number; null if there is none. */
  public @Nullable Tag byId(int id) {
    return byId.get(id);
  }

  /** All tags, in no particular order. */
  public Collection<Tag> tags() {
    return byId.values();
  }

  void put(Tag tag) {
    byId.put(tag.id(), tag);
    byName.computeIfAbsent(tag.path(), path -> new ConcurrentHashMap<>()).put(tag.name(), tag);
  }
}
