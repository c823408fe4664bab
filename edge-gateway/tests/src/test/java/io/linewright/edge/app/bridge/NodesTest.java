package io.linewright.edge.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.wire.RawPayload;
import io.linewright.edge.host.Frame;
import io.linewright.edge.host.HostRules;
import io.linewright.edge.host.HostSession;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final HostSession session =
      new HostSession(
          new HostRules(
              EquipmentMapping.CONVENTION,
              Duration.ofSeconds(2),
              Duration.ofSeconds(5),
              Duration.ofSeconds(60),
              text -> Optional.empty()));
  private final Nodes nodes = new Nodes(2);

  @Test
  void declarationsOfAllNodesAreCountedWithoutThoseThatAreReplaced() throws Exception {
    born("spBv1.0/acme:graz/NBIRTH/one", 3);
    born("spBv1.0/acme:graz/DBIRTH/one/a:b:c", 10);
    nodes.commit();
    born("spBv1.0/acme:graz/NBIRTH/two", 5);
    NodeId one = new NodeId("acme:graz", "one");

    assertThat(nodes.declaredBeside(new NodeId("acme:graz", "three"), "")).isEqualTo(3 + 11 + 5);
    assertThat(nodes.declaredBeside(one, "a:b:c")).as("the device is born again").isEqualTo(3 + 5);
    assertThat(nodes.declaredBeside(one, "")).as("the node is born again").isEqualTo(5);
  }

  @Test
  void thereIsNoRoomForMoreNodesThanAllowed() throws Exception {
    born("spBv1.0/acme:graz/NBIRTH/one", 1);
    nodes.commit();
    born("spBv1.0/acme:graz/NBIRTH/two", 1);

    assertThat(nodes.state(new NodeId("acme:graz", "three"))).isNull();
    assertThat(nodes.state(new NodeId("acme:graz", "one"))).isNotNull();
  }

  private void born(String topic, int metrics) throws Exception {
    RawPayload birth = RawPayload.at(NOW.toEpochMilli()).seq(topic.contains("DBIRTH") ? 1 : 0);
    for (int i = 0; i < metrics; i++) {
      birth.metric(RawPayload.declared("tag-" + i, i, NOW.toEpochMilli(), 10).isNull());
    }
    SparkplugTopic parsed = SparkplugTopic.parse(topic).orElseThrow();
    SessionState state = Objects.requireNonNull(nodes.state(NodeId.of(parsed.address())));
    Frame frame = new Frame(parsed, PayloadCodec.decode(birth.toBytes()), NOW);
    nodes.change(session.on(state, frame).state());
  }
}
