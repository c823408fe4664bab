package io.linewright.oee.app.word;

import io.linewright.oee.app.read.SaidOf;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class WordConfiguration {

  @Bean
  StopWords stopWords(JdbcClient jdbc) {
    return new StopWords(jdbc);
  }

  @Bean
  RunWords runWords(JdbcClient jdbc) {
    return new RunWords(jdbc);
  }

  @Bean
  CountCorrections countCorrections(JdbcClient jdbc) {
    return new CountCorrections(jdbc);
  }

  @Bean
  Orders orders(JdbcClient jdbc) {
    return new Orders(jdbc);
  }

  @Bean
  OrderWords orderWords(JdbcClient jdbc, Orders orders, JsonMapper json) {
    return new OrderWords(jdbc, orders, new OrderJson(json));
  }

  @Bean
  SaidOf said(StopWords words, RunWords runs, CountCorrections corrections, Orders orders) {
    return new KeptSaid(words, runs, corrections, orders);
  }
}
