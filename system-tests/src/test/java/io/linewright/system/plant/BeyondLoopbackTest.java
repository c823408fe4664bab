package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.kit.security.TrustedCertificates;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform on all addresses of the machine: every port wants TLS, clients that trust its
 * authority get in, and values make the whole trip. A machine without network has one address, the
 * loopback one, and is tested all the same.
 */
@Order(1)
class BeyondLoopbackTest {

  private static final int PLAIN_TRIES_SECONDS = 8;

  private static PlantFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = PlantFixture.start(List.of("--bind", "0.0.0.0", "--simulator-seed", "13"));
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void valuesArriveByHttps() {
    HttpClient client = trusting();
    Awaitility.await("values by REST over TLS")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> assertThat(lastValues(client).path("values").size()).isGreaterThan(10));
  }

  @Test
  void httpsNeedsTheAuthority() {
    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> page(HttpClient.newHttpClient(), address("dashboard")));
  }

  @Test
  void plainHttpIsRefused() throws Exception {
    String plain = address("dashboard").replace("https://", "http://");

    HttpResponse<String> answer = page(HttpClient.newHttpClient(), plain);

    assertThat(answer.statusCode()).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
    assertThat(answer.body()).contains("requires TLS");
  }

  @Test
  void cookiesGoOverTlsOnly() throws Exception {
    HttpResponse<String> login = page(trusting(), address("dashboard") + "login");

    assertThat(login.headers().allValues("set-cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
  }

  @Test
  void kafkaWantsTls() throws Exception {
    Map<String, Object> settings = kafka();
    try (Admin admin = Admin.create(settings)) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS))
          .contains("linewright.telemetry.v1");
    }
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("default.api.timeout.ms", PLAIN_TRIES_SECONDS * 1000);
    settings.put("request.timeout.ms", (PLAIN_TRIES_SECONDS - 3) * 1000);
    try (Admin admin = Admin.create(settings)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> admin.listTopics().names().get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void kafkaFilesAreThoseOfTheTwoKindsOfClients() throws Exception {
    assertThat(Files.readString(fixture.data().resolve("kafka/reader.properties")))
        .contains("security.protocol=SASL_SSL")
        .contains("ssl.ca.location=" + authority());
    assertThat(Files.readString(fixture.data().resolve("config/ingest.properties")))
        .contains("SASL_SSL", "sslmode\\=verify-full", "trust-certificates");
  }

  @Test
  void mqttWantsTls() throws Exception {
    String url = address("mqtt");
    assertThat(url).startsWith("ssl://");
    MqttConnectionOptions options = mqttReader();
    options.setConnectionTimeout(60);
    options.setSocketFactory(TrustedCertificates.context(authority()).getSocketFactory());

    MqttAsyncClient client = new MqttAsyncClient(url, "tls-test", new MemoryPersistence());
    client.connect(options).waitForCompletion(60_000);
    assertThat(client.isConnected()).isTrue();
    client.disconnect().waitForCompletion(10_000);
    client.close();

    refused(url, mqttReader());
    refused(url.replace("ssl://", "tcp://"), mqttReader());
  }

  private static void refused(String url, MqttConnectionOptions options) throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(url, "tls-test-2", new MemoryPersistence());
    assertThatExceptionOfType(MqttException.class)
        .isThrownBy(() -> client.connect(options).waitForCompletion(20_000));
    client.close(true);
  }

  @Test
  void postgresWantsTls() throws Exception {
    String url = address("postgres");
    assertThat(url).contains("sslmode=verify-full");
    List<String> reader = fixture.plant().postgresReader();
    Properties login = new Properties();
    login.setProperty("user", reader.get(0));
    login.setProperty("password", reader.get(1));
    try (Connection connection = DriverManager.getConnection(url, login);
        ResultSet encrypted =
            connection
                .createStatement()
                .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      encrypted.next();
      assertThat(encrypted.getBoolean(1)).isTrue();
    }
    String disabled = url.replaceAll("\\?.*", "?sslmode=disable");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(disabled, login))
        .withMessageContaining("pg_hba.conf");
    String stranger = url.replaceAll("&sslrootcert=.*", "");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(stranger, login));
  }

  @Test
  void modbusStaysOnTheMachine() {
    assertThat(address("modbus")).startsWith("127.0.0.1:");
  }

  private static JsonNode lastValues(HttpClient client) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(address("rest") + "/last-values?equipment=acme/graz/machining"))
            .header("Authorization", "Bearer " + token(client))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(HttpURLConnection.HTTP_OK);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String token(HttpClient client) throws IOException, InterruptedException {
    JsonNode integrator = fixture.plant().credentials().path("clients").path("integrator");
    String secret =
        integrator.path("client_id").asString() + ":" + integrator.path("client_secret").asString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address("token_url")))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
  }

  private static Map<String, Object> kafka() {
    Map<String, Object> settings = new HashMap<>(fixture.plant().kafka("reader"));
    settings.put("security.protocol", "SASL_SSL");
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", authority().toString());
    return settings;
  }

  private static MqttConnectionOptions mqttReader() {
    JsonNode reader = fixture.plant().credentials().path("mqtt").path("users").path("reader");
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setConnectionTimeout(PLAIN_TRIES_SECONDS);
    options.setUserName(reader.path("username").asString());
    options.setPassword(reader.path("password").asString().getBytes(StandardCharsets.UTF_8));
    return options;
  }

  private static HttpResponse<String> page(HttpClient client, String address)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient trusting() {
    return HttpClient.newBuilder().sslContext(TrustedCertificates.context(authority())).build();
  }

  private static Path authority() {
    return Path.of(address("ca_file"));
  }

  private static String address(String name) {
    return fixture.plant().addresses().path(name).asString();
  }
}
