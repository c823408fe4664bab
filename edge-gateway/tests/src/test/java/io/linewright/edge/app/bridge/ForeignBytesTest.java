package io.linewright.edge.app.bridge;

import static io.linewright.edge.app.wire.RawPayload.aliased;
import static io.linewright.edge.app.wire.RawPayload.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.app.wire.RawPayload;
import io.linewright.edge.fold.Step;
import io.linewright.edge.host.Frame;
import io.linewright.edge.host.HostFact;
import io.linewright.edge.host.HostRules;
import io.linewright.edge.host.HostSession;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The host's rules with octets that our encoder did not produce: {@link RawPayload} writes them
 * from the definition alone.
 */
class ForeignBytesTest {

  private static final String NODE = "spBv1.0/acme:graz/%s/plc-9";
  private static final String PRESS = NODE + "/body:line-1:press-01";
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final int BOOLEAN = 11;
  private static final int INT64 = 4;
  private static final int INT16 = 2;
  private static final int DOUBLE = 10;

  private final HostSession session =
      new HostSession(
          new HostRules(
              EquipmentMapping.CONVENTION,
              Duration.ofSeconds(2),
              Duration.ofSeconds(5),
              Duration.ofSeconds(60),
              text -> Optional.empty()));
  private final List<HostFact> facts = new ArrayList<>();
  private SessionState state = SessionState.unknown(new NodeId("acme:graz", "plc-9"));
  private Instant now = START;

  @Test
  void octetsAreThoseOfTheSpecification() {
    byte[] data = press(2, aliased(11, 1_000).doubleValue(1.5));

    assertThat(HexFormat.of().formatHex(RawPayload.at(1_000).seq(2).toBytes()))
        .isEqualTo("08e8071802");
    assertThat(HexFormat.of().formatHex(aliased(11, 1_000).doubleValue(1.5).toBytes()))
        .isEqualTo("100b18e80769000000000000f83f");
    assertThat(data).hasSizeGreaterThan(16);
  }

