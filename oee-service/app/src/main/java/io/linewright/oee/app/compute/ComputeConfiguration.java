package io.linewright.oee.app.compute;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.shift.ShiftChanges;
import io.linewright.oee.app.shift.ShiftTelling;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ComputeSettings.class)
class ComputeConfiguration {

  @Bean
  LineRound lineRound(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      MasterBooks books,
      LineRows lines,
      OeeReader reader,
      Machines machines,
      Devices devices,
      Cells cells,
      Marks marks,
      ShiftChanges changes,
      ShiftTelling telling,
      FaultPoints faults,
      ComputeSettings settings) {
    return new LineRound(
        jdbc,
        transaction,
        books,
        lines,
        reader,
        machines,
        cells,
        marks,
        new LineState(jdbc, devices, marks),
        changes,
        telling,
        faults,
        settings);
  }

  @Bean
  ComputeWorker computeHealthIndicator(
      LineRound round,
      MeterRegistry registry,
      JdbcClient jdbc,
      InstantSource clock,
      ComputeSettings settings) {
    return new ComputeWorker(round, new ComputeMeters(registry, jdbc), clock, settings.workers());
  }
}
