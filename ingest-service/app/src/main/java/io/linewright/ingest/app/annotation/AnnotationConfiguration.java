package io.linewright.ingest.app.annotation;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AnnotationConfiguration {

  @Bean
  AnnotationStore annotationStore(JdbcClient jdbc) {
    return new AnnotationStore(jdbc);
  }

  @Bean
  AnnotationDesk annotationDesk(AnnotationStore store, InstantSource clock) {
    return new AnnotationDesk(store, clock);
  }

  @Bean
  AnnotationTimes annotationTimes(JdbcClient jdbc) {
    return new AnnotationTimes(jdbc);
  }
}
