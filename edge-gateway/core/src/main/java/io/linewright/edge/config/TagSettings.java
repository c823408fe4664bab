package io.linewright.edge.config;

import io.linewright.edge.logic.report.Reporting;
import io.linewright.model.equipment.TagDescription;

/**
 * One tag of a device.
 *
 * @param description what the platform is told of it
 * @param address where it is read
 * @param reporting which of its values leave the gateway
 */
public record TagSettings(TagDescription description, TagAddress address, Reporting reporting) {

  /** A tag of which every value is reported. */
  public TagSettings(TagDescription description, TagAddress address) {
    this(description, address, Reporting.ALL);
  }
}
