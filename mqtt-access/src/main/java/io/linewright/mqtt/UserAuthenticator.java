package io.linewright.mqtt;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets known users in with their password and gives each the permissions of its grant. */
final class UserAuthenticator implements SimpleAuthenticator {

  private static final Logger log = LoggerFactory.getLogger(UserAuthenticator.class);
  private static final int MAX_PASSWORD_BYTES = 1024;

  private final Map<String, MqttUser> users;

  UserAuthenticator(Map<String, MqttUser> users) {
    this.users = Map.copyOf(users);
  }

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    ConnectPacket packet = input.getConnectPacket();
    String name = packet.getUserName().orElse("");
    MqttUser user = verified(name, packet.getPassword().orElse(null));
    if (user == null) {
      log.warn(
          "MQTT client '{}' was refused: {}",
          printable(packet.getClientId()),
          name.isEmpty() ? "it gave no user" : "unknown user or wrong password");
      output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED, "user and password are required");
      return;
    }
    output.getDefaultPermissions().clear();
    output.getDefaultPermissions().addAll(permissions(user.grant()));
    output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    output.authenticateSuccessfully();
  }

  private @Nullable MqttUser verified(String name, @Nullable ByteBuffer password) {
    MqttUser user = users.get(name);
    if (user == null || password == null || password.remaining() > MAX_PASSWORD_BYTES) {
      return null;
    }
    CharBuffer characters = StandardCharsets.UTF_8.decode(password.duplicate());
    char[] typed = new char[characters.remaining()];
    characters.get(typed);
    try {
      return user.password().matches(typed) ? user : null;
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static List<TopicPermission> permissions(Grant grant) {
    return grant.rules().stream().map(UserAuthenticator::permission).toList();
  }

  private static TopicPermission permission(TopicRule rule) {
    boolean publish = rule.activity() == TopicRule.Activity.PUBLISH;
    return Builders.topicPermission()
        .topicFilter(rule.filter())
        .activity(
            publish ? TopicPermission.MqttActivity.PUBLISH : TopicPermission.MqttActivity.SUBSCRIBE)
        .retain(
            publish && !rule.retained()
                ? TopicPermission.Retain.NOT_RETAINED
                : TopicPermission.Retain.ALL)
        .type(TopicPermission.PermissionType.ALLOW)
        .build();
  }

  private static String printable(String clientId) {
    String cleaned = clientId.replaceAll("[^\\x20-\\x7e]", "?");
    return cleaned.length() > 64 ? cleaned.substring(0, 64) + "…" : cleaned;
  }
}
