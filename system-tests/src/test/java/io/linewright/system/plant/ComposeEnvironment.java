package io.linewright.system.plant;

import io.linewright.system.contract.Repository;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The environment that {@code docker-compose.yml} gives a service, for a plant on this machine:
 * names and plain values as they stand there; addresses, paths and passwords of the plant. A
 * service that starts with it shows that the names mean what the file takes them to mean.
 */
final class ComposeEnvironment {

  private static final Pattern OURS = Pattern.compile("(LINEWRIGHT|SPRING|SERVER)_.*");

  /** Variables, hosts of the Compose network, paths in a container, every interface. */
  private static final Pattern OF_THE_PLACE =
      Pattern.compile(
          ".*\\$\\{.*|.*\\b(kafka|hivemq|timescaledb|gateway|ingest):\\d+.*|/(var|etc)/.*|0\\.0\\.0\\.0");

  /**
   * What a service takes itself from what Docker tells its container; Compose keeps one dollar
   * sign.
   */
  private static final Pattern OF_THE_CONTAINER = Pattern.compile("\\$(\\$\\{HOSTNAME})");

  /** The name that {@code up} gives to the first instance of a service. */
  private static final String HOSTNAME = "1";

  /** What several services on one machine need on top, and the clients of the tests. */
  private static final Pattern ON_TOP =
      Pattern.compile("SERVER_(PORT|ADDRESS)|LINEWRIGHT_GATEWAY_BOOTSTRAP_.*");

  private ComposeEnvironment() {}

  /**
   * @param service name in the Compose file
   * @param settings properties of the same service on this plant, as {@code up} writes them
   * @throws IllegalStateException if the plant has no value for a name of the Compose file
   */
  static Map<String, String> of(String service, Path settings) throws IOException {
    Map<String, String> here = byEnvironmentName(settings);
    Map<String, String> environment = new TreeMap<>();
    declared(service)
        .forEach(
            (name, value) -> {
              Matcher ofContainer = OF_THE_CONTAINER.matcher(value);
              if (ofContainer.matches()) {
                environment.put(name, ofContainer.group(1));
                environment.put("HOSTNAME", HOSTNAME);
              } else if (OURS.matcher(name).matches()) {
                environment.put(
                    name, OF_THE_PLACE.matcher(value).matches() ? known(here, name) : value);
              }
            });
    here.forEach(
        (name, value) -> {
          if (ON_TOP.matcher(name).matches()) {
            environment.putIfAbsent(name, value);
          }
        });
    return environment;
  }

  private static String known(Map<String, String> here, String name) {
    String value = here.get(name);
    if (value == null) {
      throw new IllegalStateException("docker-compose.yml sets " + name + ", 'up' has no such");
    }
    return value;
  }

  private static Map<String, String> byEnvironmentName(Path settings) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    }
    Map<String, String> named = new TreeMap<>();
    for (String property : properties.stringPropertyNames()) {
      named.put(
          environmentName(property), Objects.requireNonNull(properties.getProperty(property)));
    }
    return named;
  }

  // The rule of Spring's relaxed binding; a list of one value is written without an index.
  private static String environmentName(String property) {
    return property
        .replaceFirst("\\[0]$", "")
        .replaceAll("\\[([^]]+)]", ".$1")
        .replace("-", "")
        .replace('.', '_')
        .toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> declared(String service) throws IOException {
    Object compose =
        new Yaml().load(Files.readString(Repository.root().resolve("docker-compose.yml")));
    Map<?, ?> environment = map(map(map(compose, "services"), service), "environment");
    Map<String, String> declared = new TreeMap<>();
    environment.forEach((name, value) -> declared.put(name.toString(), value.toString()));
    return declared;
  }

  private static Map<?, ?> map(Object parent, String key) {
    if (parent instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> child) {
      return child;
    }
    throw new IllegalStateException("docker-compose.yml has no '" + key + "'");
  }
}
