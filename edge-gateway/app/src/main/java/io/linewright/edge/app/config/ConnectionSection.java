package io.linewright.edge.app.config;

import io.linewright.edge.config.Connection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Section {@code connections}. */
final class ConnectionSection {

  private static final List<String> POLICIES =
      List.of("None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss");
  private static final List<String> MODES = List.of("None", "Sign", "SignAndEncrypt");
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  static final Function<String, Duration> INTERVAL =
      Scalars.duration(Duration.ofMillis(10), Duration.ofMinutes(10));

  private final Path file;
  private final Set<String> ids = new HashSet<>();

  /**
   * @param file the gateway file, to which relative paths are relative
   */
  ConnectionSection(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Ids of all connections, also of those with problems. */
  Set<String> ids() {
    return ids;
  }

  List<Connection> read(List<YamlMap> maps) {
    List<Connection> connections = new ArrayList<>();
    for (YamlMap map : maps) {
      Optional<String> id = id(map);
      Optional<String> driver = map.required("driver", "use opcua, modbus-tcp or modbus-rtu");
      if (driver.isEmpty()) {
        continue;
      }
      switch (driver.get()) {
        case "opcua" -> opcUa(map, id.orElse("")).ifPresent(connections::add);
        case "modbus-tcp" -> ModbusSection.tcp(map, id.orElse("")).ifPresent(connections::add);
        case "modbus-rtu" -> ModbusSection.rtu(map, id.orElse("")).ifPresent(connections::add);
        default ->
            map.problem(
                "driver",
                "'" + Scalars.shortened(driver.get()) + "' is not known",
                "use opcua, modbus-tcp or modbus-rtu");
      }
    }
    return connections;
  }

  private Optional<String> id(YamlMap map) {
    Optional<String> id =
        map.requiredParsed(
            "id",
            text -> {
              if (!ID.matcher(text).matches()) {
                throw new IllegalArgumentException(
                    "'" + Scalars.shortened(text) + "' is not allowed");
              }
              return text;
            },
            "write a unique id of a-z, 0-9 and -");
    if (id.isPresent() && !ids.add(id.get())) {
      map.problem("id", "'" + id.get() + "' is given twice", "give every connection its own id");
    }
    return id;
  }

  private Optional<Connection> opcUa(YamlMap map, String id) {
    Optional<String> endpoint =
        map.requiredParsed(
            "endpoint", ConnectionSection::endpoint, "write opc.tcp://host:port/path");
    Optional<Duration> interval =
        map.requiredParsed("publishing-interval", INTERVAL, "write 10ms to 10min, as 250ms");
    Optional<YamlMap> security = map.map("security");
    map.noOtherKeys();
    if (security.isEmpty()) {
      map.problem(
          "security",
          "is missing",
          "write security: {policy: Basic256Sha256, mode: SignAndEncrypt, trust-dir: …}"
              + " or, if you accept an open line, security: {policy: None}");
      return Optional.empty();
    }
    return security(security.get())
        .filter(s -> endpoint.isPresent() && interval.isPresent())
        .map(
            s ->
                new Connection.OpcUa(
                    id,
                    endpoint.orElseThrow(),
                    s.policy,
                    s.mode,
                    s.username,
                    s.passwordFile,
                    s.userCertificate,
                    s.trustDir,
                    interval.orElseThrow()));
  }

  private record Security(
      String policy,
      String mode,
      Optional<String> username,
      Optional<Path> passwordFile,
      Optional<Connection.UserCertificate> userCertificate,
      Optional<Path> trustDir) {}

  private Optional<Security> security(YamlMap map) {
    Optional<String> policy =
        map.requiredParsed("policy", among(POLICIES), "use one of " + String.join(", ", POLICIES));
    boolean open = policy.isPresent() && policy.get().equals("None");
    Optional<String> mode =
        map.parsed("mode", among(MODES), "use one of " + String.join(", ", MODES))
            .or(() -> Optional.of(open ? "None" : "SignAndEncrypt"));
    if (policy.isPresent() && open != mode.orElseThrow().equals("None")) {
      map.problem(
          "mode",
          "'" + mode.get() + "' does not go with policy " + policy.get(),
          open ? "leave mode out or write None" : "write Sign or SignAndEncrypt");
    }
    Optional<String> username = map.text("username");
    Optional<Path> passwordFile =
        map.parsed("password-file", this::path, "name a file that holds the password alone");
    if (username.isPresent() != map.has("password-file")) {
      map.problem(
          "username and password-file belong together", "give both, or none for anonymous access");
    }
    passwordFile
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file ->
                map.problem(
                    "password-file", "'" + file + "' cannot be read", "create it with mode 600"));
    Optional<Connection.UserCertificate> userCertificate = userCertificate(map, open);
    if (userCertificate.isPresent() && username.isPresent()) {
      map.problem("username and user-certificate are two identities", "keep one of them");
    }
    Optional<Path> trustDir =
        map.parsed("trust-dir", this::path, "name a directory with the trusted certificates");
    if (policy.isPresent() && !open && !map.has("trust-dir")) {
      map.problem("trust-dir", "is missing", "name a directory with the trusted certificates");
    }
    map.noOtherKeys();
    return policy.map(
        p ->
            new Security(p, mode.orElseThrow(), username, passwordFile, userCertificate, trustDir));
  }

  private Optional<Connection.UserCertificate> userCertificate(YamlMap map, boolean open) {
    Optional<Path> certificate =
        map.parsed("user-certificate", this::path, "name a file with the user's certificate");
    Optional<Path> key =
        map.parsed("user-key", this::path, "name a file with its private key, PKCS#8");
    if (map.has("user-certificate") != map.has("user-key")) {
      map.problem("user-certificate and user-key belong together", "give both or none");
    }
    if (map.has("user-certificate") && open) {
      map.problem(
          "user-certificate",
          "proves nothing on an open line: there is no server nonce to sign",
          "choose a policy other than None");
    }
    certificate.ifPresent(file -> requireReadable(map, "user-certificate", file));
    key.ifPresent(file -> requireReadable(map, "user-key", file));
    return certificate.flatMap(c -> key.map(k -> new Connection.UserCertificate(c, k)));
  }

  private static void requireReadable(YamlMap map, String field, Path file) {
    if (!Files.isReadable(file)) {
      map.problem(field, "'" + file + "' cannot be read", "create it, or correct the path");
    }
  }

  private Path path(String text) {
    try {
      return file.resolveSibling(text).normalize();
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException("is not a path", wrong);
    }
  }

  private static String endpoint(String text) {
    try {
      URI uri = new URI(text);
      if ("opc.tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() != 0) {
        return text;
      }
    } catch (URISyntaxException notAUri) {
      throw new IllegalArgumentException(
          "'" + Scalars.shortened(text) + "' is not an endpoint", notAUri);
    }
    throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is not an endpoint");
  }

  private static Function<String, String> among(List<String> names) {
    return text -> {
      if (!names.contains(text)) {
        throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is not known");
      }
      return text;
    };
  }
}
