package io.linewright.ingest.app.export;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long others may have to wait for what an export holds.
 *
 * @param maxDuration longest time that an export or count of checksums takes
 * @param minRate bytes that a client has to take in each second that it is waited for; 0: any
 * @param rateWindow over how much time that is looked at
 */
@Validated
@ConfigurationProperties("linewright.ingest.export")
record ExportSettings(
    @DefaultValue("12h") @NotNull @DurationMin(seconds = 1) Duration maxDuration,
    @DefaultValue("64KB") @NotNull DataSize minRate,
    @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) Duration rateWindow) {

  ExportSettings {
    if (minRate.isNegative()) {
      throw new IllegalArgumentException(
          "linewright.ingest.export.min-rate must be 0 or more, not " + minRate);
    }
  }
}
