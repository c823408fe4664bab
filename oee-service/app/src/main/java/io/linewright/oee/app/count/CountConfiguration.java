package io.linewright.oee.app.count;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.OeeSettings;
import io.linewright.oee.app.log.ManualLog;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.app.word.CountCorrections;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class CountConfiguration {

  @Bean
  CountDesk countDesk(
      CountCorrections corrections,
      Scopes scopes,
      LineRows lines,
      Outbox outbox,
      TransactionTemplate transaction) {
    return new CountDesk(corrections, scopes, lines, outbox, transaction);
  }

  @Bean
  ManualDesk manualDesk(
      MasterBooks books,
      Machines machines,
      Tracks tracks,
      LineRows lines,
      ManualLog log,
      CountDesk counts,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      OeeSettings settings) {
    return new ManualDesk(books, machines, tracks, lines, log, counts, jdbc, transaction, settings);
  }
}
