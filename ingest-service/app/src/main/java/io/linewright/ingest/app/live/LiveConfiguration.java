package io.linewright.ingest.app.live;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveSettings.class)
class LiveConfiguration {

  @Bean
  LiveMeters liveMeters(MeterRegistry registry) {
    return new LiveMeters(registry);
  }

  @Bean
  LiveStreams liveStreams(
      IngestSettings bounds, LiveSettings settings, LiveMeters meters, MeterRegistry registry) {
    LiveStreams streams =
        new LiveStreams(
            bounds.liveClients(), settings.clientsPerSubject(), bounds.liveInterval(), meters);
    registry.gauge("linewright.live.clients", streams, LiveStreams::count);
    return streams;
  }

  @Bean
  LiveClient.Shared liveShared(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      Quarantine quarantine,
      DataSource dataSource,
      JdbcClient jdbc,
      JsonMapper json,
      IngestSettings bounds,
      LiveSettings settings,
      LiveMeters meters,
      InstantSource clock) {
    return new LiveClient.Shared(
        new LiveBoard(registry, lastValues, update, json, bounds.liveInterval().dividedBy(2)),
        new LivePosition(jdbc),
        new MissedSamples(
            dataSource,
            settings.resumeValues(),
            settings.resumeSize().toBytes(),
            MissedSamples.TIME_LIMIT_SECONDS),
        quarantine,
        json,
        settings,
        meters,
        clock);
  }
}
