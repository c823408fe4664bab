package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  @Bean
  Gateways gateways(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      Canaries canaries,
      InstantSource clock) {
    return new Gateways(registry, lastValues, update, canaries, clock);
  }

  @Bean
  StallSigns stallSigns(
      ExactlyOnce kit,
      KafkaClients clients,
      JdbcClient jdbc,
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update) {
    return new StallSigns(kit, new KafkaLag(clients, jdbc), registry, lastValues, update);
  }

  @Bean
  StallWatch stallWatch(
      Canaries canaries,
      StallSigns signs,
      Outbox outbox,
      PlatformTransactionManager transactions,
      IngestSettings settings,
      InstantSource clock) {
    return new StallWatch(
        canaries,
        (stalled, all, watching) ->
            signs.of(stalled, all, watching, settings.canaryPatience()).toString(),
        outbox,
        new TransactionTemplate(transactions),
        settings.canaryPatience(),
        clock.instant());
  }

  @Bean
  StallWatchThread stallWatchThread(
      StallWatch watch, Gateways gateways, MeterRegistry registry, InstantSource clock) {
    GatewayMeters meters = new GatewayMeters(registry);
    return new StallWatchThread(
        now -> {
          meters.canaries(watch.look(now), now);
          meters.devices(() -> gateways.known(null), now);
        },
        clock);
  }
}
