package io.linewright.edge.app;

import io.linewright.edge.app.cli.EdgeCommands;
import java.util.Arrays;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;

/**
 * The edge gateway. The property {@code linewright.edge.role} chooses what it is: {@code edge}
 * reads machines and publishes on MQTT, {@code bridge} carries MQTT onto Kafka.
 *
 * <p>The configurations of both roles are found in the packages below this one; each applies to its
 * role only.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
public class EdgeGatewayApplication {

  /** The application with its own configuration file {@code edge-gateway.yaml}. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(EdgeGatewayApplication.class)
        .properties("spring.config.name=edge-gateway");
  }

  /**
   * Starts the gateway; a wrong gateway file ends it with exit code 1 and the list of problems.
   * With {@code edge} as first argument it runs one of the commands of {@code ./linewright edge}
   * instead.
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("edge")) {
      System.setProperty("logback.configurationFile", "io/linewright/edge/app/logback-cli.xml");
      System.exit(EdgeCommands.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    builder().run(arguments);
  }
}
