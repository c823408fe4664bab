package io.linewright.standalone.service;

import io.linewright.edge.app.EdgeGatewayApplication;
import io.linewright.gateway.app.ApiGatewayApplication;
import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.oee.app.OeeServiceApplication;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The services that run in this process, each a Spring application of its own. */
public enum ServiceKind {
  INGEST("ingest-service", IngestServiceApplication.class),
  OEE("oee-service", OeeServiceApplication.class),
  BRIDGE("edge-gateway", EdgeGatewayApplication.class),
  GATEWAY("api-gateway", ApiGatewayApplication.class),
  EDGE("edge-gateway", EdgeGatewayApplication.class);

  private final String configName;
  private final Class<?> application;

  ServiceKind(String configName, Class<?> application) {
    this.configName = configName;
    this.application = application;
  }

  /** Short name for options, files and log lines. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Short names of all. */
  public static List<String> titles() {
    return Arrays.stream(values()).map(ServiceKind::title).toList();
  }

  /** Name of its configuration file on the class path, without suffix. */
  String configName() {
    return configName;
  }

  Class<?> application() {
    return application;
  }
}
