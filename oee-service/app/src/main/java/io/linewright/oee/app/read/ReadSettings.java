package io.linewright.oee.app.read;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of asking for figures.
 *
 * @param atOnce how many answers are computed at once
 * @param patience how long one waits for its place before it is refused
 * @param machineDays most days of machines that one answer computes from events
 */
@Validated
@ConfigurationProperties("linewright.oee.reads")
record ReadSettings(
    @DefaultValue("3") @Min(1) @Max(50) int atOnce,
    @DefaultValue("5s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration patience,
    @DefaultValue("3000") @Min(1) @Max(1_000_000) int machineDays) {}
