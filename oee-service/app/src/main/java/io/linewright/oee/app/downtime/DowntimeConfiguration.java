package io.linewright.oee.app.downtime;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.word.StopWords;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class DowntimeConfiguration {

  @Bean
  StopFinder stopFinder(OeeReader reader, Machines machines, Scopes scopes) {
    return new StopFinder(reader, machines, scopes);
  }

  @Bean
  StopDesk stopDesk(
      StopFinder finder,
      StopWords words,
      OeeReader reader,
      LineRows lines,
      Outbox outbox,
      TransactionTemplate transaction) {
    return new StopDesk(finder, words, reader, lines, outbox, transaction);
  }
}
