package io.linewright.edge.app.bridge.mqtt;

import io.linewright.kit.security.TrustedCertificates;
import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach the MQTT broker.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port};
 * @param username user name; null: none
 * @param password password; null: none
 * @param trustCertificates PEM file with the authorities trusted with {@code ssl}; null: those of
 *     the JVM ({@code javax.net.ssl.trustStore})
 */
@Validated
@ConfigurationProperties("linewright.mqtt")
public record MqttSettings(
    @NotBlank String url,
    @Nullable String username,
    @Nullable String password,
    @Nullable Path trustCertificates) {

  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int CONNECT_SECONDS = 10;

  @ConstructorBinding
  public MqttSettings {}

  /** With the JVM's own authorities. */
  public MqttSettings(String url, @Nullable String username, @Nullable String password) {
    this(url, username, password, null);
  }

  /**
   * TLS with the authorities of its own; empty: the JVM's.
   *
   * @throws IllegalStateException if the file cannot be used
   */
  public Optional<SSLContext> ssl() {
    return Optional.ofNullable(trustCertificates).map(TrustedCertificates::context);
  }

  MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout(CONNECT_SECONDS);
    if (username != null) {
      options.setUserName(username);
    }
    if (password != null) {
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    }
    ssl().ifPresent(context -> options.setSocketFactory(context.getSocketFactory()));
    return options;
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "MqttSettings[url=" + url + ", username=" + username + "]";
  }
}
