package io.linewright.ingest.app.imports;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of imports.
 *
 * @param atOnce most imports that this process receives at a time
 * @param maxSize largest file, unpacked
 * @param maxRows most rows of a file
 * @param maxRecord longest record of a file
 * @param maxPeriod longest period that an import may declare; each of its days can become a
 *     partition
 * @param maxTags most different tags of a file; one row of each is remembered
 * @param maxRefusals how many refused rows are kept of an import; all are counted
 * @param kept how many imports are kept, the newest
 * @param patience how long an import waits for a historian that stores nothing, or a reader of its
 *     events that reads nothing, before it fails
 * @param readers consumer groups of machine events that an import does not run away from, if they
 *     exist and have members
 */
@Validated
@ConfigurationProperties("linewright.ingest.imports")
record ImportSettings(
    @DefaultValue("2") @Min(1) @Max(16) int atOnce,
    @DefaultValue("4GB") @NotNull DataSize maxSize,
    @DefaultValue("20000000") @Min(1) long maxRows,
    @DefaultValue("256KB") @NotNull DataSize maxRecord,
    @DefaultValue("3660d") @NotNull @DurationMin(days = 1) Duration maxPeriod,
    @DefaultValue("10000") @Min(1) @Max(100_000) int maxTags,
    @DefaultValue("10000") @Min(0) @Max(1_000_000) int maxRefusals,
    @DefaultValue("500") @Min(1) @Max(100_000) int kept,
    @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration patience,
    @DefaultValue("oee-service.events") @NotNull @Size(max = 16) List<@NotBlank String> readers) {

  private static final long MOST_RECORD_BYTES = 16L << 20;

  ImportSettings {
    readers = List.copyOf(readers);
    if (maxSize.toBytes() < 1
        || maxRecord.toBytes() < 1
        || maxRecord.toBytes() > MOST_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "linewright.ingest.imports: max-size must be positive, max-record 1 to "
              + MOST_RECORD_BYTES
              + " bytes");
    }
  }
}
