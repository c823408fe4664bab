package io.linewright.ingest.app.retention;

import io.linewright.ingest.retention.Keep;
import io.linewright.model.equipment.DataClass;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long samples and roll-ups are kept, in whole days of UTC; zero: for ever.
 *
 * @param localOnly samples of tags of this data class, at least a day
 * @param site same
 * @param enterprise same
 * @param partner same
 * @param rollups roll-ups of all tags; those of a tag stay at least as long as its samples
 * @param compressAfter TimescaleDB compresses days that ended so long ago; zero: never
 * @param interval time between two looks for what may go
 */
@Validated
@ConfigurationProperties("linewright.ingest.retention")
public record RetentionSettings(
    @DefaultValue("0d") @NotNull Duration localOnly,
    @DefaultValue("0d") @NotNull Duration site,
    @DefaultValue("0d") @NotNull Duration enterprise,
    @DefaultValue("0d") @NotNull Duration partner,
    @DefaultValue("0d") @NotNull Duration rollups,
    @DefaultValue("7d") @NotNull Duration compressAfter,
    @DefaultValue("1m") @NotNull @DurationMin(millis = 100) Duration interval) {

  /**
   * @throws IllegalArgumentException if one is shorter than a day and not zero
   */
  public RetentionSettings {
    check("local-only", localOnly);
    check("site", site);
    check("enterprise", enterprise);
    check("partner", partner);
    check("rollups", rollups);
    check("compress-after", compressAfter);
  }

  private static void check(String key, Duration duration) {
    try {
      new Keep(duration);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "linewright.ingest.retention.%s %s".formatted(key, wrong.getMessage()), wrong);
    }
  }

  /** How long samples of a class are kept. */
  Keep of(DataClass dataClass) {
    return new Keep(
        switch (dataClass) {
          case LOCAL_ONLY -> localOnly;
          case SITE -> site;
          case ENTERPRISE -> enterprise;
          case PARTNER -> partner;
        });
  }
}
