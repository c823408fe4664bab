package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.config.Connection;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What OPC UA part 4, clause 6.7 asks of a client whose connection, session or subscription ends.
 */
class OpcUaResumptionTest extends OpcUaFixture {

  @Test
  void droppedConnectionKeepsItsSubscriptionAndLosesNothing() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    Set<UInteger> before = server.subscriptions();

    proxy.drop();
    count(1, 100);

    await().atMost(PATIENCE).until(() -> arrived(100));
    assertThat(server.subscriptions()).isEqualTo(before);
    assertThat(genuineCounts()).containsExactlyElementsOf(upTo(100));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    assertThat(newestCount()).isEqualTo(SampleValue.of(100L));
    assertThat(counters.counts().reconnects()).isPositive();
  }

  @Test
  void subscriptionGoesOverToANewSessionWithWhatItHadQueued() throws Exception {
    // Between anonymous sessions a server may refuse to hand a subscription over.
    start(withUser(port));
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    Set<UInteger> before = server.subscriptions();

    server.killSessions();
    count(1, 100);

    await().atMost(PATIENCE).until(() -> arrived(100));
    assertThat(server.subscriptions()).isEqualTo(before);
    assertThat(genuineCounts()).containsExactlyElementsOf(upTo(100));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  @Test
  void subscriptionThatWentOverAndIsSilentIsMadeAnew() throws Exception {
    start(withUser(port));
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    Set<UInteger> before = server.subscriptions();

    server.muteWhenTransferred();
    server.killSessions();
    await()
        .atMost(PATIENCE)
        .until(() -> !server.subscriptions().isEmpty() && !server.subscriptions().equals(before));
    server.set("count", 7L, start + 7);

    await().atMost(PATIENCE).until(() -> arrived(7));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  @Test
  void subscriptionThatTheServerEndedIsMadeAnewInTheSameSession() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    Set<UInteger> before = server.subscriptions();

    server.endSubscriptions();
    await()
        .atMost(PATIENCE)
        .until(() -> !server.subscriptions().isEmpty() && !server.subscriptions().equals(before));
    server.set("count", 7L, start + 7);

    await().atMost(PATIENCE).until(() -> arrived(7));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(driver.status().state()).isEqualTo(DriverStatus.State.RUNNING));
  }

  @Test
  @Tag("long")
  void serverThatAnswersButReportsNoChangesIsFoundOut() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    server.stopReporting();
    server.set("count", 7L, start + 7);

    // The comparison begins 5 s after the last value and gives the server 5 s to report it.
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> arrived(7));
    assertThat(counters.counts().reconnects()).isPositive();
  }

  @Test
  @Tag("long")
  void longCutGoesOverToANewSessionAndLosesNothing() throws Exception {
    CutProxy proxy = proxy();
    start(withUser(proxy.port()));
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    proxy.hold();
    // Not the state: it lasts no longer than the first pause, which is next to nothing at times
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(() -> driver.status().reason().contains("no session for"));
    count(1, 100);
    proxy.release();

    await().atMost(PATIENCE.multipliedBy(2)).until(() -> arrived(100));
    assertThat(genuineCounts()).containsExactlyElementsOf(upTo(100));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    assertThat(newestCount()).isEqualTo(SampleValue.of(100L));
  }

  private Connection.OpcUa withUser(int throughPort) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "pw");
    Path trusted = Files.createDirectories(directory.resolve("trusted"));
    Files.write(trusted.resolve("server.der"), plant.certificate.getEncoded());
    return new Connection.OpcUa(
        "machining",
        "opc.tcp://127.0.0.1:" + throughPort + "/test",
        "Basic256Sha256",
        "SignAndEncrypt",
        Optional.of("edge"),
        Optional.of(password),
        Optional.of(trusted),
        PUBLISHING);
  }

  private void count(int from, int to) {
    for (int i = from; i <= to; i++) {
      server.set("count", (long) i, start + i);
    }
  }

  private boolean arrived(long value) {
    return sink.samples("count").contains(good(value, start + value));
  }

  /** Without the gateway's own marks and confirmations, which carry its own time. */
  private List<Sample> genuineCounts() {
    return sink.samples("count").stream()
        .filter(s -> s.sourceMicros() <= start + 1_000 && s.status().isGood())
        .toList();
  }

  private List<Sample> upTo(int last) {
    return LongStream.rangeClosed(0, last).mapToObj(i -> good(i, start + i)).toList();
  }

  /** What a reader takes for the present value: the one with the newest source time. */
  private SampleValue newestCount() {
    return sink.samples("count").stream()
        .max(java.util.Comparator.comparingLong(Sample::sourceMicros))
        .map(Sample::value)
        .orElseThrow();
  }
}
