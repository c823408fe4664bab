package io.linewright.oee.app.order;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.word.OrderWords;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.app.word.RunWords;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

  @Bean
  OrderKeeping orderKeeping(
      MasterBooks books,
      OrderWords words,
      JdbcClient jdbc,
      LineRows lines,
      Marks marks,
      Outbox outbox) {
    return new OrderKeeping(books, words, new OrderTouches(jdbc, lines, marks), outbox);
  }

  @Bean
  OrderDesk orderDesk(OrderKeeping keeping, Orders orders, TransactionTemplate transaction) {
    return new OrderDesk(keeping, orders, transaction);
  }

  @Bean
  RunDesk runDesk(RunWords words, Scopes scopes, LineRows lines, TransactionTemplate transaction) {
    return new RunDesk(words, scopes, lines, transaction);
  }
}
