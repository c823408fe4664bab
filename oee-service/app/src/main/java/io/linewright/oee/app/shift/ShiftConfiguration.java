package io.linewright.oee.app.shift;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.registry.Machines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ShiftConfiguration {

  @Bean
  ShiftChanges shiftChanges(JdbcClient jdbc) {
    return new ShiftChanges(jdbc);
  }

  @Bean
  ShiftResults shiftResults(JdbcClient jdbc, JsonMapper json) {
    return new ShiftResults(jdbc, json);
  }

  @Bean
  ShiftTelling shiftTelling(
      ShiftChanges changes, ShiftResults results, Machines machines, Cells cells, Outbox outbox) {
    return new ShiftTelling(changes, results, machines, cells, outbox);
  }
}
