package io.linewright.oee.app.cell;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class CellConfiguration {

  @Bean
  Cells cells(JdbcTemplate template) {
    return new Cells(template);
  }
}
