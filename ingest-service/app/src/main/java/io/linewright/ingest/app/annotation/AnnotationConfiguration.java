package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.registry.Registry;
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
  AnnotationSubjects annotationSubjects(Registry registry, AnnotationStore store) {
    return new AnnotationSubjects(registry, store);
  }

  @Bean
  AnnotationDesk annotationDesk(
      AnnotationStore store, AnnotationSubjects subjects, InstantSource clock) {
    return new AnnotationDesk(store, subjects, clock);
  }

  @Bean
  AnnotationTimes annotationTimes(JdbcClient jdbc) {
    return new AnnotationTimes(jdbc);
  }
}
