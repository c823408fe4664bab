package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.ADMIN_PASSWORD;
import static io.linewright.gateway.app.support.GatewayUnderTest.BENCH_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.INTEGRATOR_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.ISSUER;
import static io.linewright.gateway.app.support.GatewayUnderTest.OPERATOR_PASSWORD;
import static io.linewright.gateway.app.support.GatewayUnderTest.OPERATOR_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.VIEWER_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.linewright.gateway.app.key.SigningKeys;
import io.linewright.gateway.app.support.Browser;
import io.linewright.gateway.app.support.FakeService;
import io.linewright.gateway.app.support.GatewayTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who gets in, and with what. */
class AccessTest extends GatewayTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tags",
        "/api/v1/live",
        "/api/session",
        "/api/openapi.json",
        "/v3/api-docs",
        "/actuator/metrics",
        "/actuator/prometheus",
        "/actuator",
        "/api/nosuch"
      })
  void refusesStrangersWithAProblem(String path) {
    HttpResponse<String> answer = browser().get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(Browser.json(answer.body()).path("type").asString())
        .isEqualTo("urn:linewright:problem:unauthenticated");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/plant-page.js", "/nosuch", "/_static/lit/3.3.1/index.js"})
  void sendsStrangersToTheLoginForm(String path) {
    HttpResponse<String> answer = browser().page(path);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith("/login");
  }

  @Test
  void refusesStrangersWhoChange() {
    HttpResponse<String> answer =
        browser().send(browser().to("/api/v1/tags").POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isIn(401, 403);
    assertThat(service.seen())
        .noneMatch(seen -> seen.method().equals("POST") && seen.header("authorization").isEmpty());
  }

  @Test
  void letsOrchestratorsAskForHealth() {
    for (String path :
        List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
      HttpResponse<String> answer = browser().get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(Browser.json(answer.body()).has("components")).as(path).isFalse();
    }
  }

  @Test
  void showsManagementToAdministratorsOnly() {
    String viewer = browser().token("integrator", INTEGRATOR_SECRET);
    String admin = browser().token("bench", BENCH_SECRET);

    assertThat(browser().get("/actuator/prometheus", viewer).statusCode()).isEqualTo(403);
    assertThat(browser().get("/actuator/prometheus", admin).statusCode()).isEqualTo(200);
  }

  @Test
  void issuesTokensToProgramsInTheFormOfRfc9068() {
    String token = browser().token("integrator", INTEGRATOR_SECRET);
    JsonNode claims = Browser.part(token, 1);

    assertThat(Browser.part(token, 0).path("typ").asString()).isEqualTo("at+jwt");
    assertThat(Browser.part(token, 0).path("alg").asString()).isEqualTo("RS256");
    assertThat(claims.path("iss").asString()).isEqualTo(ISSUER);
    assertThat(claims.path("aud").asString()).isEqualTo("linewright");
    assertThat(claims.path("sub").asString()).isEqualTo("integrator");
    assertThat(claims.path("client_id").asString()).isEqualTo("integrator");
    assertThat(claims.path("roles").toString()).isEqualTo("[\"viewer\"]");
    assertThat(claims.path("jti").asString()).isNotEmpty();
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(1L, 600L);
  }

  @Test
  void forwardsTheTokenOfAProgram() {
    String token = browser().token("integrator", INTEGRATOR_SECRET);

    HttpResponse<String> answer =
        browser().get("/api/v1/tags?equipment=acme%2Fgraz&limit=5", token);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(service.last().path()).isEqualTo("/api/v1/tags?equipment=acme%2Fgraz&limit=5");
    assertThat(service.last().header("authorization")).isEqualTo("Bearer " + token);
    assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("inner"));
  }

  @Test
  void refusesMoreThanTheProgramMayHave() {
    assertThat(
            browser()
                .askToken(
                    "integrator", INTEGRATOR_SECRET, "grant_type=client_credentials&scope=admin")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            browser()
                .askToken(
                    "integrator",
                    INTEGRATOR_SECRET,
                    "grant_type=password&username=admin&password=" + ADMIN_PASSWORD)
                .statusCode())
        .isEqualTo(400);
    assertThat(
            browser()
                .askToken("bench", "wrong-secret-123", "grant_type=client_credentials")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void letsOnlyAdministratorsChange() {
    String viewer = browser().token("integrator", INTEGRATOR_SECRET);
    String admin = browser().token("bench", BENCH_SECRET);
    service.on(
        "/api/v1/quarantine/7/resubmissions",
        exchange -> FakeService.json(exchange, 202, "{\"id\":7}"));

    HttpResponse<String> refused =
        browser().post("/api/v1/quarantine/7/resubmissions", viewer, "{}");
    HttpResponse<String> done = browser().post("/api/v1/quarantine/7/resubmissions", admin, "{}");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Browser.json(refused.body()).path("type").asString()).endsWith("forbidden");
    assertThat(done.statusCode()).isEqualTo(202);
    assertThat(service.last().body()).isEqualTo("{}");
    await().untilAsserted(() -> assertThat(audit("change", "bench")).isEqualTo(1));
    await().untilAsserted(() -> assertThat(audit("denied", "integrator")).isPositive());
  }

  @Test
  void letsReadersAskQuestionsByPost() {
    String viewer = browser().token("integrator", INTEGRATOR_SECRET);
    String path = "/api/v1/last-values/query";
    service.on(path, exchange -> FakeService.json(exchange, 200, "{\"values\":[]}"));
    long changes = audit("change", "integrator");

    assertThat(browser().post(path, viewer, "{\"tags\":[]}").statusCode()).isEqualTo(200);
    assertThat(service.last().body()).isEqualTo("{\"tags\":[]}");
    for (String other : List.of("aggregates", "aligned", "values-at")) {
      String question = "/api/v1/" + other + "/query";
      service.on(question, exchange -> FakeService.json(exchange, 200, "{}"));
      assertThat(browser().post(question, viewer, "{}").statusCode()).as(other).isEqualTo(200);
      assertThat(service.last().path()).isEqualTo(question);
    }
    assertThat(browser().post(path + "/x", viewer, "{}").statusCode()).isEqualTo(403);
    assertThat(browser().post("/api/v1/query", viewer, "{}").statusCode()).isEqualTo(403);
    assertThat(audit("change", "integrator")).isEqualTo(changes);
  }

  @Test
  void letsOperatorsReadSendCommandsAndStopWrites() {
    String operator = browser().token("line-control", OPERATOR_SECRET);
    String viewer = browser().token("integrator", INTEGRATOR_SECRET);
    String stop = "/api/v1/gateways/0/write-stop";
    service.on("/api/v1/commands", exchange -> FakeService.json(exchange, 202, "{\"id\":\"c\"}"));

    HttpResponse<String> sent = browser().send(command(operator));
    assertThat(sent.statusCode()).isEqualTo(202);
    assertThat(service.last().path()).isEqualTo("/api/v1/commands");
    assertThat(service.last().header("idempotency-key")).isEqualTo("once");
    assertThat(service.last().body()).isEqualTo("{\"value\":1}");
    assertThat(browser().send(put(stop, operator)).statusCode()).isEqualTo(200);
    String annotation = "/api/v1/annotations/0";
    assertThat(browser().post("/api/v1/annotations", operator, "{}").statusCode()).isEqualTo(200);
    assertThat(browser().send(put(annotation, operator)).statusCode()).isEqualTo(200);
    assertThat(browser().get("/api/v1/tags", operator).statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(audit("change", "line-control")).isEqualTo(4));

    assertThat(browser().send(command(viewer)).statusCode()).isEqualTo(403);
    assertThat(browser().send(put(stop, viewer)).statusCode()).isEqualTo(403);
    assertThat(browser().send(put(annotation, viewer)).statusCode()).isEqualTo(403);
    assertThat(browser().post("/api/v1/corrections", operator, "{}").statusCode()).isEqualTo(403);
    for (String other :
        List.of("/api/v1/gateways/0", "/api/v1/gateways/0/write-stop/x", "/api/v1/commands")) {
      assertThat(browser().send(put(other, operator)).statusCode()).as(other).isEqualTo(403);
    }
    assertThat(browser().post("/api/v1/quarantine/7/resubmissions", operator, "{}").statusCode())
        .isEqualTo(403);
    assertThat(browser().get("/actuator/prometheus", operator).statusCode()).isEqualTo(403);
  }

  @Test
  void tellsServicesWhichSubtreesCommandsMayReach() {
    JsonNode program = Browser.part(browser().token("line-control", OPERATOR_SECRET), 1);
    Browser person = loggedIn("operator", OPERATOR_PASSWORD);
    person.get("/api/v1/tags");
    String bearer = service.last().header("authorization").substring("Bearer ".length());

    assertThat(program.path("roles").toString()).isEqualTo("[\"operator\"]");
    assertThat(program.path("equipment").toString())
        .isEqualTo("[\"acme/graz/body/line-1\",\"acme/linz\"]");
    assertThat(Browser.part(bearer, 1).path("roles").toString()).isEqualTo("[\"operator\"]");
    assertThat(Browser.part(bearer, 1).path("equipment").toString())
        .isEqualTo("[\"acme/graz/body\"]");
    assertThat(Browser.part(browser().token("bench", BENCH_SECRET), 1).has("equipment")).isFalse();
  }

  private HttpRequest.Builder command(String token) {
    return browser()
        .to("/api/v1/commands")
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "once")
        .POST(HttpRequest.BodyPublishers.ofString("{\"value\":1}"));
  }

  private HttpRequest.Builder put(String path, String token) {
    return browser()
        .to(path)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString("{\"stopped\":true}"));
  }

  @Test
  void refusesForgedAndForeignTokens() throws Exception {
    RSAKey ours =
        (RSAKey)
            gateway
                .bean(SigningKeys.class)
                .get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                .getFirst();
    RSAKey foreign = new RSAKeyGenerator(2048).keyID(ours.getKeyID()).generate();
    Instant now = Instant.now();

    assertThat(status(signed(ours, ISSUER, "linewright", now.plusSeconds(60)))).isEqualTo(200);
    assertThat(status(signed(ours, ISSUER, "linewright", now.minusSeconds(60)))).isEqualTo(401);
    assertThat(status(signed(ours, "https://other", "linewright", now.plusSeconds(60))))
        .isEqualTo(401);
    assertThat(status(signed(ours, ISSUER, "other", now.plusSeconds(60)))).isEqualTo(401);
    assertThat(status(signed(foreign, ISSUER, "linewright", now.plusSeconds(60)))).isEqualTo(401);
    assertThat(status(new PlainJWT(claims(ISSUER, "linewright", now.plusSeconds(60))).serialize()))
        .isEqualTo(401);
    assertThat(status("rubbish")).isEqualTo(401);
  }

  @Test
  void actsForAPersonWithAShortTokenTheBrowserNeverSees() {
    Browser browser = loggedIn("viewer", VIEWER_PASSWORD);

    HttpResponse<String> answer = browser.get("/api/v1/tags");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(service.last().header("cookie")).isEmpty();
    String bearer = service.last().header("authorization").substring("Bearer ".length());
    JsonNode claims = Browser.part(bearer, 1);
    assertThat(claims.path("sub").asString()).isEqualTo("viewer");
    assertThat(claims.path("roles").toString()).isEqualTo("[\"viewer\"]");
    assertThat(claims.path("iss").asString()).isEqualTo(ISSUER);
    assertThat(claims.path("aud").asString()).isEqualTo("linewright");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(600);
    assertThat(status(bearer)).isEqualTo(200);
    browser.get("/api/v1/tags");
    assertThat(service.last().header("authorization")).isEqualTo("Bearer " + bearer);
  }

  @Test
  void asksAPersonsChangesForTheCsrfToken() {
    Browser browser = loggedIn("admin", ADMIN_PASSWORD);
    HttpRequest.Builder bare =
        browser.to("/api/v1/tags/1").method("PUT", HttpRequest.BodyPublishers.ofString("{}"));

    assertThat(browser.send(bare).statusCode()).isEqualTo(403);
    browser.page("/");
    HttpRequest.Builder signed = bare.header("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
    assertThat(browser.send(signed).statusCode()).isEqualTo(200);
    assertThat(service.last().header("x-xsrf-token")).isEmpty();
    assertThat(service.last().method()).isEqualTo("PUT");
  }

  @Test
  void endsTheSessionOfSomebodyWhoLostTheirRole() {
    Browser browser = loggedIn("viewer", VIEWER_PASSWORD);
    JdbcClient jdbc = gateway.bean(JdbcClient.class);
    jdbc.sql("update person set enabled = false where name = 'viewer'").update();
    try {
      assertThat(browser.get("/api/v1/tags").statusCode()).isEqualTo(401);
      assertThat(browser.page("/").statusCode()).isEqualTo(302);
      assertThat(
              browser()
                  .login("viewer", VIEWER_PASSWORD, "")
                  .headers()
                  .firstValue("Location")
                  .orElse(""))
          .contains("error");
    } finally {
      jdbc.sql("update person set enabled = true where name = 'viewer'").update();
    }
  }

  @Test
  void describesTheWholeApi() {
    service.on(
        "/v3/api-docs",
        exchange ->
            FakeService.json(
                exchange,
                200,
                """
                {"openapi":"3.1.0","paths":{"/api/v1/tags":{"get":{"x":{"$ref":"#/components/schemas/Session"}}},
                "/internal":{}},"components":{"schemas":{"Session":{"type":"string"}}}}
                """));
    String token = browser().token("integrator", INTEGRATOR_SECRET);

    JsonNode document = Browser.json(browser().get("/api/openapi.json", token).body());

    assertThat(document.path("openapi").asString()).startsWith("3.1");
    assertThat(document.path("paths").propertyNames())
        .containsExactlyInAnyOrder("/api/session", "/api/v1/tags");
    assertThat(document.at("/paths/~1api~1v1~1tags/get/x/$ref").asString())
        .isEqualTo("#/components/schemas/ingest-service_Session");
    assertThat(document.at("/components/schemas/ingest-service_Session/type").asString())
        .isEqualTo("string");
    assertThat(
            document
                .at("/components/securitySchemes/token/flows/clientCredentials/tokenUrl")
                .asString())
        .isEqualTo(ISSUER + "/oauth2/token");
  }

  private int status(String token) {
    return browser().get("/api/v1/tags", token).statusCode();
  }

  private long audit(String action, String actor) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from audit_entry where action = ? and actor = ?")
        .param(action)
        .param(actor)
        .query(Long.class)
        .single();
  }

  private static String signed(RSAKey key, String issuer, String audience, Instant expires)
      throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType("at+jwt"))
            .build();
    SignedJWT token = new SignedJWT(header, claims(issuer, audience, expires));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static JWTClaimsSet claims(String issuer, String audience, Instant expires) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(audience)
        .subject("somebody")
        .expirationTime(Date.from(expires))
        .claim("roles", List.of("viewer"))
        .build();
  }
}
