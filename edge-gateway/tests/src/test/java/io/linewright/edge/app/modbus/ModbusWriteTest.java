package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.modbus.frame.Frame;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes against a device that answers as the test says. */
class ModbusWriteTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SampleValue SEVEN = SampleValue.of(7L);

  @TempDir private Path directory;
  private ScriptedDevice device;
  private Rig rig;

  @BeforeEach
  void startDevice() throws Exception {
    device = new ScriptedDevice();
    rig = new Rig(directory).timing(100, 2000);
  }

  @AfterEach
  void closeAll() throws Exception {
    rig.close();
    device.close();
  }

  private void running() {
    rig.words(1, 5).start(device.port());
    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 5);
  }

  @Test
  void writtenValueIsReadBack() throws Exception {
    running();
    assertThat(outcome(rig.write("r2", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(device.unit(1)[2]).isEqualTo((short) 7);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                rig.sink.samples("r2").getLast().value() instanceof SampleValue v
                    && v.equals(SEVEN));
  }

  @Test
  void busyDeviceGetsTheWriteAgainAndCarriesItOutOnce() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    device.script =
        request -> {
          if (request.function() == 6 && writes.incrementAndGet() < 4) {
            request.refuse(6);
          } else {
            request.answer();
          }
        };
    running();
    assertThat(outcome(rig.write("r2", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(writes).hasValue(4);
  }

  @Test
  void acknowledgedWriteIsNotSentTwiceAndReadBackUntilItShows() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    device.script =
        request -> {
          if (request.function() == 6) {
            writes.incrementAndGet();
            request.refuse(5);
          } else if (request.address() == 2 && looks.incrementAndGet() == 2) {
            device.unit(1)[2] = 7;
            request.answer();
          } else {
            request.answer();
          }
        };
    running();
    assertThat(outcome(rig.write("r2", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(writes).hasValue(1);
    assertThat(looks).hasValueGreaterThanOrEqualTo(2);
  }

  @Test
  void deviceThatKeepsItsOwnValueIsFoundOut() throws Exception {
    device.script =
        request -> {
          if (request.function() == 6) {
            byte[] echo = request.trueAnswer();
            device.unit(1)[2] = 5;
            request.send(request.number(), echo);
          } else {
            request.answer();
          }
        };
    running();
    assertThat(outcome(rig.write("r2", SEVEN)))
        .isEqualTo(new WriteOutcome.Differs(SampleValue.of(5L)));
  }

  @Test
  void refusalSaysWhatTheDeviceSaid() throws Exception {
    device.script =
        request -> {
          if (request.function() == 6) {
            request.refuse(3);
          } else {
            request.answer();
          }
        };
    running();
    assertThat(outcome(rig.write("r2", SEVEN)))
        .isEqualTo(
            new WriteOutcome.Refused(
                StatusCode.BAD_CONFIGURATION_ERROR, "the device answers 'illegal data value'"));
  }

  @Test
  void writeWithoutAnswerIsReadBackAndNeverRepeated() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    device.script =
        request -> {
          if (request.function() != 6) {
            request.answer();
          } else if (writes.incrementAndGet() == 1) {
            byte[] carriedOut = request.trueAnswer();
            assertThat(carriedOut).isNotEmpty();
          }
        };
    rig.timing(100, 1000);
    running();
    assertThat(outcome(rig.write("r2", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(outcome(rig.write("r3", SEVEN)))
        .isInstanceOfSatisfying(
            WriteOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("not answered in time"));
    assertThat(writes).hasValue(2);
  }

  @Test
  void writeThatWaitsTooLongExpiresAndIsNeverSent() throws Exception {
    device.script = request -> {}; // a device that is silent holds the queue
    rig.words(1, 5).start(device.port());
    CompletableFuture<WriteOutcome> first = rig.write("r2", SEVEN);
    CompletableFuture<WriteOutcome> late = rig.write("r3", SEVEN, Duration.ofMillis(50));

    assertThat(outcome(late)).isEqualTo(new WriteOutcome.Expired());
    device.script = ScriptedDevice.Request::answer;
    assertThat(outcome(first)).isNotInstanceOf(WriteOutcome.Expired.class);
    assertThat(device.requests).noneMatch(frame -> writes(frame, 3));
  }

  @Test
  void writesGoBeforePolls() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger polls = new AtomicInteger();
    device.script =
        request -> {
          if (request.function() == 3 && polls.incrementAndGet() == 5) {
            boolean released = hold.await(60, TimeUnit.SECONDS);
            assertThat(released).isTrue();
          }
          request.answer();
        };
    rig.timing(100, 5000)
        .options(
            new ModbusOptions(
                ModbusOptions.Framing.TCP, 16, 1, 2000, 0, List.of(), Set.of(5, 6, 16)))
        .words(1, 20)
        .start(device.port());
    await().atMost(PATIENCE).until(() -> polls.get() == 5);
    CompletableFuture<WriteOutcome> written = rig.write("r19", SEVEN);
    int before = device.requests.size();
    hold.countDown();

    assertThat(outcome(written)).isEqualTo(new WriteOutcome.Verified(SEVEN));
    List<Frame> after = List.copyOf(device.requests).subList(before, before + 2);
    assertThat(writes(after.get(0), 19)).isTrue();
    assertThat(after.get(1).functionCode()).isEqualTo(3);
    assertThat(after.get(1).pdu()[2]).isEqualTo((byte) 19);
  }

  @Test
  void valuesThatDoNotFitAreRefusedWithoutARequest() throws Exception {
    running();
    assertThat(outcome(rig.write("r2", SampleValue.of(70_000L))))
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("does not fit uint16"));
    assertThat(outcome(rig.write("nothing", SEVEN))).isInstanceOf(WriteOutcome.Refused.class);
    assertThat(device.requests).noneMatch(frame -> frame.functionCode() != 3);
  }

  @Test
  void bitIsWrittenByMaskAndLeavesTheOthersAlone() throws Exception {
    device.unit(1)[9] = (short) 0xFFFF;
    rig.tag(1, "valve", Table.HOLDING, 9, Encoding.BOOL, RegisterForm.ofBit(4), DataType.BOOLEAN);
    running5();
    assertThat(outcome(rig.write("valve", SampleValue.of(false))))
        .isEqualTo(new WriteOutcome.Verified(SampleValue.of(false)));
    assertThat(device.unit(1)[9]).isEqualTo((short) 0xFFEF);
    assertThat(device.requests).anyMatch(frame -> frame.functionCode() == 22);
  }

  private void running5() {
    rig.start(device.port());
    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 1);
  }

  @Test
  void writeWhoseConnectionBreaksIsInDoubt() throws Exception {
    device.script =
        request -> {
          if (request.function() == 6) {
            device.dropConnections();
          } else {
            request.answer();
          }
        };
    running();
    assertThat(outcome(rig.write("r2", SEVEN)))
        .isInstanceOfSatisfying(
            WriteOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("connection ended"));
  }

  @Test
  void queueOfAUnitIsBounded() throws Exception {
    device.script = request -> {};
    rig.words(1, 5).start(device.port());
    WriteOutcome last = new WriteOutcome.Expired();
    for (int i = 0; i < 80 && !(last instanceof WriteOutcome.Refused); i++) {
      CompletableFuture<WriteOutcome> next = rig.write("r2", SEVEN, Duration.ofMinutes(1));
      last = next.getNow(last);
    }
    assertThat(last)
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("64 writes wait"));
  }

  private static boolean writes(Frame frame, int address) {
    return frame.functionCode() == 6 && frame.pdu()[2] == address;
  }

  private static WriteOutcome outcome(CompletableFuture<WriteOutcome> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }
}
