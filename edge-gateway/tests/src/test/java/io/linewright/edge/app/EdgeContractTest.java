package io.linewright.edge.app;

import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.Poison;
import io.linewright.testkit.infrastructure.Servers;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The role {@code edge}: it knows neither Kafka nor a database. */
class EdgeContractTest extends GatewayContractTest {

  private static final String HOST = "linewright-contract";
  private static final String STATE = "spBv1.0/STATE/" + HOST;

  @TempDir static Path directory;

  @SuppressWarnings("NullAway.Init") // the directory is set before the first test
  EdgeContractTest() {}

  @Override
  protected String snapshotName() {
    return "edge-gateway-edge";
  }

  @Override
  protected List<String> properties(Servers servers) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("edge.yaml"),
            GatewayRolesTest.ROLES_FILE.formatted("contract", HOST));
    return List.of(
        "linewright.edge.role=edge",
        "linewright.edge.file=" + file,
        "linewright.edge.data-dir=" + directory.resolve("data"),
        "linewright.mqtt.url=" + servers.mqtt().url());
  }

  @Override
  protected List<Topic> topicsDeclared() {
    return List.of();
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of();
  }

  /** Commands, confirmations and the host's state that are none. */
  @Override
  protected Optional<Poison> poison(Servers servers) {
    return Optional.of(
        new Poison() {
          @Override
          public int send() throws Exception {
            try (TestClient client = new TestClient(servers.mqtt().url())) {
              String online =
                  "{\"online\":true,\"timestamp\":" + Instant.now().toEpochMilli() + "}";
              client.publish(STATE, online, true);
              await().atMost(PATIENCE).until(service().context().getBean(Uplink.class)::ready);
              client.publish("spBv1.0/acme:contract/NCMD/gw-1", "no payload", false);
              client.publish(
                  LinewrightMetrics.confirmationTopic("acme:contract", "gw-1"), "{", false);
              client.publish(STATE, "perhaps", false);
            }
            return 3;
          }

          @Override
          public long setAside() {
            return (long)
                service()
                    .context()
                    .getBean(MeterRegistry.class)
                    .get("linewright.edge.mqtt.unreadable")
                    .functionCounter()
                    .count();
          }
        });
  }
}
