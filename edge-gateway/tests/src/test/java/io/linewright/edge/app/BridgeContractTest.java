package io.linewright.edge.app;

import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.bridge.Committed;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.Poison;
import io.linewright.testkit.infrastructure.Servers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The role {@code bridge}: it writes topics; what it reads, it reads by consumers of its own. */
class BridgeContractTest extends GatewayContractTest {

  private static final String GROUP = "acme:bridge-contract";

  @Override
  protected String snapshotName() {
    return "edge-gateway-bridge";
  }

  @Override
  protected List<String> properties(Servers servers) {
    return List.of(
        "linewright.edge.role=bridge",
        "linewright.bridge.host-id=bridge-contract",
        "linewright.bridge.groups[0]=" + GROUP,
        "linewright.mqtt.url=" + servers.mqtt().url());
  }

  @Override
  protected List<Topic> topicsDeclared() {
    return List.of(
        Topic.TELEMETRY,
        Topic.TELEMETRY_BACKFILL,
        Topic.EQUIPMENT,
        Topic.MACHINE_EVENTS,
        Topic.COMMANDS,
        Topic.COMMAND_RESULTS,
        Topic.BRIDGE_POSITIONS,
        Topic.QUARANTINE);
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of();
  }

  @Override
  protected Optional<Poison> poison(Servers servers) {
    return Optional.of(
        new Poison() {
          @Override
          public int send() throws Exception {
            await()
                .atMost(PATIENCE)
                .until(() -> service().get("/actuator/health/readiness", null).statusCode() == 200);
            try (TestClient client = new TestClient(servers.mqtt().url())) {
              client.publish("spBv1.0/" + GROUP + "/NBIRTH/gw-1", "no payload", false);
              client.publish("spBv1.0/" + GROUP + "/DDATA/gw-1/saw", "nor this", false);
            }
            return 2;
          }

          @Override
          public long setAside() {
            String kafka = servers.kafka().bootstrapServers();
            return Committed.records(kafka, Topic.QUARANTINE.topicName()).stream()
                .filter(read -> new String(read.value(), StandardCharsets.UTF_8).contains(GROUP))
                .count();
          }
        });
  }
}
