package io.linewright.oee.app.mark;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class MarkConfiguration {

  @Bean
  Marks marks(JdbcClient jdbc) {
    return new Marks(jdbc);
  }

  @Bean
  LineRows lineRows(JdbcClient jdbc, Marks marks, TransactionTemplate transaction) {
    return new LineRows(jdbc, marks, transaction);
  }
}
