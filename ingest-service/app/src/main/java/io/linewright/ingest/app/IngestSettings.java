package io.linewright.ingest.app;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the historian.
 *
 * @param timescale {@code auto}: TimescaleDB if the server offers it; {@code off}: plain
 *     PostgreSQL. Read at the first migration only
 * @param oldest how old a source time may be; older samples are set aside
 * @param future how far a source time may lie ahead of this machine's clock
 * @param quarantineRecords most records in quarantine; at it, consumption pauses
 * @param liveInterval shortest time between two messages of a live stream
 * @param liveClients most live streams at once
 * @param canaryPatience how long no canary of a gateway may come before an alarm is raised
 */
@Validated
@ConfigurationProperties("linewright.ingest")
public record IngestSettings(
    @DefaultValue("auto") @Pattern(regexp = "auto|off") String timescale,
    @DefaultValue("7320d") @NotNull Duration oldest,
    @DefaultValue("1d") @NotNull Duration future,
    @DefaultValue("10000") @Min(1) @Max(1_000_000) int quarantineRecords,
    @DefaultValue("250ms") @NotNull @DurationMin(millis = 10) Duration liveInterval,
    @DefaultValue("1000") @Min(1) @Max(10_000) int liveClients,
    @DefaultValue("25s") @NotNull @DurationMin(seconds = 11) Duration canaryPatience) {}
