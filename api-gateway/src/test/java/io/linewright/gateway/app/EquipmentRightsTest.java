package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.OPERATOR_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.gateway.app.support.Browser;
import io.linewright.gateway.app.support.GatewayTest;
import io.linewright.gateway.app.support.GatewayUnderTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The subtrees of people and programs follow the configuration. */
class EquipmentRightsTest extends GatewayTest {

  private static final String PROGRAM = "linewright.gateway.bootstrap.clients[2].equipment";
  private static final String PERSON = "linewright.gateway.bootstrap.users[2].equipment[0]";

  @Test
  void aStartTakesOverWhatHasChanged() {
    try (GatewayUnderTest again =
        GatewayUnderTest.start(
            jdbcUrl,
            masterKey,
            service.url(),
            Map.of(PROGRAM, "acme/wels", PERSON, "acme/graz/paint"))) {
      String token = new Browser(again.url()).token("line-control", OPERATOR_SECRET);
      assertThat(Browser.part(token, 1).path("equipment").toString()).isEqualTo("[\"acme/wels\"]");
      assertThat(
              again
                  .bean(JdbcClient.class)
                  .sql("select equipment[1] from person where name = 'operator'")
                  .query(String.class)
                  .single())
          .isEqualTo("acme/graz/paint");
    }
  }

  @Test
  void aWrongOrEmptyListKeepsTheGatewayFromStarting() {
    for (Map.Entry<String, String> wrong : Map.of(PROGRAM, "", PERSON, "Not A Path").entrySet()) {
      Map<String, String> settings = new HashMap<>(Map.of(wrong.getKey(), wrong.getValue()));
      assertThatThrownBy(
              () -> GatewayUnderTest.start(jdbcUrl, masterKey, service.url(), settings).close())
          .as(wrong.toString())
          .rootCause()
          .hasMessageMatching("(?s).*(leave it out for the whole plant|segment).*");
    }
  }
}
