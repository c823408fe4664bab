package io.linewright.kit.autoconfigure;

import io.linewright.kit.fault.DrillClock;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.ServiceIdentity;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What every process has: a clock, a name, and the points of fault drills. */
@AutoConfiguration
class ProcessAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  InstantSource instantSource(@Value("${linewright.fault.clock-offset-file}") String offsetFile) {
    return DrillClock.over(Clock.systemUTC(), offsetFile);
  }

  @Bean
  @ConditionalOnMissingBean
  FaultPoints faultPoints(@Value("${linewright.fault.kill-at}") String killAt) {
    return FaultPoints.parse(killAt);
  }

  @Bean
  @ConditionalOnMissingBean
  ServiceIdentity serviceIdentity(
      @Value("${spring.application.name:service}") String service,
      @Value("${linewright.service.instance}") String instance) {
    return new ServiceIdentity(service, instance);
  }
}
