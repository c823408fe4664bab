package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.reconcile.Reconciliation.Found;
import io.linewright.ingest.app.reconcile.RollupPass.Looked;
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

  /** The pass takes this part of the time, so that a full one takes so many times as long. */
  private static final int PASS_SHARE = 30;

  @Bean
  MismatchStore mismatchStore(JdbcClient jdbc) {
    return new MismatchStore(jdbc);
  }

  @Bean
  PassStore passStore(JdbcClient jdbc) {
    return new PassStore(jdbc);
  }

  @Bean
  Periodic reconciliationThread(
      DataSource dataSource,
      PassStore passes,
      RollupSettings settings,
      MeterRegistry meters,
      InstantSource clock) {
    Random random = settings.checkSeed() == 0 ? new Random() : new Random(settings.checkSeed());
    Reconciliation reconciliation = new Reconciliation(dataSource, random);
    RollupPass pass =
        new RollupPass(
            dataSource,
            passes,
            settings.checkInterval().dividedBy(PASS_SHARE),
            RollupPass.MOST_SAMPLES);
    Counter checked = meters.counter("linewright.rollup.checked");
    Counter days = meters.counter("linewright.rollup.days.checked");
    Counter mismatches = meters.counter("linewright.rollup.mismatches");
    return new Periodic(
        "rollup-checks",
        settings.checkInterval(),
        () -> {
          Found found = reconciliation.check(clock.instant());
          checked.increment(found.buckets());
          mismatches.increment(found.mismatches());
          Looked looked = pass.look(clock.instant());
          days.increment(looked.days());
          mismatches.increment(looked.mismatches());
        });
  }
}
