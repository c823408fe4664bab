package io.linewright.ingest.registry;

import java.util.UUID;

/**
 * Equipment comes to a place. It stays until it comes to another, or other equipment comes to the
 * place or takes over the address; that nobody speaks of it any more ends nothing.
 *
 * @param path where it is in the hierarchy
 * @param address path under which its values arrive; that of the former place as long as the
 *     gateway's file has not changed
 * @param fromMicros since when, microseconds since the epoch
 */
public record Place(UUID equipment, String path, String address, long fromMicros) {}
