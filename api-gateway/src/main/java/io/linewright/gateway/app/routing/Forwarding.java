package io.linewright.gateway.app.routing;

import io.linewright.gateway.app.session.SessionTokens;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands a request on to a service: with a bearer token instead of the cookie, as a live stream or
 * with a time limit, and turns failures into problem details.
 */
final class Forwarding implements HandlerFunction<ServerResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  /** Headers that are between the browser and the gateway only. */
  private static final List<String> KEPT_HERE =
      List.of(HttpHeaders.COOKIE, "X-XSRF-TOKEN", HttpHeaders.ORIGIN, HttpHeaders.REFERER);

  private final String service;
  private final URI target;
  private final HandlerFunction<ServerResponse> timed;
  private final HandlerFunction<ServerResponse> streamed;
  private final SessionTokens tokens;
  private final LiveStreams streams;

  /**
   * @param service name of the service in messages
   * @param target its base URL
   * @param timed forwards with a time limit
   * @param streamed forwards without one: live streams, imports, exports
   */
  Forwarding(
      String service,
      URI target,
      HandlerFunction<ServerResponse> timed,
      HandlerFunction<ServerResponse> streamed,
      SessionTokens tokens,
      LiveStreams streams) {
    this.service = service;
    this.target = target;
    this.timed = timed;
    this.streamed = streamed;
    this.tokens = tokens;
    this.streams = streams;
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    Authentication who = (Authentication) request.principal().orElseThrow();
    Optional<String> bearer = tokens.bearer(request.servletRequest(), who);
    if (bearer.isEmpty()) {
      return ServiceFailure.sessionEnded();
    }
    ServerRequest onward =
        ServerRequest.from(request)
            .headers(
                headers -> {
                  KEPT_HERE.forEach(headers::remove);
                  headers.setBearerAuth(bearer.get());
                })
            .build();
    MvcUtils.setRequestUrl(onward, target);
    try {
      if (isLong(request.method().name(), request.path())) {
        return clean(streamed.handle(onward));
      }
      return wantsStream(request) ? stream(onward) : clean(timed.handle(onward));
    } catch (Exception e) {
      LOG.warn("{} {} failed at {}: {}", request.method(), request.path(), service, e.toString());
      return ServiceFailure.answer(service, e);
    }
  }

  private static boolean isLong(String method, String path) {
    return Transfers.isUpload(method, path) || Transfers.isDownload(method, path);
  }

  private ServerResponse stream(ServerRequest onward) throws Exception {
    Optional<LiveStreams.Place> place = streams.reserve();
    if (place.isEmpty()) {
      return ServiceFailure.tooManyStreams();
    }
    boolean passed = false;
    try {
      ServerResponse response = clean(streamed.handle(onward));
      InputStream body = body(onward);
      if (response.statusCode() == HttpStatus.OK && body != null) {
        MvcUtils.putAttribute(
            onward, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR, place.get().watch(body));
        passed = true;
      }
      return response;
    } finally {
      if (!passed) {
        place.get().release();
      }
    }
  }

  private static @Nullable InputStream body(ServerRequest onward) {
    return MvcUtils.getAttribute(onward, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
  }

  private static ServerResponse clean(ServerResponse response) {
    response.headers().remove(HttpHeaders.SET_COOKIE);
    response.headers().remove(HttpHeaders.SERVER);
    return response;
  }

  private static boolean wantsStream(ServerRequest request) {
    return request.headers().accept().stream()
            .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM))
        || request.path().endsWith("/live");
  }
}
