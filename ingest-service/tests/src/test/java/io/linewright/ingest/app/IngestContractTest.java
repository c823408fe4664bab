package io.linewright.ingest.app;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

class IngestContractTest extends ServiceContractTest {

  /** A row of the table of rights in the documentation. */
  private static final Pattern RIGHT =
      Pattern.compile("^\\| `(linewright\\.[a-z0-9.-]+)` \\| (Read|Write|Read, Write) \\|$");

  @Test
  void rightsInKafkaAreDocumentedForEveryTopic() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", "."));
    Map<String, String> documented = new HashMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/ingest-service.md"))) {
      Matcher right = RIGHT.matcher(line);
      if (right.matches()) {
        documented.put(right.group(1), right.group(2));
      }
    }

    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(names(topicsDeclared()));
    documented.values().removeIf(rights -> !rights.startsWith("Read"));
    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(names(topicsRead()));
  }

  private static List<String> names(List<Topic> topics) {
    return topics.stream().map(Topic::topicName).toList();
  }

  @Override
  protected SpringApplicationBuilder application() {
    return IngestServiceApplication.builder();
  }

  @Override
  protected List<String> properties(Servers servers) {
    return List.of();
  }

  @Override
  protected String applicationName() {
    return "ingest-service";
  }

  @Override
  protected String snapshotName() {
    return "ingest-service";
  }

  @Override
  protected String rootPackage() {
    return "io.linewright.ingest";
  }

  @Override
  protected String readablePath() {
    return "/api/v1/equipment";
  }

  @Override
  protected String adminOnly() {
    return "DELETE /api/v1/quarantine/0";
  }

  @Override
  protected List<Topic> topicsDeclared() {
    return Stream.concat(topicsRead().stream(), Stream.of(Topic.COMMANDS)).toList();
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of(
        Topic.TELEMETRY,
        Topic.TELEMETRY_BACKFILL,
        Topic.EQUIPMENT,
        Topic.MACHINE_EVENTS,
        Topic.COMMAND_RESULTS,
        Topic.QUARANTINE);
  }

  @Override
  protected Optional<Poison> poison(Servers servers) {
    JdbcClient jdbc = service().context().getBean(JdbcClient.class);
    return Optional.of(
        new KafkaPoison(
            servers.kafka(),
            topicsRead(),
            // What other tests left on the shared broker is set aside meanwhile, too.
            () ->
                jdbc.sql("SELECT count(*) FROM quarantine WHERE payload = ?")
                    .param(KafkaPoison.unreadable())
                    .query(Long.class)
                    .single()));
  }

  @Override
  protected Optional<String> schema() {
    return Optional.of("ingest");
  }
}
