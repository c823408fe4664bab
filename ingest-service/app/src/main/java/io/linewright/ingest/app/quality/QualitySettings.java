package io.linewright.ingest.app.quality;

import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityRules;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When and by which bounds data quality is judged; tags may have bounds of their own.
 *
 * @param zone IANA time zone of the site: its days are judged
 * @param after how long after midnight the day before is judged
 * @param days how many days are looked at each night, because values come late
 * @param kept how many days of judgements are kept
 * @param completeness least share of the expected values
 * @param timeliness least timeliness: {@code latest} divided by the delay
 * @param validity least share of values that are not Bad
 * @param plausibility least share of valid values within their range
 * @param flatLine least share of the day without flat lines
 * @param spikes least share of valid values that are no spikes
 * @param latest 95 % of the values are to be stored so soon
 * @param flat shortest time of an unchanged value that is a flat line
 * @param spike how many median steps a spike leaps
 */
@Validated
@ConfigurationProperties("linewright.ingest.quality")
record QualitySettings(
    @DefaultValue("UTC") @NotNull ZoneId zone,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 0) Duration after,
    @DefaultValue("3") @Min(1) @Max(31) int days,
    @DefaultValue("400") @Min(31) @Max(10_000) int kept,
    @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1") double completeness,
    @DefaultValue("0.9") @DecimalMin("0") @DecimalMax("1") double timeliness,
    @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1") double validity,
    @DefaultValue("0.99") @DecimalMin("0") @DecimalMax("1") double plausibility,
    @DefaultValue("0.8") @DecimalMin("0") @DecimalMax("1") double flatLine,
    @DefaultValue("0.999") @DecimalMin("0") @DecimalMax("1") double spikes,
    @DefaultValue("10s") @NotNull @DurationMin(millis = 1) Duration latest,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) Duration flat,
    @DefaultValue("50") @DecimalMin("1.1") double spike) {

  /** The bounds of tags that have none of their own. */
  QualityRules rules() {
    return new QualityRules(
        Map.of(
            QualityPart.COMPLETENESS, completeness,
            QualityPart.TIMELINESS, timeliness,
            QualityPart.VALIDITY, validity,
            QualityPart.PLAUSIBILITY, plausibility,
            QualityPart.FLAT_LINE, flatLine,
            QualityPart.SPIKES, spikes),
        latest,
        flat,
        spike);
  }
}
