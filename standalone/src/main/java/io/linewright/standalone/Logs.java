package io.linewright.standalone;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * One log file for all services. Spring Boot would configure logging anew for each of them, and
 * HiveMQ's jar holds a {@code logback.xml} that logback would otherwise take.
 */
public final class Logs {

  /** Must be called before anything logs. */
  public static void configure(Path directory) {
    System.setProperty("LINEWRIGHT_LOG_DIR", directory.toString());
    System.setProperty("logback.configurationFile", "linewright-logback.xml");
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private Logs() {}
}
