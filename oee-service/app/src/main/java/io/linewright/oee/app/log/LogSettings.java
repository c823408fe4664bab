package io.linewright.oee.app.log;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the log of events.
 *
 * @param eventsPerDay most events of one machine in a day in UTC; further ones are set aside. A
 *     counter that changes with every sample of 250 ms has 345,600
 * @param cachedEvents most events in memory, some 30 bytes each; others are read when they are
 *     needed
 */
@Validated
@ConfigurationProperties("linewright.oee.log")
public record LogSettings(
    @DefaultValue("2000000") @Min(1) @Max(10_000_000) int eventsPerDay,
    @DefaultValue("1500000") @Min(0) @Max(100_000_000) int cachedEvents) {}
