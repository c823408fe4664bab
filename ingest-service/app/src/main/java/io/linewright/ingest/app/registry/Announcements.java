package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.registry.PlaceStore.Word;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.historian.EquipmentMoved;
import io.linewright.model.historian.TagVersionBegun;
import io.linewright.model.sample.DataType;
import io.linewright.model.topic.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What announcements change: places, tags, types and units. All in the transaction of the caller,
 * the events that tell of it included. Used by one thread.
 */
final class Announcements {

  private static final String SOURCE = "/ingest/registry";

  private final PlaceStore places;
  private final RegistryStore tags;
  private final Outbox outbox;
  private boolean changed;

  Announcements(PlaceStore places, RegistryStore tags, Outbox outbox) {
    this.places = places;
    this.tags = tags;
    this.outbox = outbox;
  }

  /** A batch begins: nobody else changes the registry until its transaction ends. */
  void begin() {
    places.lock();
    changed = false;
  }

  /** The batch ends; answers whether something changed that was known otherwise before. */
  boolean end() {
    if (changed) {
      places.changed();
    }
    return changed;
  }

  /**
   * A gateway declares equipment at a path.
   *
   * @param id null: it has none of its own. Then it is what is known there, or new
   */
  void equipment(EquipmentAnnounced said, EquipmentPath path, @Nullable UUID id, Instant time) {
    String address = path.toString();
    Word word = new Word(null, null, said.group(), said.node());
    Optional<Placement> sender = places.atAddress(address);
    if (id == null) {
      UUID known =
          sender
              .or(() -> places.atPath(address))
              .map(Placement::id)
              .orElseGet(() -> places.unnamed(path, time));
      if (sender.isEmpty()) {
        come(known, path, time, word);
      } else {
        places.describe(known, word);
      }
    } else if (sender.filter(row -> row.id().equals(id)).isPresent()) {
      places.describe(id, word);
    } else {
      sender
          .filter(row -> places.all(id).isEmpty() && isUnnamed(row))
          .ifPresent(
              row -> {
                places.adopt(row.id(), id, path, word);
                changed = true;
              });
      come(id, path, time, word);
    }
    path.parent().ifPresent(parent -> places.ensure(parent, time));
  }

  private void come(UUID id, EquipmentPath path, Instant time, Word word) {
    changed = true;
    places
        .come(id, path, path.toString(), time, word)
        .ifPresent(from -> moved(outbox, id, from, path, time, word));
  }

  /** Equipment without an identity of its own, which has always been where it is. */
  private static boolean isUnnamed(Placement row) {
    return row.id().equals(EquipmentId.firstSeenAt(EquipmentPath.parse(row.path())).value());
  }

  static void moved(
      Outbox outbox, UUID id, String from, EquipmentPath to, Instant time, Word word) {
    outbox.add(
        Topic.MACHINE_EVENTS,
        to.line().toString(),
        SOURCE,
        "%s@%d".formatted(id, ChronoUnit.MICROS.between(Instant.EPOCH, time)),
        EventTypes.EQUIPMENT_MOVED,
        time,
        to.toString(),
        new EquipmentMoved(id.toString(), from, to.toString(), word.by(), word.why()));
  }

  /** Nobody declares the path any more. Where somebody has put equipment, it stays. */
  void ended(String path, Instant time) {
    places
        .atAddress(path)
        .filter(row -> row.path().equals(path))
        .ifPresent(row -> places.end(row, time));
  }

  /**
   * A gateway declares a tag. Another type or unit than before begins a new version; one that was
   * said earlier than what is known changes nothing.
   */
  Tag tag(TagAnnounced said, EquipmentPath path, DataType type, Instant time) {
    Optional<Tag> found = tags.find(said.path(), said.name());
    if (found.isEmpty()) {
      places.ensure(path, time);
      changed = true;
      return tags.announce(said);
    }
    Tag known = found.get();
    boolean same = known.type() == type && (!known.announced() || known.unit().equals(said.unit()));
    if (same) {
      Tag now = tags.announce(said);
      changed |= !now.equals(known);
      return now;
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    if (!known.versions().isEmpty() && known.versions().getLast().fromMicros() >= micros) {
      return known;
    }
    int version = tags.begin(known, said, time);
    outbox.add(
        Topic.MACHINE_EVENTS,
        path.line().toString(),
        SOURCE,
        "%s@%d".formatted(known.key(), version),
        EventTypes.TAG_VERSION,
        time,
        said.path(),
        new TagVersionBegun(
            said.path(),
            said.name(),
            version,
            said.type(),
            said.unit(),
            known.type().toString(),
            known.announced() ? known.unit() : said.unit()));
    changed = true;
    return tags.announce(said);
  }
}
