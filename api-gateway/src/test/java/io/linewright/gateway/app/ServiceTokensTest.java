package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.INTEGRATOR_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.ISSUER;
import static io.linewright.gateway.app.support.GatewayUnderTest.VIEWER_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.support.Browser;
import io.linewright.gateway.app.support.GatewayTest;
import io.linewright.kit.security.ResourceServer;
import io.linewright.kit.security.SecuritySettings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The services, with the security of the kit, understand the tokens of the gateway. */
class ServiceTokensTest extends GatewayTest {

  @Test
  void servicesAcceptTheTokensOfProgramsAndPeople() {
    JwtDecoder decoder =
        ResourceServer.decoder(
            new SecuritySettings(URI.create(ISSUER), URI.create(gateway.url() + "/oauth2/jwks")));
    Browser person = loggedIn("viewer", VIEWER_PASSWORD);
    person.get("/api/v1/tags");
    String ofPerson = service.last().header("authorization").substring("Bearer ".length());
    String ofProgram = browser().token("integrator", INTEGRATOR_SECRET);

    assertThat(decoder.decode(ofProgram).getClaimAsStringList("roles")).containsExactly("viewer");
    assertThat(decoder.decode(ofPerson).getSubject()).isEqualTo("viewer");
  }
}
