package io.linewright.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Whoever runs the historian on a Kafka of their own gives it the rights of the documentation. */
class IngestRightsTest {

  private static final Pattern WRITTEN =
      Pattern.compile("^\\| `(linewright\\.[a-z0-9.-]+)` \\| (?:Read, )?Write \\|$");

  @Test
  void whatTheHistorianMayWriteHereIsWhatItIsSaidToNeed() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".."));
    List<String> documented =
        Files.readAllLines(root.resolve("docs/ingest-service.md")).stream()
            .map(WRITTEN::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .toList();

    assertThat(documented)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            KafkaAccess.rules().stream()
                .filter(IngestRightsTest::letsTheHistorianWrite)
                .map(rule -> rule.pattern().name())
                .toList());
  }

  private static boolean letsTheHistorianWrite(AclBinding rule) {
    return rule.entry().principal().equals("User:ingest")
        && rule.entry().operation() == AclOperation.WRITE
        && rule.pattern().resourceType() == ResourceType.TOPIC;
  }
}
