package io.linewright.oee.app.registry;

import java.util.UUID;

/**
 * A machine: what stands in the hierarchy at the depth of a work unit, or tells events from above
 * it.
 *
 * @param id number in this service, which never changes
 * @param equipmentId identity that all services know
 * @param lineId line whose row guards it, see {@link io.linewright.oee.app.mark.LineRows}
 * @param line path of that line: the one of the machine's first address
 * @param manual whether people tell its events
 */
public record Machine(int id, UUID equipmentId, int lineId, String line, boolean manual) {}
