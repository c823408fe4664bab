package io.linewright.oee.app.loss;

import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Devices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LossConfiguration {

  @Bean
  Losses losses(JdbcClient jdbc, Devices devices) {
    return new Losses(jdbc, devices);
  }

  @Bean
  DeviceNews deviceNews(Devices devices, Losses losses, Marks marks) {
    return new DeviceNews(devices, losses, marks);
  }

  @Bean
  LastWords lastWords(JdbcClient jdbc, Devices devices) {
    return new LastWords(jdbc, devices);
  }
}
