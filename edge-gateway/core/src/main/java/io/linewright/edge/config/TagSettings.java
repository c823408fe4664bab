package io.linewright.edge.config;

import io.linewright.model.equipment.TagDescription;

/**
 * One tag of a device.
 *
 * @param description what the platform is told of it
 * @param address where it is read
 */
public record TagSettings(TagDescription description, TagAddress address) {}
