package io.linewright.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The users of the broker as text: one line per user, {@code NAME GRANT HASH} with blanks between;
 * empty lines and lines that start with {@code #} say nothing.
 */
public final class CredentialsFile {

  private static final int MAX_USERS = 10_000;
  private static final long MAX_BYTES = 8 * 1024 * 1024;

  /**
   * Reads the file.
   *
   * @return users by name
   * @throws IOException if it cannot be read, or a line cannot be understood (the message says
   *     which and why)
   */
  public static Map<String, MqttUser> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    Map<String, MqttUser> users = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      MqttUser user = user(line, file + ":" + (i + 1));
      if (users.putIfAbsent(user.name(), user) != null) {
        throw new IOException(file + ":" + (i + 1) + ": user '" + user.name() + "' is there twice");
      }
      if (users.size() > MAX_USERS) {
        throw new IOException(file + " has more than " + MAX_USERS + " users");
      }
    }
    return Map.copyOf(users);
  }

  /** The text of a file with these users. */
  public static String format(Collection<MqttUser> users) {
    List<String> lines = new ArrayList<>();
    lines.add("# Users of the MQTT broker: NAME GRANT HASH (docs/operations.md)");
    for (MqttUser user : users) {
      lines.add(user.name() + " " + user.grant() + " " + user.password());
    }
    return String.join("\n", lines) + "\n";
  }

  private static MqttUser user(String line, String where) throws IOException {
    String[] fields = line.split("\\s+");
    if (fields.length != 3) {
      throw new IOException(where + ": a line has three fields: NAME GRANT HASH");
    }
    try {
      return new MqttUser(fields[0], Grant.parse(fields[1]), PasswordHash.parse(fields[2]));
    } catch (IllegalArgumentException wrong) {
      throw new IOException(where + ": " + wrong.getMessage(), wrong);
    }
  }

  private CredentialsFile() {}
}
