package io.linewright.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/asyncapi.json} is the contract with MES and ERP: it changes on purpose or not at all.
 */
class AsyncApiTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void documentSaysWhatTheCodeDoes() throws IOException {
    Path committed = Repository.root().resolve("docs/asyncapi.json");
    String now = JSON.writeValueAsString(AsyncApi.document()) + "\n";
    Path generated = Files.createDirectories(Path.of("target")).resolve("asyncapi.json");
    Files.writeString(generated, now);

    assertThat(committed).exists();
    assertThat(Files.readString(committed))
        .as(
            "topics or events changed: check that the change is compatible, copy %s to %s",
            generated.toAbsolutePath(), committed)
        .isEqualTo(now);
  }

  @Test
  void nothingThatWasRequiredOrTypedHasChangedIncompatibly() throws IOException {
    JsonNode committed = JSON.readTree(Repository.root().resolve("docs/asyncapi.json").toFile());
    JsonNode now = JSON.valueToTree(AsyncApi.document());

    assertThat(BreakingChanges.between(committed, now)).isEmpty();
  }

  @Test
  void aRemovedTopicFieldOrTypeIsNoticed() {
    JsonNode old =
        JSON.readTree(
            """
        {"channels":{"a":{},"b":{}},"components":{"messages":{"M":{"payload":{
          "required":["x"],"properties":{"x":{"type":"integer"},"y":{"type":"string"}}}}}}}
        """);
    JsonNode changed =
        JSON.readTree(
            """
        {"channels":{"a":{}},"components":{"messages":{"M":{"payload":{
          "required":[],"properties":{"x":{"type":"string"}}}}}}}
        """);

    assertThat(BreakingChanges.between(old, changed))
        .containsExactlyInAnyOrder(
            "topic b is gone",
            "M.x was integer and is string",
            "M.x was always there and may now be missing",
            "M.y is gone");
  }
}
