package io.linewright.ingest.app.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of live streams, besides {@code live-interval} and {@code live-clients}.
 *
 * @param clientsPerSubject most streams of one person or program at once
 * @param resumeWithin longest break that is made up for from storage
 * @param resumeValues most samples that are given for a break; if it has more, last values are
 *     given
 * @param resumeSize most bytes that texts and byte strings among them may have together; beyond,
 *     last values are given
 * @param resumeTags of how many tags missed samples are looked up at most
 */
@Validated
@ConfigurationProperties("linewright.ingest.live")
record LiveSettings(
    @DefaultValue("100") @Min(1) @Max(10_000) int clientsPerSubject,
    @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration resumeWithin,
    @DefaultValue("10000") @Min(1) @Max(100_000) int resumeValues,
    @DefaultValue("4MB") @NotNull DataSize resumeSize,
    @DefaultValue("1000") @Min(1) @Max(10_000) int resumeTags) {

  private static final DataSize MOST_SIZE = DataSize.ofMegabytes(64);

  LiveSettings {
    if (resumeSize.isNegative() || resumeSize.compareTo(MOST_SIZE) > 0) {
      throw new IllegalArgumentException(
          "linewright.ingest.live.resume-size must be 0 to " + MOST_SIZE.toMegabytes() + "MB");
    }
  }
}
