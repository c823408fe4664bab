package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.KafkaPoison;
import io.linewright.testkit.contract.Poison;
import io.linewright.testkit.contract.ServiceContractTest;
import io.linewright.testkit.infrastructure.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

class OeeContractTest extends ServiceContractTest {

  /** A row of the table of rights in the documentation. */
  private static final Pattern RIGHT =
      Pattern.compile("^\\| `(linewright\\.[a-z0-9.-]+)` \\| (Read|Write) \\|$");

  @Test
  void rightsInKafkaAreDocumentedForEveryTopic() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", "."));
    Map<String, String> documented = new HashMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/oee-service.md"))) {
      Matcher right = RIGHT.matcher(line);
      if (right.matches()) {
        documented.put(right.group(1), right.group(2));
      }
    }

    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(names(topicsDeclared()));
    documented.values().removeIf(rights -> !rights.equals("Read"));
    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(names(topicsRead()));
  }

  private static List<String> names(List<Topic> topics) {
    return topics.stream().map(Topic::topicName).toList();
  }

  @Override
  protected SpringApplicationBuilder application() {
    return OeeServiceApplication.builder();
  }

  @Override
  protected List<String> properties(Servers servers) {
    return List.of();
  }

  @Override
  protected String applicationName() {
    return "oee-service";
  }

  @Override
  protected String snapshotName() {
    return "oee-service";
  }

  @Override
  protected String rootPackage() {
    return "io.linewright.oee";
  }

  @Override
  protected String readablePath() {
    return "/api/v1/oee/progress";
  }

  @Override
  protected String adminOnly() {
    return "DELETE /api/v1/oee/progress";
  }

  @Override
  protected List<Topic> topicsDeclared() {
    return List.of(
        Topic.MACHINE_EVENTS,
        Topic.EQUIPMENT,
        Topic.MASTER_DATA,
        Topic.OEE,
        Topic.QUARANTINE);
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of(Topic.MACHINE_EVENTS, Topic.EQUIPMENT);
  }

  @Override
  protected Optional<Poison> poison(Servers servers) {
    JdbcClient jdbc = service().context().getBean(JdbcClient.class);
    return Optional.of(
        new KafkaPoison(
            servers.kafka(),
            topicsRead(),
            // No other test sends records that do not say what they are.
            () ->
                jdbc.sql("SELECT count(*) FROM set_aside WHERE cause LIKE '%ce_type%'")
                    .query(Long.class)
                    .single()));
  }

  @Override
  protected Optional<String> schema() {
    return Optional.of("oee");
  }
}
