package io.linewright.mqtt;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extension. In a HiveMQ container it reads {@code credentials} in its own folder, or the file
 * that {@code LINEWRIGHT_MQTT_CREDENTIALS_FILE} names; embedded it is given the file.
 */
public final class MqttAccessExtension implements ExtensionMain {

  /** Environment variable with the path of the credentials file. */
  public static final String FILE_VARIABLE = "LINEWRIGHT_MQTT_CREDENTIALS_FILE";

  private static final Logger log = LoggerFactory.getLogger(MqttAccessExtension.class);

  private final @Nullable Path file;

  /** For HiveMQ, which creates extensions without arguments. */
  public MqttAccessExtension() {
    this.file = null;
  }

  /** For an embedded broker. */
  public MqttAccessExtension(Path file) {
    this.file = file;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    Path credentials = file != null ? file : inContainer(input);
    try {
      Map<String, MqttUser> users = CredentialsFile.read(credentials);
      UserAuthenticator authenticator = new UserAuthenticator(users);
      Services.securityRegistry().setAuthenticatorProvider(anyClient -> authenticator);
      log.info("MQTT access: {} users from {}", users.size(), credentials);
    } catch (IOException | RuntimeException unreadable) {
      // Without the authenticator the broker refuses everybody; an open broker is never the result.
      log.error("MQTT access cannot read its users, nobody can connect", unreadable);
      output.preventExtensionStartup(
          "cannot read the users in " + credentials + ": " + unreadable.getMessage());
    }
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    // HiveMQ removes the authenticator of a stopped extension itself.
  }

  private static Path inContainer(ExtensionStartInput input) {
    String named = System.getenv(FILE_VARIABLE);
    return named != null && !named.isBlank()
        ? Path.of(named)
        : input.getExtensionInformation().getExtensionHomeFolder().toPath().resolve("credentials");
  }
}
