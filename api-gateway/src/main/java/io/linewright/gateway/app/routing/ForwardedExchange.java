package io.linewright.gateway.app.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Asks a service, and lets go of its answer when the reader is gone. Its parent would read the rest
 * of the answer first: the rest of an export may be gigabytes, and that of a live stream has no
 * end.
 */
final class ForwardedExchange extends RestClientProxyExchange {

  ForwardedExchange(RestClient client, GatewayMvcProperties properties) {
    super(client, properties);
  }

  @Override
  protected int copyResponseBody(ClientHttpResponse answer, InputStream body, OutputStream reader)
      throws IOException {
    try (body) {
      return super.copyResponseBody(answer, body, reader);
    }
  }
}
