package io.linewright.edge.health;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The gateway's own process at one moment.
 *
 * @param uptimeSeconds since it started
 * @param version of the program
 * @param file how it stands with the gateway file
 * @param cpuPercent of one core since the last look; empty if not known
 * @param heapBytes heap in use
 * @param rssBytes memory that the process occupies; empty if the system does not tell
 * @param diskFreeBytes free space where the log is; empty if the system does not tell
 */
public record GatewayFigures(
    long uptimeSeconds,
    String version,
    FileFigures file,
    OptionalDouble cpuPercent,
    long heapBytes,
    OptionalLong rssBytes,
    OptionalLong diskFreeBytes) {}
