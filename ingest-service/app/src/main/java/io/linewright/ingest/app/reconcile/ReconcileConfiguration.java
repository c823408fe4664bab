package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.reconcile.Reconciliation.Found;
import io.linewright.ingest.app.rollup.Periodic;
import io.linewright.ingest.app.rollup.RollupSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Random;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

  @Bean
  MismatchStore mismatchStore(JdbcClient jdbc) {
    return new MismatchStore(jdbc);
  }

  @Bean
  Periodic reconciliationThread(
      DataSource dataSource, RollupSettings settings, MeterRegistry meters, InstantSource clock) {
    Random random = settings.checkSeed() == 0 ? new Random() : new Random(settings.checkSeed());
    Reconciliation reconciliation = new Reconciliation(dataSource, random);
    Counter checked = meters.counter("linewright.rollup.checked");
    Counter mismatches = meters.counter("linewright.rollup.mismatches");
    return new Periodic(
        "rollup-checks",
        settings.checkInterval(),
        () -> {
          Found found = reconciliation.check(clock.instant());
          checked.increment(found.buckets());
          mismatches.increment(found.mismatches());
        });
  }
}
