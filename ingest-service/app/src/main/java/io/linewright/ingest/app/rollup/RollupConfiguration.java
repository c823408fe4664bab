package io.linewright.ingest.app.rollup;

import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RollupSettings.class)
class RollupConfiguration {

  private static final String MARKS =
      "/* read */ SELECT level, count(*) FROM rollup_dirty GROUP BY level";

  @Bean
  RollupReader rollupReader(DataSource dataSource) {
    return new RollupReader(dataSource);
  }

  @Bean
  Periodic rollupThread(
      DataSource dataSource,
      JdbcClient jdbc,
      RollupSettings settings,
      FaultPoints faults,
      MeterRegistry meters,
      InstantSource clock) {
    RollupWorker worker = new RollupWorker(dataSource, settings.settle(), faults, clock);
    Map<Level, Long> marks = new ConcurrentHashMap<>();
    for (Level level : Level.values()) {
      meters.gauge(
          "linewright.rollup.marks",
          Tags.of("level", name(level)),
          marks,
          counts -> counts.getOrDefault(level, 0L));
    }
    return new Periodic(
        "rollups",
        settings.interval(),
        () -> {
          worker
              .sweep()
              .forEach(
                  (level, buckets) ->
                      meters
                          .counter("linewright.rollup.buckets", "level", name(level))
                          .increment(buckets));
          Map<Level, Long> counted = new ConcurrentHashMap<>();
          jdbc.sql(MARKS)
              .query(
                  (RowCallbackHandler)
                      row -> counted.put(Level.values()[row.getInt(1)], row.getLong(2)));
          for (Level level : Level.values()) {
            marks.put(level, counted.getOrDefault(level, 0L));
          }
        });
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
