package io.linewright.gateway.app;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import io.linewright.gateway.app.key.SigningKeys;
import io.linewright.gateway.app.support.FakeService;
import io.linewright.gateway.app.support.GatewayUnderTest;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.Poison;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.contract.ServiceContractTest;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.security.TestTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The gateway with a service behind it; it issues the tokens itself and takes no messages. */
class GatewayContractTest extends ServiceContractTest {

  @TempDir static Path directory;

  private final FakeService behind = new FakeService();

  @SuppressWarnings("NullAway.Init") // the directory is set before the first test
  GatewayContractTest() {}

  @AfterAll
  void stopServiceBehind() {
    behind.close();
  }

  @Override
  protected SpringApplicationBuilder application() {
    return ApiGatewayApplication.builder();
  }

  @Override
  protected List<String> properties(Servers servers) {
    return List.of(
        "linewright.security.issuer=" + GatewayUnderTest.ISSUER,
        "linewright.gateway.keys.master-file=" + directory.resolve("master.key"),
        "linewright.gateway.routes.ingest=" + behind.url(),
        "linewright.gateway.routes.oee=" + behind.url());
  }

  @Override
  protected TestTokens tokens(RunningService service, TestTokens outside) {
    try {
      RSAKey key =
          (RSAKey)
              service
                  .context()
                  .getBean(SigningKeys.class)
                  .get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                  .getFirst();
      return TestTokens.of(key, GatewayUnderTest.ISSUER);
    } catch (Exception unreadable) {
      throw new IllegalStateException("the gateway's signing key cannot be read", unreadable);
    }
  }

  @Override
  protected String applicationName() {
    return "api-gateway";
  }

  @Override
  protected String snapshotName() {
    return "api-gateway";
  }

  @Override
  protected String rootPackage() {
    return "io.linewright.gateway";
  }

  @Override
  protected String readablePath() {
    return "/api/v1/tags";
  }

  @Override
  protected String adminOnly() {
    return "DELETE /api/v1/quarantine/0";
  }

  @Override
  protected List<Topic> topicsDeclared() {
    return List.of();
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of();
  }

  @Override
  protected Optional<Poison> poison(Servers servers) {
    return Optional.empty();
  }

  @Override
  protected Optional<String> schema() {
    return Optional.of("gateway");
  }
}
