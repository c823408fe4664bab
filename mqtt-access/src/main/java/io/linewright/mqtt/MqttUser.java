package io.linewright.mqtt;

/**
 * A user of the broker.
 *
 * @param name user name, 1 to 64 characters of letters, digits, {@code . _ -}
 * @param grant what it may do
 * @param password hash of its password
 */
public record MqttUser(String name, Grant grant, PasswordHash password) {

  public MqttUser {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "user name '" + name + "' must be 1 to 64 letters, digits, dots, underscores or dashes");
    }
  }
}
