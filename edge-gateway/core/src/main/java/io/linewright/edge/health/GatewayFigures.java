package io.linewright.edge.health;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The gateway's own process at one moment.
 *
 * @param uptimeSeconds since it started
 * @param version of the program
 * @param configHash tells contents of the gateway file apart: first 12 digits of its SHA-256
 * @param cpuPercent of one core since the last look; empty if not known
 * @param heapBytes heap in use
 * @param rssBytes memory that the process occupies; empty if the system does not tell
 * @param diskFreeBytes free space where the log is; empty if the system does not tell
 */
public record GatewayFigures(
    long uptimeSeconds,
    String version,
    String configHash,
    OptionalDouble cpuPercent,
    long heapBytes,
    OptionalLong rssBytes,
    OptionalLong diskFreeBytes) {}
