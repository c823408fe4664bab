package io.linewright.gateway.app.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that keeps cookies and follows no redirects, so that tests see each of them. */
public final class Browser {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI base;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public Browser(URI base) {
    this.base = base;
  }

  /** A request to that path, to be completed. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens an answer as a stream. */
  public HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  public HttpResponse<String> get(String path) {
    return send(to(path));
  }

  /** As a person's browser asks for a page. */
  public HttpResponse<String> page(String path) {
    return send(to(path).header("Accept", "text/html,*/*"));
  }

  public HttpResponse<String> get(String path, String token) {
    return send(to(path).header("Authorization", "Bearer " + token));
  }

  public HttpResponse<String> post(String path, String token, String body) {
    return send(
        to(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Logs in by the form; {@code next} may be empty. */
  public HttpResponse<String> login(String name, String password, String next) {
    return form(
        "/login",
        Map.of("username", name, "password", password, "next", next, "_csrf", formToken()));
  }

  /** The token of the login form. */
  public String formToken() {
    Matcher matcher = CSRF.matcher(page("/login").body());
    if (!matcher.find()) {
      throw new IllegalStateException("the form has no CSRF token");
    }
    return matcher.group(1);
  }

  /** Value of a cookie, empty if there is none. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  /** The answer of the token endpoint to a program. */
  public HttpResponse<String> askToken(String client, String secret, String fields) {
    String basic =
        Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return send(
        to("/oauth2/token")
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(fields)));
  }

  /** A token of that program. */
  public String token(String client, String secret) {
    HttpResponse<String> answer = askToken(client, secret, "grant_type=client_credentials");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body()).path("access_token").asString();
  }

  public static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** Header (0) or claims (1) of a JWT. */
  public static JsonNode part(String token, int index) {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
  }
}
