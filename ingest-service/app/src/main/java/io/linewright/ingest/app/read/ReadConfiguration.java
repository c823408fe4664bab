package io.linewright.ingest.app.read;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.app.truth.CorrectionLog;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ReadConfiguration {

  @Bean
  SampleQuery sampleQuery(
      DataSource dataSource,
      JdbcClient jdbc,
      EffectiveSource effective,
      CorrectionLog corrections) {
    return new SampleQuery(dataSource, jdbc, effective, corrections);
  }

  @Bean
  LiveStreams liveStreams(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      Quarantine quarantine,
      JsonMapper json,
      IngestSettings settings,
      InstantSource clock) {
    return new LiveStreams(
        registry,
        lastValues,
        update,
        quarantine,
        json,
        settings.liveInterval(),
        settings.liveClients(),
        clock);
  }
}