  @Test
  void birthAndDataAreRead() throws Exception {
    born(0);
    data(2, aliased(11, millis()).doubleValue(21.5), aliased(10, millis()).intValue(-3));
    data(3, aliased(11, millis()).doubleValue(22.5).property("Quality", 500));
    data(4, aliased(11, millis() - 60_000).doubleValue(9).historical());

    assertThat(values("temperature")).containsExactly(21.5, 22.5);
    assertThat(samples("temperature", Lane.LIVE).getLast().status())
        .isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
    assertThat(samples("speed", Lane.LIVE))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(-3L));
    assertThat(samples("temperature", Lane.BACKFILL)).hasSize(1);
    assertThat(rebirths()).isZero();
  }

  @Test
  void sequenceGapIsWaitedForAndThenBirthsAreRequested() throws Exception {
    born(0);
    data(2, aliased(11, millis()).doubleValue(1));
    data(4, aliased(11, millis()).doubleValue(3));
    pass(Duration.ofMillis(1_900));
    assertThat(values("temperature")).containsExactly(1.0);
    assertThat(rebirths()).isZero();

    pass(Duration.ofMillis(200));

    assertThat(values("temperature")).containsExactly(1.0, 3.0);
    assertThat(rebirths()).isEqualTo(1);
    assertThat(losses()).hasSize(1);
  }

  @Test
  void missingMessageThatComesInTimeEndsTheWaiting() throws Exception {
    born(0);
    data(3, aliased(11, millis()).doubleValue(2));
    data(2, aliased(11, millis()).doubleValue(1));
    pass(Duration.ofSeconds(10));

    assertThat(values("temperature")).containsExactly(1.0, 2.0);
    assertThat(rebirths()).isZero();
    assertThat(losses()).isEmpty();
  }

  @Test
  void repeatedAndShuffledMessagesAreTakenOnceAndInOrder() throws Exception {
    born(0);
    byte[] second = press(2, aliased(11, millis()).doubleValue(1));
    now = now.plusMillis(10);
    byte[] third = press(3, aliased(11, millis()).doubleValue(2));
    for (byte[] bytes : List.of(third, second, second, third, third)) {
      receive(PRESS.formatted("DDATA"), bytes);
    }

    assertThat(values("temperature")).containsExactly(1.0, 2.0);
    assertThat(state.ledger().counts().duplicates()).isEqualTo(3);
  }

  @Test
  void unknownAliasIsALossAndAsksForBirths() throws Exception {
    born(0);
    data(2, aliased(11, millis()).doubleValue(1), aliased(4711, millis()).doubleValue(5));

    assertThat(values("temperature")).containsExactly(1.0);
    assertThat(rebirths()).isEqualTo(1);
    assertThat(losses()).extracting(SamplesLost::count).containsExactly(1L);
  }

  @Test
  void dataOfADeviceWithoutBirthAsksForBirths() throws Exception {
    receive(NODE.formatted("NBIRTH"), nodeBirth(0));
    data(1, aliased(11, millis()).doubleValue(1));

    assertThat(rebirths()).isEqualTo(1);
    assertThat(values("temperature")).isEmpty();
  }

  @Test
  void deathWithAnotherBdSeqIsIgnored() throws Exception {
    born(7);
    receive(NODE.formatted("NDEATH"), nodeDeath(6));
    assertThat(samples("temperature", Lane.LIVE)).isEmpty();
    data(2, aliased(11, millis()).doubleValue(1));
    assertThat(values("temperature")).containsExactly(1.0);

    facts.clear();
    long hostTime = millis();
    receive(NODE.formatted("NDEATH"), nodeDeath(7));

    Sample bad = samples("temperature", Lane.LIVE).getFirst();
    assertThat(bad.value()).isNull();
    assertThat(bad.status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    assertThat(bad.sourceMicros()).as("host time").isEqualTo(hostTime * 1000);
    assertThat(samples("node-load", Lane.LIVE)).hasSize(1);
    assertThat(samples("online", Lane.LIVE))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(false));
  }

  @Test
  void deathOfADeviceTurnsItsTagsStaleAtThePayloadsTime() throws Exception {
    born(0);
    long said = millis() - 1_234;
    receive(PRESS.formatted("DDEATH"), RawPayload.at(said).seq(2).toBytes());

    assertThat(samples("temperature", Lane.LIVE))
        .containsExactly(new Sample(null, StatusCode.BAD_NO_COMMUNICATION, said * 1000, 0));
    assertThat(samples("node-load", Lane.LIVE)).isEmpty();
    facts.clear();
    data(3, aliased(11, millis()).doubleValue(1));
    assertThat(rebirths()).as("it is dead until its next birth").isEqualTo(1);
  }

  @Test
  void hostThatStartsAgainAsksForBirthsAndSaysWhatMayBeLost() throws Exception {
    born(0);
    data(2, aliased(11, millis()).doubleValue(1));
    facts.clear();
    state = SessionState.resumed(state.id(), state.ledger(), now);

    data(3, aliased(11, millis()).doubleValue(2));
    assertThat(values("temperature")).as("nothing says what alias 11 is").isEmpty();
    assertThat(rebirths()).isEqualTo(1);
    data(4, aliased(11, millis()).doubleValue(3));
    assertThat(rebirths()).as("asked once, not for every message").isEqualTo(1);
    births(0);
    data(2, aliased(11, millis()).doubleValue(4));

    assertThat(values("temperature")).containsExactly(4.0);
    assertThat(losses()).hasSize(1);
  }

  @Test
  void silentNodeIsAskedForBirthsAfterTheHostStarted() throws Exception {
    born(0);
    facts.clear();
    state = SessionState.resumed(state.id(), state.ledger(), now);

    pass(Duration.ofSeconds(2));
    assertThat(rebirths()).isZero();
    pass(Duration.ofSeconds(2));
    assertThat(rebirths()).isEqualTo(1);
  }

  @Test
  void rebirthRequestsToOneNodeGrowRarer() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      data(i & 0xFF, aliased(11, millis()).doubleValue(i));
      now = now.plusMillis(90);
    }
    // 300 s: after 5, 10, 20, 40, 60, 60, 60 s at the earliest.
    assertThat(rebirths()).isBetween(4L, 9L);
  }

  private void born(int bdSeq) throws SparkplugFormatException {
    births(bdSeq);
    facts.clear();
  }

  private void births(int bdSeq) throws SparkplugFormatException {
    receive(NODE.formatted("NBIRTH"), nodeBirth(bdSeq));
    receive(
        PRESS.formatted("DBIRTH"),
        press(
            1,
            declared("speed", 10, millis(), INT16).isNull(),
            declared("temperature", 11, millis(), DOUBLE).isNull()));
  }

  private byte[] nodeBirth(int bdSeq) {
    return RawPayload.at(millis())
        .seq(0)
        .metric(declared("bdSeq", -1, millis(), INT64).longValue(bdSeq))
        .metric(declared("Node Control/Rebirth", -1, millis(), BOOLEAN).booleanValue(false))
        .metric(declared("node-load", 1, millis(), DOUBLE).isNull())
        .toBytes();
  }

  private byte[] nodeDeath(int bdSeq) {
    return RawPayload.at(millis())
        .metric(declared("bdSeq", -1, millis(), INT64).longValue(bdSeq))
        .toBytes();
  }

  private byte[] press(int seq, RawPayload... metrics) {
    RawPayload payload = RawPayload.at(millis()).seq(seq);
    for (RawPayload metric : metrics) {
      payload.metric(metric);
    }
    return payload.toBytes();
  }

  private void data(int seq, RawPayload... metrics) throws SparkplugFormatException {
    receive(PRESS.formatted("DDATA"), press(seq, metrics));
  }

  private void receive(String topic, byte[] bytes) throws SparkplugFormatException {
    Frame frame =
        new Frame(SparkplugTopic.parse(topic).orElseThrow(), PayloadCodec.decode(bytes), now);
    keep(session.on(state, frame));
    now = now.plusMillis(10);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    keep(session.tick(state, now));
  }

  private void keep(Step<SessionState, HostFact> step) {
    state = step.state();
    facts.addAll(step.facts());
  }

  private long millis() {
    return now.toEpochMilli();
  }

  private List<Sample> samples(String tag, Lane lane) {
    List<Sample> samples = new ArrayList<>();
    for (HostFact fact : facts) {
      if (fact instanceof HostFact.Telemetry telemetry && telemetry.lane() == lane) {
        telemetry.batch().series().stream()
            .filter(series -> series.tag().value().equals(tag))
            .forEach(series -> samples.addAll(series.samples()));
      }
    }
    return samples;
  }

  private List<Double> values(String tag) {
    return samples(tag, Lane.LIVE).stream()
        .filter(sample -> sample.value() instanceof SampleValue.DoubleValue)
        .map(sample -> ((SampleValue.DoubleValue) sample.value()).value())
        .toList();
  }

  private long rebirths() {
    return facts.stream().filter(HostFact.RebirthWanted.class::isInstance).count();
  }

  private List<SamplesLost> losses() {
    return facts.stream()
        .filter(HostFact.MachineEvent.class::isInstance)
        .map(fact -> ((HostFact.MachineEvent) fact).event().data())
        .filter(SamplesLost.class::isInstance)
        .map(SamplesLost.class::cast)
        .toList();
  }
}
