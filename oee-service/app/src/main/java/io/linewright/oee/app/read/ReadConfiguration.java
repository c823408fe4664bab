package io.linewright.oee.app.read;

import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.app.registry.Machines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadSettings.class)
class ReadConfiguration {

  @Bean
  OeeReader oeeReader(
      LogReader log,
      Losses losses,
      Devices devices,
      SaidOf said,
      Cells cells,
      Marks marks,
      MasterBooks books,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ReadSettings settings,
      MeterRegistry registry) {
    TransactionTemplate snapshots = new TransactionTemplate(transactions);
    snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshots.setReadOnly(true);
    return new OeeReader(
        log,
        losses,
        new Knowing(jdbc, devices),
        said,
        cells,
        marks,
        books,
        snapshots,
        settings,
        Counter.builder("linewright.oee.reads.refused")
            .description("Questions that were refused because too many others were being answered")
            .register(registry));
  }

  @Bean
  Scopes scopes(Machines machines) {
    return new Scopes(machines);
  }

  @Bean
  Questions questions(Scopes scopes, LogReader log, ReadSettings settings) {
    return new Questions(scopes, log, settings.machineDays());
  }
}
