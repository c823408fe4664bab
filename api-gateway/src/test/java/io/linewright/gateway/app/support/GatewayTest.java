package io.linewright.gateway.app.support;

import io.linewright.testkit.infrastructure.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A gateway, a database and a service behind it, shared by the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GatewayTest {

  protected final TestPostgres postgres = TestPostgres.start();
  protected final FakeService service = new FakeService();
  protected final String jdbcUrl = postgres.createDatabase();
  protected final Path masterKey = directory().resolve("master.key");
  protected final GatewayUnderTest gateway;

  protected GatewayTest() {
    this(Map.of());
  }

  protected GatewayTest(Map<String, String> settings) {
    gateway = GatewayUnderTest.start(jdbcUrl, masterKey, service.url(), settings);
  }

  @BeforeAll
  void ready() {
    service.on("/api/v1/tags", exchange -> FakeService.json(exchange, 200, "{\"tags\":[]}"));
  }

  @AfterAll
  void stop() {
    gateway.close();
    service.close();
    postgres.close();
  }

  /** A browser without cookies. */
  protected Browser browser() {
    return new Browser(gateway.url());
  }

  protected Browser loggedIn(String name, String password) {
    Browser browser = browser();
    browser.login(name, password, "");
    return browser;
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("gateway-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
