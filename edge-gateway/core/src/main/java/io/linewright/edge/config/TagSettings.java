package io.linewright.edge.config;

import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.model.equipment.TagDescription;
import java.util.Optional;

/**
 * One tag of a device.
 *
 * @param description what the platform is told of it
 * @param address where it is read
 * @param reporting which of its values leave the gateway
 * @param write what may be written to it; empty: nothing
 */
public record TagSettings(
    TagDescription description,
    TagAddress address,
    Reporting reporting,
    Optional<WriteGuard> write) {

  /** A tag to which nothing is written. */
  public TagSettings(TagDescription description, TagAddress address, Reporting reporting) {
    this(description, address, reporting, Optional.empty());
  }

  /** A tag of which every value is reported. */
  public TagSettings(TagDescription description, TagAddress address) {
    this(description, address, Reporting.ALL);
  }

  /** The same with what may be written to it. */
  public TagSettings withWrite(Optional<WriteGuard> guard) {
    return new TagSettings(description, address, reporting, guard);
  }
}
