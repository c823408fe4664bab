package io.linewright.gateway.app.routing;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param ingest base URL of the ingest-service
 * @param oee base URL of the oee-service
 */
@ConfigurationProperties("linewright.gateway.routes")
public record RouteSettings(
    @DefaultValue("http://127.0.0.1:8081") URI ingest,
    @DefaultValue("http://127.0.0.1:8084") URI oee) {

  public RouteSettings {
    require("ingest", ingest);
    require("oee", oee);
  }

  private static void require(String service, URI url) {
    if (!url.isAbsolute() || url.getHost() == null) {
      throw new IllegalArgumentException(
          "linewright.gateway.routes.%s must be a URL such as http://127.0.0.1:8081; it is %s"
              .formatted(service, url));
    }
  }
}
