package io.linewright.gateway.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The gateway as an application of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ApiGatewayApplication {

  /** An application that reads {@code api-gateway.yaml}; start it with {@code run(args)}. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(ApiGatewayApplication.class)
        .properties("spring.config.name=api-gateway");
  }

  /** Starts the gateway. */
  public static void main(String[] args) {
    builder().run(args);
  }
}
