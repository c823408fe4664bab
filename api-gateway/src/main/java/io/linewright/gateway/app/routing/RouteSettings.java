package io.linewright.gateway.app.routing;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param ingest base URL of the ingest-service
 */
@ConfigurationProperties("linewright.gateway.routes")
public record RouteSettings(@DefaultValue("http://127.0.0.1:8081") URI ingest) {

  public RouteSettings {
    if (!ingest.isAbsolute() || ingest.getHost() == null) {
      throw new IllegalArgumentException(
          "linewright.gateway.routes.ingest must be a URL such as http://127.0.0.1:8081; it is "
              + ingest);
    }
  }
}
