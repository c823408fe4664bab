package io.linewright.oee.app;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the service.
 *
 * @param oldest how old an event may be; older ones are set aside
 * @param future how far an event may lie ahead of this machine's clock
 * @param setAsideRecords how many causes of events that were set aside are kept, the newest
 */
@Validated
@ConfigurationProperties("linewright.oee")
public record OeeSettings(
    @DefaultValue("7320d") @NotNull @DurationMin(days = 1) Duration oldest,
    @DefaultValue("1d") @NotNull @DurationMin Duration future,
    @DefaultValue("10000") @Min(1) @Max(1_000_000) int setAsideRecords) {}
