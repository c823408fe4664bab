package io.linewright.oee.app.compute;

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
 * When results are computed and kept.
 *
 * @param workers how many threads compute; 0: none does, others may
 * @param patience how long after the end of a shift, or of a day without shifts, one waits for data
 *     that machines have not told yet; what comes later is a correction
 * @param quiet how long nothing may have come late for a machine before what came is computed
 * @param quietAtMost how long that is put off at most
 */
@Validated
@ConfigurationProperties("linewright.oee")
record ComputeSettings(
    @DefaultValue("2") @Min(0) @Max(32) int workers,
    @DefaultValue("10m") @NotNull @DurationMin @DurationMax(days = 7) Duration patience,
    @DefaultValue("10s") @NotNull @DurationMin @DurationMax(hours = 1) Duration quiet,
    @DefaultValue("5m") @NotNull @DurationMin @DurationMax(days = 1) Duration quietAtMost) {}
