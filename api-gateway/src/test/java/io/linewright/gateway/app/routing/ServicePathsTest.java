package io.linewright.gateway.app.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service says that it answers, the gateway asks it. */
class ServicePathsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(strings = {ServicePaths.INGEST_SERVICE, ServicePaths.OEE_SERVICE})
  void everyPathOfAServiceLeadsToIt(String service) {
    JsonNode document =
        JSON.readTree(
            Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".."))
                .resolve("docs/openapi/" + service + ".json")
                .toFile());
    List<String> paths = List.copyOf(document.path("paths").propertyNames());

    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(path -> assertThat(ServicePaths.serviceOf(path)).as(path).isEqualTo(service));
  }
}
