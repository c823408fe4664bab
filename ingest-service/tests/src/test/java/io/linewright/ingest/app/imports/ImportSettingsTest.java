package io.linewright.ingest.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ImportSettingsTest {

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new ImportSettings(
                2,
                DataSize.ofGigabytes(4),
                20_000_000,
                DataSize.ofKilobytes(256),
                Duration.ofDays(3_660),
                10_000,
                10_000,
                500,
                Duration.ofMinutes(5),
                List.of("oee-service.events")));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "linewright.ingest.imports.at-once", "1",
                    "linewright.ingest.imports.max-size", "1MB",
                    "linewright.ingest.imports.max-rows", "7",
                    "linewright.ingest.imports.max-record", "1KB",
                    "linewright.ingest.imports.max-period", "10d",
                    "linewright.ingest.imports.max-tags", "3",
                    "linewright.ingest.imports.max-refusals", "0",
                    "linewright.ingest.imports.kept", "9",
                    "linewright.ingest.imports.patience", "2s",
                    "linewright.ingest.imports.readers", "a.b,c.d")))
        .isEqualTo(
            new ImportSettings(
                1,
                DataSize.ofMegabytes(1),
                7,
                DataSize.ofKilobytes(1),
                Duration.ofDays(10),
                3,
                0,
                9,
                Duration.ofSeconds(2),
                List.of("a.b", "c.d")));
  }

  @Test
  void aRecordThatWouldNotFitIntoMemoryIsRefused() {
    assertThatThrownBy(() -> bind(Map.of("linewright.ingest.imports.max-record", "1GB")))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining("max-record");
  }

  private static ImportSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("linewright.ingest.imports", ImportSettings.class);
  }
}
