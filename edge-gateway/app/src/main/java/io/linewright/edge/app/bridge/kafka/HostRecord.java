package io.linewright.edge.app.bridge.kafka;

/**
 * What a bridge writes of itself in each transaction, under its host id.
 *
 * @param instance the process, a random text
 * @param transaction running number over all processes of the host id; tells after a failure
 *     whether the transaction in question was committed
 * @param reported values that the bridge has written of its own books
 */
public record HostRecord(String instance, long transaction, long reported) {}
