package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.INTEGRATOR_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.VIEWER_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.key.SigningKeys;
import io.linewright.gateway.app.support.Browser;
import io.linewright.gateway.app.support.GatewayTest;
import io.linewright.gateway.app.support.GatewayUnderTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People log in by the form, and what they then see and hold is safe. */
class LoginTest extends GatewayTest {

  @Test
  void opensTheDashboardToThosWhoLogIn() {
    Browser browser = browser();

    HttpResponse<String> login = browser.login("viewer", VIEWER_PASSWORD, "");

    assertThat(login.statusCode()).isEqualTo(302);
    assertThat(login.headers().firstValue("Location")).hasValue("/");
    assertThat(login.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("LINEWRIGHT_SESSION=")
                    .contains("HttpOnly")
                    .contains("SameSite=Lax"));
    HttpResponse<String> page = browser.page("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("user=\"viewer\"").contains("\"lit\":\"/_static/lit/");
    assertThat(browser.get("/_static/lit/3.3.1/index.js").statusCode()).isEqualTo(200);
    assertThat(Browser.json(browser.get("/api/session").body()).path("roles").toString())
        .isEqualTo("[\"viewer\"]");
  }

  @Test
  void allowsTheInlineImportMapByItsHashAndNoOtherInlineScript() throws Exception {
    HttpResponse<String> page = loggedIn("viewer", VIEWER_PASSWORD).page("/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    Matcher map =
        Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page.body());

    assertThat(map.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(policy)
        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
  }

  @Test
  void refusesAWrongPasswordWithoutSayingWhichPartIsWrong() {
    HttpResponse<String> password = browser().login("viewer", "wrong-password-1", "");
    HttpResponse<String> name = browser().login("nobody", "wrong-password-1", "");

    assertThat(password.headers().firstValue("Location")).hasValue("/login?error");
    assertThat(name.headers().firstValue("Location")).hasValue("/login?error");
    assertThat(browser().page("/login?error").body()).contains("Name or password is not right");
  }

  @Test
  void refusesALoginWithoutTheTokenOfTheForm() {
    Browser browser = browser();
    browser.page("/login");

    HttpResponse<String> login =
        browser.form("/login", Map.of("username", "viewer", "password", VIEWER_PASSWORD));

    assertThat(login.headers().firstValue("Location")).hasValue("/login?expired");
    assertThat(browser.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void leadsBackToTheWantedPage() {
    HttpResponse<String> login = browser().login("viewer", VIEWER_PASSWORD, "/reports/today?a=1");

    assertThat(login.headers().firstValue("Location")).hasValue("/reports/today?a=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "/.//evil.example",
        "/login?next=//evil.example"
      })
  void leadsNowhereElse(String wanted) {
    HttpResponse<String> login = browser().login("viewer", VIEWER_PASSWORD, wanted);

    assertThat(login.headers().firstValue("Location")).hasValue("/");
  }

  @Test
  void changesTheSessionIdAtLoginAndEndsItAtLogout() {
    Browser browser = loggedIn("viewer", VIEWER_PASSWORD);
    String page = browser.page("/").body();
    Matcher csrf = Pattern.compile("csrf=\"([^\"]+)\"").matcher(page);
    assertThat(csrf.find()).isTrue();

    assertThat(browser.form("/logout", Map.of()).statusCode()).isEqualTo(403);
    HttpResponse<String> logout = browser.form("/logout", Map.of("_csrf", csrf.group(1)));

    assertThat(logout.headers().firstValue("Location")).hasValue("/login?loggedout");
    assertThat(browser.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void keepsKeysAndPeopleOverARestartAndTakesOverChangedSecrets() {
    String token = browser().token("integrator", INTEGRATOR_SECRET);
    List<String> keys = gateway.bean(SigningKeys.class).ids();
    Map<String, String> changed =
        Map.of("linewright.gateway.bootstrap.users[1].password", "a-new-password-2");

    try (GatewayUnderTest again =
        GatewayUnderTest.start(jdbcUrl, masterKey, service.url(), changed)) {
      Browser browser = new Browser(again.url());
      assertThat(again.bean(SigningKeys.class).ids()).isEqualTo(keys);
      assertThat(browser.get("/api/v1/tags", token).statusCode()).isEqualTo(200);
      assertThat(browser.login("viewer", "a-new-password-2", "").headers().firstValue("Location"))
          .hasValue("/");
      assertThat(
              new Browser(again.url())
                  .login("viewer", VIEWER_PASSWORD, "")
                  .headers()
                  .firstValue("Location"))
          .hasValue("/login?error");
    } finally {
      GatewayUnderTest.start(jdbcUrl, masterKey, service.url(), Map.of()).close();
    }
  }

  @Test
  void storesNoSecretInTheClear() throws Exception {
    JdbcClient jdbc = gateway.bean(JdbcClient.class);

    assertThat(jdbc.sql("select password_hash from person").query(String.class).list())
        .allMatch(hash -> hash.startsWith("{bcrypt}"));
    assertThat(
            jdbc.sql("select client_secret from oauth2_registered_client")
                .query(String.class)
                .list())
        .allMatch(hash -> hash.startsWith("{bcrypt}"));
    byte[] sealed =
        jdbc.sql("select private_key from signing_key limit 1").query(byte[].class).single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("kty");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(masterKey)))
        .isEqualTo("rw-------");
  }
}
