package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.ingest.imports.ImportTag;
import io.linewright.ingest.imports.ImportTags;
import io.linewright.ingest.registry.Stretch;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.topic.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The registry as one import sees it: what its requester may not change is not there. */
final class RegistryTags implements ImportTags {

  private static final String SOURCE = "/ingest/imports";

  /** What registering needs. */
  record Parts(
      Registry registry,
      Retained retained,
      Outbox outbox,
      TransactionTemplate transaction,
      InstantSource clock) {}

  private final Parts parts;
  private final Requester requester;
  private boolean reading;

  RegistryTags(Parts parts, Requester requester) {
    this.parts = parts;
    this.requester = requester;
  }

  /** While rows are read again that were judged before, nothing is registered. */
  void onlyRead(boolean only) {
    reading = only;
  }

  @Override
  public Optional<ImportTag> find(TagKey key) {
    String path = key.equipment().toString();
    if (!requester.mayChange(path)) {
      return Optional.empty();
    }
    String address = parts.registry().addressOf(path);
    if (!address.equals(path) && parts.registry().find(path, key.name().value()).isEmpty()) {
      throw new IllegalArgumentException(
          "values of %s arrive under the path %s; write that in the file".formatted(path, address));
    }
    return parts.registry().find(path, key.name().value()).map(tag -> view(key, tag));
  }

  @Override
  public boolean mayRegister(TagKey key) {
    return !reading && requester.mayChange(key.equipment().toString());
  }

  /**
   * Announces the tag as a gateway would, so that every service learns of it; only then it is
   * registered here, so that a crash in between leaves nothing unsaid.
   */
  @Override
  public ImportTag register(ImportTag tag) {
    TagKey key = tag.key();
    String path = key.equipment().toString();
    String unit = tag.unit() == null ? "1" : tag.unit();
    TagAnnounced announced =
        new TagAnnounced(
            path,
            key.name().value(),
            tag.type().toString(),
            unit,
            tag.role().toString(),
            null,
            null,
            null,
            DataClass.SITE.toString(),
            null);
    parts
        .transaction()
        .executeWithoutResult(
            status ->
                parts
                    .outbox()
                    .add(
                        Topic.EQUIPMENT,
                        key.toString(),
                        SOURCE,
                        key.toString(),
                        EventTypes.TAG_ANNOUNCED,
                        parts.clock().instant(),
                        path,
                        announced));
    Tag registered =
        parts
            .registry()
            .resolve(key.equipment(), path, key.name().value(), tag.type(), tag.role(), Stretch.ON);
    return view(key, registered, unit);
  }

  /** The unit of a tag that nobody has announced is not known. */
  private ImportTag view(TagKey key, Tag tag) {
    return view(key, tag, tag.announced() ? tag.unit() : null);
  }

  private ImportTag view(TagKey key, Tag tag, @Nullable String unit) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().instant());
    return new ImportTag(
        key, tag.type(), unit, tag.role(), tag.versions(), parts.retained().from(tag, now));
  }
}
