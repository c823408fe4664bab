package io.linewright.standalone.service;

/** The services that run in this process, each a Spring application of its own. */
public enum ServiceKind {
  INGEST("ingest-service", "io.linewright.ingest.app.IngestServiceApplication"),
  BRIDGE("edge-gateway", "io.linewright.edge.app.EdgeGatewayApplication"),
  GATEWAY("api-gateway", "io.linewright.gateway.app.ApiGatewayApplication"),
  EDGE("edge-gateway", "io.linewright.edge.app.EdgeGatewayApplication");

  private final String configName;
  private final String application;

  ServiceKind(String configName, String application) {
    this.configName = configName;
    this.application = application;
  }

  /** Name of its configuration file on the class path, without suffix. */
  public String configName() {
    return configName;
  }

  String application() {
    return application;
  }
}
