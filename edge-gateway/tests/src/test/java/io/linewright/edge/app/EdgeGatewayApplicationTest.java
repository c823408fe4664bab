package io.linewright.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.RecordingSink;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;

class EdgeGatewayApplicationTest {

  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      connections:
        - {id: m, driver: modbus-tcp, host: 127.0.0.1, port: 1, poll-interval: 1s}
      devices:
        - path: acme/graz/packaging/line-1/saw-1
          connection: m
          unit-id: 1
          tags:
            - {name: x, register: "coil:1", encoding: bool, type: boolean}
      """;

  @TempDir private Path directory;

  /** Registered by hand; with a stereotype the application's own scan would find it. */
  static class TestSink {
    @Bean
    SampleSink sampleSink() {
      return new RecordingSink();
    }

    @Bean
    InstantSource clock() {
      return InstantSource.system();
    }
  }

  @Test
  void roleEdgeRunsTheDriversOfItsFile() throws Exception {
    Path file = Files.writeString(directory.resolve("edge.yaml"), FILE);
    try (ConfigurableApplicationContext context = start(file)) {
      RecordingSink sink = (RecordingSink) context.getBean("sampleSink", SampleSink.class);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> sink.latest("x").equals(StatusCode.BAD_NO_COMMUNICATION));
      EdgeDrivers drivers = context.getBean(EdgeDrivers.class);
      assertThat(drivers.status())
          .singleElement()
          .extracting(DriverStatus::connection)
          .isEqualTo("m");
    }
  }

  @Test
  void wrongFileStopsTheStartWithTheListOfProblems() throws Exception {
    Path file = Files.writeString(directory.resolve("edge.yaml"), FILE.replace("coil:1", "coil:x"));
    Throwable refused = catchThrowable(() -> start(file));

    assertThat(NestedExceptionUtils.getMostSpecificCause(refused))
        .isInstanceOf(EdgeFileException.class);
    FailureAnalysis analysis = new EdgeFileFailureAnalyzer().analyze(refused);
    assertThat(analysis).isNotNull();
    assertThat(analysis.getDescription())
        .contains(file + ":10: devices[0].tags[0].register: 'x' is not a whole number; write");
  }

  private ConfigurableApplicationContext start(Path file) {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                java.util.Map.of(
                    "linewright.edge.role", "edge",
                    "linewright.edge.file", file.toString(),
                    "linewright.edge.data-dir", directory.resolve("data").toString())));
    context.register(EdgeConfiguration.class, TestSink.class);
    context.refresh();
    return context;
  }
}
