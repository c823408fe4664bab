package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices do wrong, and what the driver makes of it. */
class ModbusFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private ScriptedDevice device;
  private Rig rig;

  @BeforeEach
  void startDevice() throws Exception {
    device = new ScriptedDevice();
    rig = new Rig(directory);
  }

  @AfterEach
  void closeAll() throws Exception {
    rig.close();
    device.close();
  }

  @Test
  void lateAnswerIsCountedDroppedAndNeverGivenToAnotherRequest() {
    // Two blocks of the same shape, so that only the number tells their answers apart.
    for (int i = 0; i < 200; i++) {
      device.unit(1)[i] = (short) i;
    }
    AtomicInteger held = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    device.script =
        request -> {
          if (request.address() == 0 && held.getAndIncrement() == 1) {
            byte[] answer = request.trueAnswer();
            boolean released = release.await(60, TimeUnit.SECONDS);
            assertThat(released).isTrue();
            request.send(request.number(), answer);
          } else {
            request.answer();
          }
        };
    // Long enough for the answers that are not held, and before the unit would count as silent.
    rig.timing(1500, 800).options(options(16, 10, List.of())).words(1, 20).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().timeouts() == 1);
    release.countDown();
    await().atMost(PATIENCE).until(() -> rig.statistics().lateAnswers() == 1);
    await().atMost(PATIENCE).until(() -> rig.sink.latest("r0").equals(StatusCode.GOOD));
    for (int i = 0; i < 20; i++) {
      long own = i;
      assertThat(rig.sink.samples("r" + i))
          .filteredOn(sample -> sample.value() != null)
          .extracting(Sample::value)
          .containsOnly(SampleValue.of(own));
    }
    assertThat(rig.sink.samples("r0"))
        .extracting(Sample::status)
        .contains(StatusCode.BAD_NO_COMMUNICATION);
    assertThat(rig.sink.samples("r15")).extracting(Sample::status).containsOnly(StatusCode.GOOD);
    assertThat(device.connections).hasValue(1);
  }

  @Test
  void messagesThatAnswerNothingAreDropped() {
    device.script =
        request -> {
          byte[] answer = request.trueAnswer();
          byte[] wrong = answer.clone();
          wrong[3] = 99;
          request.send(request.number() + 1000 & 0xFFFF, wrong);
          request.answer();
          request.send(request.number(), wrong);
        };
    rig.words(1, 2).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().strayAnswers() > 10);
    assertThat(rig.sink.samples("r0")).extracting(Sample::value).containsOnly(SampleValue.of(0L));
  }

  @Test
  void answerOfWrongLengthTurnsItsOwnTagsBad() {
    device.script =
        request -> {
          if (request.address() == 0) {
            request.send(request.number(), new byte[] {3, 2, 0, 0});
          } else {
            request.answer();
          }
        };
    rig.options(options(16, 10, List.of())).words(1, 20).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 20);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(rig.sink.latest("r0")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rig.sink.latest("r15")).isEqualTo(StatusCode.GOOD));
    assertThat(rig.statistics().garbledAnswers()).isPositive();
  }

  @Test
  void busyDeviceIsAskedAgainAndItsTagsStayGood() {
    Map<Integer, AtomicInteger> tries = new HashMap<>();
    device.script =
        request -> {
          AtomicInteger count;
          synchronized (tries) {
            count = tries.computeIfAbsent(request.address(), a -> new AtomicInteger());
          }
          int n = count.getAndIncrement() % 3;
          if (n == 0) {
            request.refuse(6);
          } else if (n == 1) {
            request.refuse(5);
          } else {
            request.answer();
          }
        };
    rig.words(1, 5).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().exceptions() > 20);
    assertThat(rig.sink.tags()).isEqualTo(5);
    assertThat(rig.sink.samples("r0")).extracting(Sample::status).containsOnly(StatusCode.GOOD);
  }

  @Test
  void deviceThatIsBusyForGoodTurnsTheTagsOfTheReadBad() {
    device.script =
        request -> {
          if (request.address() == 0) {
            request.refuse(6);
          } else {
            request.answer();
          }
        };
    rig.options(options(16, 10, List.of())).words(1, 20).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 20);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(rig.sink.latest("r3")).isEqualTo(new StatusCode(0x80040000)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rig.sink.latest("r19")).isEqualTo(StatusCode.GOOD));
  }

  @Test
  void faultThatPassesTurnsNoTagBad() {
    AtomicInteger count = new AtomicInteger();
    device.script =
        request -> {
          if (count.incrementAndGet() % 5 == 0) {
            request.refuse(4);
          } else {
            request.answer();
          }
        };
    rig.options(options(16, 10, List.of())).words(1, 40).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().exceptions() > 10);
    for (int i = 0; i < 40; i++) {
      assertThat(rig.sink.samples("r" + i))
          .extracting(Sample::status)
          .containsOnly(StatusCode.GOOD);
    }
  }

  @Test
  void forbiddenAddressesAreNeverRead() {
    ModbusOptions.Forbidden gap =
        new ModbusOptions.Forbidden(OptionalInt.of(1), Table.HOLDING, 3, 3);
    rig.options(options(16, 125, List.of(gap)));
    rig.words(1, 3);
    rig.tag(1, "behind", Table.HOLDING, 4, Encoding.UINT16, RegisterForm.PLAIN, DataType.INTEGER);
    rig.start(device.port());

    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 4);
    assertThat(device.requests)
        .allSatisfy(
            frame -> {
              int address = frame.pdu()[2];
              int count = frame.pdu()[4];
              assertThat(address <= 3 && address + count > 3).isFalse();
            });
  }

  @Test
  void everyUnitHasOneRequestOutstandingAndUnitsShareTheAllowedNumber() {
    Map<Integer, Integer> open = new HashMap<>();
    AtomicInteger mostOfUnit = new AtomicInteger();
    AtomicInteger mostOfAll = new AtomicInteger();
    device.script =
        request -> {
          synchronized (open) {
            open.merge(request.unit(), 1, Integer::sum);
            mostOfUnit.accumulateAndGet(open.getOrDefault(request.unit(), 0), Math::max);
            mostOfAll.accumulateAndGet(open.values().stream().mapToInt(i -> i).sum(), Math::max);
          }
          TimeUnit.MILLISECONDS.sleep(15); // the device's own time, not the test's
          synchronized (open) {
            open.merge(request.unit(), -1, Integer::sum);
          }
          request.answer();
        };
    rig.timing(100, 5000).options(options(3, 5, List.of()));
    for (int unit = 1; unit <= 6; unit++) {
      rig.words(unit, 20);
    }
    rig.start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().answers() > 200);
    assertThat(mostOfUnit).hasValue(1);
    assertThat(mostOfAll).hasValue(3);
  }

  @Test
  void deadUnitDoesNotTurnTheOthersBad() {
    device.script =
        request -> {
          if (request.unit() != 2) {
            request.answer();
          }
        };
    rig.timing(100, 1000).options(options(1, 125, List.of()));
    rig.words(1, 3).words(2, 3).words(3, 3).start(device.port());

    await()
        .atMost(PATIENCE)
        .until(() -> rig.sink.latest("u2/r0").equals(StatusCode.BAD_NO_COMMUNICATION));
    await().atMost(PATIENCE).until(() -> rig.statistics().timeouts() >= 5);
    assertThat(rig.sink.samples("r0")).extracting(Sample::status).containsOnly(StatusCode.GOOD);
    assertThat(rig.sink.samples("u3/r0")).extracting(Sample::status).containsOnly(StatusCode.GOOD);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              long asked = device.requests.stream().filter(frame -> frame.unit() == 2).count();
              assertThat(asked).isLessThan(rig.statistics().requests() / 3);
            });
  }

  @Test
  void gatewayThatDoesNotReachItsUnitTurnsThatUnitBad() {
    device.script =
        request -> {
          if (request.unit() == 2) {
            request.refuse(11);
          } else {
            request.answer();
          }
        };
    rig.words(1, 3).words(2, 3).start(device.port());

    await()
        .atMost(PATIENCE)
        .until(() -> rig.sink.latest("u2/r2").equals(StatusCode.BAD_NO_COMMUNICATION));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rig.sink.latest("r2")).isEqualTo(StatusCode.GOOD));
    device.script = ScriptedDevice.Request::answer;
    await().atMost(PATIENCE).until(() -> rig.sink.latest("u2/r2").equals(StatusCode.GOOD));
  }

  @Test
  void streamThatIsNotModbusEndsTheConnectionAndItIsBuiltAnew() {
    device.script =
        request -> {
          if (device.connections.get() < 3) {
            request.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          } else {
            request.answer();
          }
        };
    rig.words(1, 3).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.sink.latest("r2").equals(StatusCode.GOOD));
    assertThat(device.connections).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void slowDeviceMissesCyclesAndTheyAreCounted() {
    device.script =
        request -> {
          TimeUnit.MILLISECONDS.sleep(60); // the device's own time, not the test's
          request.answer();
        };
    rig.timing(20, 1000).words(1, 3).start(device.port());

    await().atMost(PATIENCE).until(() -> rig.statistics().missedCycles() >= 10);
    ModbusStatistics statistics = rig.statistics();
    assertThat(statistics.missedCycles()).isGreaterThanOrEqualTo(statistics.answers() - 2);
    assertThat(statistics.p99Micros()).isGreaterThan(50_000);
  }

  private static ModbusOptions options(
      int parallel, int registers, List<ModbusOptions.Forbidden> forbidden) {
    return new ModbusOptions(
        ModbusOptions.Framing.TCP,
        parallel,
        registers,
        2000,
        16,
        forbidden,
        Set.of(5, 6, 15, 16, 22));
  }
}
