package io.linewright.oee.app.recompute;

import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.read.Scopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RecomputeConfiguration {

  @Bean
  Recomputations recomputations(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Scopes scopes,
      LineRows lines,
      Marks marks) {
    return new Recomputations(jdbc, transaction, scopes, lines, marks);
  }
}
