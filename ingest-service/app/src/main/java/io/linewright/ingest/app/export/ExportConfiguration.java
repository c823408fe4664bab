package io.linewright.ingest.app.export;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.kit.security.AdminReads;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportSettings.class)
class ExportConfiguration {

  @Bean
  Exporter exporter(SampleTable samples) {
    return new Exporter(samples);
  }

  /** An export has everything of everybody, what was set aside and who asked for what included. */
  @Bean
  AdminReads adminReads() {
    return new AdminReads(List.of("/api/v1/export", "/api/v1/checksums"));
  }
}
