package io.linewright.ingest.app.rollup;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of roll-ups.
 *
 * @param interval time between two looks for buckets that are out of date
 * @param settle how long after its end a bucket waits before it is computed first, so that values
 *     on their way do not make it be computed twice
 * @param checkInterval time between two comparisons of a random hour of a random tag with its
 *     samples, each followed by a stretch of the pass over all days and tags
 * @param checkSeed where the choice of hours begins; 0: somewhere else at each start
 */
@Validated
@ConfigurationProperties("linewright.ingest.rollups")
public record RollupSettings(
    @DefaultValue("10s") @NotNull @DurationMin(millis = 100) Duration interval,
    @DefaultValue("20s") @NotNull @DurationMin(millis = 0) Duration settle,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 100) Duration checkInterval,
    @DefaultValue("0") long checkSeed) {}
