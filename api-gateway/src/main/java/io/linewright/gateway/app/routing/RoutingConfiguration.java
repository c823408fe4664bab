package io.linewright.gateway.app.routing;

import io.linewright.gateway.app.session.SessionTokens;
import io.linewright.kit.problem.ProblemWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Which paths go to which service. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {

  @Bean
  LiveStreams liveStreams(ForwardingSettings settings, InstantSource clock) {
    return new LiveStreams(settings.maxStreams(), settings.maxStreamAge(), clock);
  }

  @Bean
  ProxyExchangeHandlerFunction timedForwarding(
      ForwardingSettings settings,
      GatewayMvcProperties properties,
      ObjectProvider<RequestHttpHeadersFilter> requestFilters,
      ObjectProvider<ResponseHttpHeadersFilter> responseFilters) {
    return new ProxyExchangeHandlerFunction(
        new ForwardedExchange(client(settings, settings.readTimeout()), properties),
        requestFilters,
        responseFilters);
  }

  @Bean
  ProxyExchangeHandlerFunction streamedForwarding(
      ForwardingSettings settings,
      GatewayMvcProperties properties,
      ObjectProvider<RequestHttpHeadersFilter> requestFilters,
      ObjectProvider<ResponseHttpHeadersFilter> responseFilters) {
    return new ProxyExchangeHandlerFunction(
        new ForwardedExchange(client(settings, null), properties), requestFilters, responseFilters);
  }

  @Bean
  RouterFunction<ServerResponse> serviceRoutes(
      RouteSettings routes,
      ForwardingSettings settings,
      JsonMapper json,
      ProxyExchangeHandlerFunction timedForwarding,
      ProxyExchangeHandlerFunction streamedForwarding,
      SessionTokens tokens,
      LiveStreams streams) {
    RequestPredicate all = RequestPredicates.path("/api/v1/**");
    return RouterFunctions.route(
            all.and(ServicePaths.of(ServicePaths.OEE_SERVICE)),
            new Forwarding(
                ServicePaths.OEE_SERVICE,
                routes.oee(),
                timedForwarding,
                streamedForwarding,
                tokens,
                streams))
        .andRoute(
            all,
            new PlantTimes(
                client(settings, settings.readTimeout()),
                routes.oee(),
                tokens,
                json,
                new Forwarding(
                    ServicePaths.INGEST_SERVICE,
                    routes.ingest(),
                    timedForwarding,
                    streamedForwarding,
                    tokens,
                    streams)));
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(
      ForwardingSettings settings, ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new BodyLimitFilter(settings, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    return registration;
  }

  /** HTTP/1.1, because a stream must not share a connection's flow control with other answers. */
  static RestClient client(ForwardingSettings settings, @Nullable Duration readTimeout) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    var factory = new JdkClientHttpRequestFactory(http);
    if (readTimeout != null) {
      factory.setReadTimeout(readTimeout);
    }
    return RestClient.builder().requestFactory(factory).build();
  }
}
