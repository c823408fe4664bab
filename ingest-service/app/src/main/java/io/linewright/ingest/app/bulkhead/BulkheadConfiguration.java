package io.linewright.ingest.app.bulkhead;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HeavyReadSettings.class)
class BulkheadConfiguration {

  @Bean
  HeavyReads heavyReads(HeavyReadSettings settings, MeterRegistry registry) {
    return new HeavyReads(
        settings.atOnce(),
        settings.patience(),
        Counter.builder("linewright.ingest.reads.refused")
            .description("Reads of history that were refused because too many others were at work")
            .register(registry));
  }
}
