package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.InTime;
import io.linewright.edge.config.Connection;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class OpcUaDriverTest extends OpcUaFixture {

  @Test
  void everyChangeArrivesOnceInOrderWithItsTime() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    for (int i = 1; i <= 500; i++) {
      server.set("count", (long) i, start + i);
    }

    await().atMost(PATIENCE).until(() -> sink.samples("count").size() == 501);
    assertThat(sink.samples("count"))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, 500).mapToObj(i -> good(i, start + i)).toList());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Counts counts = driver.status().counts();
              assertThat(counts.in()).isEqualTo(counts.out()).isEqualTo(503);
            });
    assertThat(driver.status().state()).isEqualTo(DriverStatus.State.RUNNING);
  }

  @Test
  void statusTimeAndTypeAreKeptOrSetAside() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    var uncertain = new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(0x40940480L);
    server.set(
        "temperature",
        new DataValue(new Variant(21.5f), uncertain, TestOpcUaServer.time(start + 7), null));
    server.set("text", 5.5, start + 8);

    await().atMost(PATIENCE).until(() -> sink.samples("text").size() == 2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(sink.samples("temperature").getLast())
                  .isEqualTo(
                      new Sample(SampleValue.of(21.5), new StatusCode(0x40940480), start + 7, 0));
              assertThat(counters.counts().overflows()).isOne();
            });
    assertThat(sink.samples("text").getLast())
        .isEqualTo(new Sample(SampleValue.of("5.5"), StatusCode.GOOD, start + 8, 0));

    server.set("count", "seven", start + 9);
    await().atMost(PATIENCE).until(() -> sink.samples("count").size() == 2);
    assertThat(sink.samples("count").getLast())
        .isEqualTo(new Sample(null, StatusCode.BAD_TYPE_MISMATCH, start + 9, 0));
    Counts counts = counters.counts();
    assertThat(counts.setAside()).isOne();
    assertThat(counts.in()).isEqualTo(counts.out() + counts.setAside() + counts.repeated());
  }

  @Test
  void nodeThatTheServerLacksTurnsItsOwnTagBadOnly() {
    tag("lost", "ns=2;s=nowhere", DataType.DOUBLE);
    tag("foreign", "nsu=urn:nobody;s=x", DataType.DOUBLE);
    start(port);

    await().atMost(PATIENCE).until(() -> sink.tags() == 5);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(sink.latest("lost")).isEqualTo(StatusCode.BAD_NODE_ID_UNKNOWN));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(sink.latest("foreign")).isEqualTo(StatusCode.BAD_NODE_ID_UNKNOWN));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sink.latest("count")).isEqualTo(StatusCode.GOOD));
  }

  @Test
  void serverThatGoesAwayTurnsAllTagsBadAndBackGood() throws Exception {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    server.close();
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    server = new TestOpcUaServer(plant, port);
    server.set("count", 42L, start + 42);

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    await().atMost(PATIENCE).until(() -> sink.samples("count").contains(good(42, start + 42)));
    assertThat(counters.counts().reconnects()).isPositive();
  }

  @Test
  void silentServerTurnsAllTagsBadWithinTwiceTheInterval() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    InTime.assertNoLonger(
        PUBLISHING.multipliedBy(2), () -> awaitGoodAgain(proxy), () -> untilAllAreBad(proxy));
  }

  private void awaitGoodAgain(CutProxy proxy) {
    proxy.release();
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  private Duration untilAllAreBad(CutProxy proxy) {
    long cut = System.nanoTime();
    proxy.hold();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    return Stream.of("count", "temperature", "text")
        .map(tag -> Duration.ofNanos(sink.arrived(tag).getLast().nanoTime() - cut))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Test
  void silentServerTurnsAllTagsBadAndLosesNothing() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    proxy.hold();
    server.set("count", 1L, start + 1);
    server.set("count", 2L, start + 2);
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    proxy.release();

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    await().atMost(PATIENCE).until(() -> sink.samples("count").contains(good(1, start + 1)));
    await().atMost(PATIENCE).until(() -> sink.samples("count").contains(good(2, start + 2)));
    assertThat(counters.counts().reconnects()).isZero();
    assertThat(sink.samples("temperature"))
        .extracting(s -> s.value())
        .containsExactly(SampleValue.of(20.5), null, SampleValue.of(20.5));
  }

  @Test
  void backlogAfterASilenceIsStoredOnceAndOnlyThePresentValueIsConfirmed() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    proxy.hold();
    for (int i = 1; i <= 9; i++) {
      server.set("count", (long) i, start + i);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    proxy.release();

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    List<Sample> samples = sink.samples("count");
    assertThat(samples.get(1).value()).isNull();
    assertThat(samples.subList(2, 11))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 9).mapToObj(i -> good(i, start + i)).toList());
    assertThat(samples).hasSize(12);
    assertThat(samples.getLast().value()).isEqualTo(SampleValue.of(9));
    assertThat(samples.getLast().sourceMicros()).isGreaterThan(samples.get(1).sourceMicros());
  }

  @Test
  void serverWhoseValuesStandStillStaysGood() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    await()
        .during(PUBLISHING.multipliedBy(12))
        .atMost(PATIENCE)
        .until(() -> driver.status().state() == DriverStatus.State.RUNNING);
    assertThat(sink.samples("count")).containsExactly(good(0, start));
  }

  @Test
  void closedSocketIsRebuilt() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);

    proxy.drop();
    await().atMost(PATIENCE).until(() -> counters.counts().reconnects() > 0);

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  @Test
  void silenceIsRememberedOverARestartOfTheGateway() throws Exception {
    CutProxy proxy = proxy();
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    proxy.hold();
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    driver.close();
    proxy.release();

    start(port);
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  @Test
  void encryptedSessionNeedsATrustedCertificate() throws Exception {
    Path trusted = Files.createDirectories(directory.resolve("pki/trusted"));
    Path password = Files.writeString(directory.resolve("password"), "pw\n");
    start(
        new Connection.OpcUa(
            "machining",
            "opc.tcp://127.0.0.1:" + port + "/test",
            "Basic256Sha256",
            "SignAndEncrypt",
            Optional.of("edge"),
            Optional.of(password),
            Optional.of(trusted),
            PUBLISHING));

    await().atMost(PATIENCE).until(() -> driver.status().reason().contains("it was stored as"));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    try (var rejected = Files.list(directory.resolve("pki/rejected"))) {
      Path certificate = rejected.findFirst().orElseThrow();
      assertThat(driver.status().reason()).contains(certificate.toString()).contains("move it to");
      Files.move(certificate, trusted.resolve("server.der"));
    }

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    assertThat(directory.resolve("data/pki/own/gateway.p12")).exists();
  }
}
