package io.linewright.gateway.app.support;

import io.linewright.gateway.app.ApiGatewayApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** A running gateway with three people and three programs. */
public final class GatewayUnderTest implements AutoCloseable {

  public static final String ISSUER = "https://plant.example";
  public static final String ADMIN_PASSWORD = "admin-password-1";
  public static final String VIEWER_PASSWORD = "viewer-password-1";
  public static final String INTEGRATOR_SECRET = "integrator-secret-1";
  public static final String OPERATOR_PASSWORD = "operator-password-1";
  public static final String OPERATOR_SECRET = "operator-secret-123";
  public static final String BENCH_SECRET = "bench-secret-123456";

  private final ConfigurableApplicationContext context;

  private GatewayUnderTest(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts a gateway on a free port. */
  public static GatewayUnderTest start(
      String jdbcUrl, Path masterKey, URI service, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.port", "0");
    settings.put("spring.datasource.url", jdbcUrl);
    settings.put("spring.datasource.username", "postgres");
    settings.put("spring.datasource.password", "");
    settings.put("linewright.security.issuer", ISSUER);
    settings.put("linewright.gateway.keys.master-file", masterKey.toString());
    settings.put("linewright.gateway.routes.ingest", service.toString());
    settings.put("linewright.gateway.routes.oee", service.toString());
    person(settings, 0, "admin", ADMIN_PASSWORD, "admin");
    person(settings, 1, "viewer", VIEWER_PASSWORD, "viewer");
    person(settings, 2, "operator", OPERATOR_PASSWORD, "operator");
    settings.put("linewright.gateway.bootstrap.users[2].equipment[0]", "acme/graz/body");
    program(settings, 0, "integrator", INTEGRATOR_SECRET, "viewer");
    program(settings, 1, "bench", BENCH_SECRET, "admin");
    program(settings, 2, "line-control", OPERATOR_SECRET, "operator");
    settings.put(
        "linewright.gateway.bootstrap.clients[2].equipment", "acme/graz/body/line-1,acme/linz");
    settings.putAll(more);
    String[] arguments =
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    return new GatewayUnderTest(ApiGatewayApplication.builder().run(arguments));
  }

  private static void person(
      Map<String, String> settings, int index, String name, String password, String role) {
    String prefix = "linewright.gateway.bootstrap.users[" + index + "].";
    settings.put(prefix + "name", name);
    settings.put(prefix + "password", password);
    settings.put(prefix + "roles", role);
  }

  private static void program(
      Map<String, String> settings, int index, String id, String secret, String role) {
    String prefix = "linewright.gateway.bootstrap.clients[" + index + "].";
    settings.put(prefix + "id", id);
    settings.put(prefix + "secret", secret);
    settings.put(prefix + "roles", role);
  }

  /** A bean of the gateway. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public URI url() {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    context.close();
  }
}
