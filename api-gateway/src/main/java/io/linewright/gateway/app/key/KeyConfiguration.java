package io.linewright.gateway.app.key;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the signing keys. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

  @Bean
  SigningKeys signingKeys(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      KeySettings settings,
      InstantSource clock) {
    return new SigningKeyStore(jdbc, new TransactionTemplate(transactions), settings, clock).load();
  }
}
