package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.Connection.SerialLine;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modbus RTU over a serial line of two pseudo-terminals; skipped where socat is not installed. */
class ModbusSerialTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Rig rig;

  @BeforeEach
  void makeRig() throws Exception {
    assumeTrue(SerialPair.possible(), "socat is not installed");
    rig = new Rig(directory);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  private void start() {
    SerialLine line = new SerialLine(38_400, SerialLine.Parity.NONE, 2);
    rig.start(
        new Connection.ModbusRtu(
            "m",
            directory.resolve("gateway").toString(),
            line,
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            ModbusOptions.DEFAULT));
  }

  private static Map<Integer, short[]> units() {
    return Map.of(
        1,
        new short[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
        2,
        new short[] {21, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  @Test
  void unitsOnOneLineAreReadAndWritten() throws Exception {
    try (SerialPair pair = new SerialPair(directory, units())) {
      rig.words(1, 5).words(2, 3);
      start();
      await().atMost(PATIENCE).until(() -> rig.sink.tags() == 8);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rig.sink.samples("r4").getLast().value())
                      .isEqualTo(SampleValue.of(5L)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rig.sink.samples("u2/r0").getLast().value())
                      .isEqualTo(SampleValue.of(21L)));

      assertThat(rig.write("r3", SampleValue.of(700L)).get(60, TimeUnit.SECONDS))
          .isEqualTo(new WriteOutcome.Verified(SampleValue.of(700L)));
      assertThat(pair.unit(1)[3]).isEqualTo((short) 700);
      await()
          .atMost(PATIENCE)
          .until(() -> SampleValue.of(700L).equals(rig.sink.samples("r3").getLast().value()));
    }
  }

  @Test
  void unitThatDoesNotAnswerHoldsNobodyUp() throws Exception {
    try (SerialPair pair = new SerialPair(directory, Map.of(1, new short[10]))) {
      rig.words(1, 2).words(2, 2);
      start();
      await().atMost(PATIENCE).until(() -> rig.sink.tags() == 4);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(rig.sink.latest("r0")).isEqualTo(StatusCode.GOOD));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rig.sink.latest("u2/r0")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION));
      pair.unit(1)[1] = 77;
      await()
          .atMost(PATIENCE)
          .until(() -> SampleValue.of(77L).equals(rig.sink.samples("r1").getLast().value()));
    }
  }

  @Test
  void pulledCableTurnsTagsBadAndPuttingItBackGoodAgain() throws Exception {
    rig.words(1, 5);
    try (SerialPair pair = new SerialPair(directory, units())) {
      start();
      await().atMost(PATIENCE).until(() -> rig.sink.tags() == 5);
      assertThat(pair.units).hasSize(2);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> StatusCode.BAD_NO_COMMUNICATION.equals(rig.sink.latest("r0")));
    try (SerialPair pair = new SerialPair(directory, units())) {
      await().atMost(PATIENCE).until(() -> StatusCode.GOOD.equals(rig.sink.latest("r0")));
      assertThat(pair.units).hasSize(2);
    }
  }

  @Test
  void missingDeviceIsNamed() {
    rig.words(1, 1);
    start();
    await().atMost(PATIENCE).until(() -> rig.status().state() == DriverStatus.State.WAITING);
    assertThat(rig.status().reason()).contains("serial line", "cannot be opened", "dialout");
  }
}
