package io.linewright.oee.app.setaside;

import io.linewright.kit.outbox.Outbox;
import io.linewright.oee.app.OeeSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SetAsideConfiguration {

  @Bean
  SetAsides setAsides(JdbcClient jdbc, Outbox outbox, InstantSource clock, OeeSettings settings) {
    return new SetAsides(new SetAsideStore(jdbc), outbox, clock, settings.setAsideRecords());
  }
}
