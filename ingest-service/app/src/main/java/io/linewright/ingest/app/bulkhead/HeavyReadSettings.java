package io.linewright.ingest.app.bulkhead;

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
 * Bounds of reading history.
 *
 * @param atOnce most connections that readers of history hold at once, of those of the pool
 * @param patience how long an answer waits for its first place among them before it is refused
 */
@Validated
@ConfigurationProperties("linewright.ingest.reads")
record HeavyReadSettings(
    @DefaultValue("4") @Min(1) @Max(100) int atOnce,
    @DefaultValue("5s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration patience) {}
