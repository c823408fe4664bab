package io.linewright.oee.app.master;

import io.linewright.oee.count.CounterRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What holds where master data say nothing.
 *
 * @param zone time zone of equipment without a site
 * @param counter how counters are read
 */
@Validated
@ConfigurationProperties("linewright.oee")
public record MasterSettings(
    @DefaultValue("UTC") @NotNull ZoneId zone, @DefaultValue @Valid Counter counter) {

  /**
   * How counters are read.
   *
   * @param start what the first reading of a counter says: baseline, nothing; zero, all of it
   */
  public record Counter(@DefaultValue("baseline") CounterRules.@NotNull Start start) {}
}
