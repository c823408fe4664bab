package io.linewright.edge.app.bridge.mqtt;

import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach the MQTT broker.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}; with ssl the JVM's trust store
 *     decides ({@code javax.net.ssl.trustStore})
 * @param username user name; null: none
 * @param password password; null: none
 */
@Validated
@ConfigurationProperties("linewright.mqtt")
public record MqttSettings(
    @NotBlank String url, @Nullable String username, @Nullable String password) {

  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int CONNECT_SECONDS = 10;

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
    return options;
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "MqttSettings[url=" + url + ", username=" + username + "]";
  }
}
