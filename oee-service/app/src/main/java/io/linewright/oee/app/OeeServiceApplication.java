package io.linewright.oee.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the machines of the plant made of their time. */
@SpringBootApplication
public class OeeServiceApplication {

  /** The service as standalone starts it: its own configuration file, nothing else. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(OeeServiceApplication.class)
        .properties("spring.config.name=oee-service");
  }

  public static void main(String[] args) {
    builder().run(args);
  }
}
