package io.linewright.ingest.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The historian and registry of the plant. */
@SpringBootApplication
public class IngestServiceApplication {

  /** The service as standalone starts it: its own configuration file, nothing else. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(IngestServiceApplication.class)
        .properties("spring.config.name=ingest-service");
  }

  public static void main(String[] args) {
    builder().run(args);
  }
}
