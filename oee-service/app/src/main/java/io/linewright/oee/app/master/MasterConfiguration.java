package io.linewright.oee.app.master;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.masterdata.book.MasterBook;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MasterSettings.class)
class MasterConfiguration {

  @Bean
  MasterStore masterStore(JdbcClient jdbc, JsonMapper json) {
    return new MasterStore(jdbc, json);
  }

  @Bean
  MasterBooks masterBooks(MasterStore store, MasterSettings settings) {
    return new MasterBooks(
        store, new MasterBook.Defaults(settings.zone(), rules(settings.counter().start())));
  }

  @Bean
  MasterTouches masterTouches(JdbcClient jdbc, Machines machines, LineRows lines, Marks marks) {
    return new MasterTouches(jdbc, machines, lines, marks);
  }

  @Bean
  ZoneWatch zoneWatch(
      JdbcClient jdbc,
      MasterStore store,
      MasterBooks books,
      MasterTouches touches,
      TransactionTemplate transaction,
      InstantSource clock) {
    return new ZoneWatch(jdbc, store, books, touches, transaction, clock);
  }

  @Bean
  MasterDesk masterDesk(
      MasterStore store,
      MasterBooks books,
      MasterTouches touches,
      ZoneWatch zones,
      Outbox outbox,
      TransactionTemplate transaction,
      InstantSource clock,
      JsonMapper json) {
    return new MasterDesk(
        store, books, touches, new MasterNews(outbox), zones, transaction, clock, json);
  }

  /** The usual rules, but for where counters begin. */
  private static MachineRules rules(CounterRules.Start start) {
    CounterRules usual = CounterRules.DEFAULT;
    MachineRules rules = MachineRules.DEFAULT;
    return new MachineRules(
        rules.states(),
        rules.stateTag(),
        new CounterRules(
            start, usual.rollOverAt(), usual.jump(), usual.doublePulse(), usual.perPulse()),
        rules.ofKind(),
        rules.stops(),
        rules.reasons(),
        rules.energy(),
        rules.holds(),
        rules.inspected(),
        rules.usually(),
        rules.itemsPerHour());
  }
}
