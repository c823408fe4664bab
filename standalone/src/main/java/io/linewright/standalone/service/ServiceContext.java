package io.linewright.standalone.service;

import io.linewright.standalone.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running service: a Spring context beside the others, with properties of its own. */
public final class ServiceContext implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServiceContext.class);

  private final String name;
  private final ConfigurableApplicationContext context;

  private ServiceContext(String name, ConfigurableApplicationContext context) {
    this.name = name;
    this.context = context;
  }

  /** Starts the only instance of a service; see the other method. */
  public static ServiceContext start(ServiceKind kind, Map<String, String> properties)
      throws StartFailure {
    return start(kind, kind.title(), properties);
  }

  /**
   * Starts a service.
   *
   * @param name of this instance in log lines
   * @param properties go before everything its own configuration file and the environment say
   * @throws StartFailure if it does not start, with the innermost reason
   */
  public static ServiceContext start(ServiceKind kind, String name, Map<String, String> properties)
      throws StartFailure {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.config.name=" + kind.configName());
    arguments.add("--management.metrics.use-global-registry=false");
    arguments.add("--spring.jmx.enabled=false");
    arguments.add("--spring.main.banner-mode=off");
    properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    ServiceName.enter(name);
    try {
      ConfigurableApplicationContext context =
          new SpringApplicationBuilder(kind.application())
              .web(WebApplicationType.SERVLET)
              .registerShutdownHook(false)
              .run(arguments.toArray(String[]::new));
      return new ServiceContext(name, context);
    } catch (RuntimeException anyReason) {
      log.error("{} does not start", name, anyReason);
      throw new StartFailure(name + " does not start: " + innermost(anyReason), anyReason);
    } finally {
      ServiceName.leave();
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  @Override
  public void close() {
    ServiceName.enter(name);
    try {
      context.close();
    } finally {
      ServiceName.leave();
    }
  }
}
