package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writes through the running session. */
class OpcUaWriteTest extends OpcUaFixture {

  private static final SampleValue SEVEN = SampleValue.of(7.0);

  private record Case(
      String name, NodeId type, Object before, DataType tag, SampleValue written, Object held) {}

  @Test
  void everyTypeIsWrittenExactlyAndReadBack() throws Exception {
    NodeId percent = server.addSubtype("Percent", NodeIds.Float);
    NodeId mode = server.addSubtype("Mode", NodeIds.Enumeration);
    long noon = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    SampleValue twelve = SampleValue.of(12L);
    List<Case> cases =
        List.of(
            new Case("b", NodeIds.Boolean, false, DataType.BOOLEAN, SampleValue.of(true), true),
            new Case("i8", NodeIds.SByte, (byte) 0, DataType.INTEGER, of(-128), (byte) -128),
            new Case("u8", NodeIds.Byte, ubyte(0), DataType.INTEGER, of(255), ubyte(255)),
            new Case("i16", NodeIds.Int16, (short) 0, DataType.INTEGER, twelve, (short) 12),
            new Case("u16", NodeIds.UInt16, ushort(0), DataType.INTEGER, twelve, ushort(12)),
            new Case("i32", NodeIds.Int32, 0, DataType.INTEGER, twelve, 12),
            new Case(
                "u32", NodeIds.UInt32, uint(0), DataType.INTEGER, of(1L << 31), uint(1L << 31)),
            new Case("i64", NodeIds.Int64, 0L, DataType.INTEGER, of(1L << 62), 1L << 62),
            new Case("u64", NodeIds.UInt64, ulong(0), DataType.INTEGER, twelve, ulong(12)),
            new Case("f", NodeIds.Float, 0f, DataType.DOUBLE, SampleValue.of(20.5), 20.5f),
            new Case("d", NodeIds.Double, 0.0, DataType.DOUBLE, SampleValue.of(20.1), 20.1),
            new Case("s", NodeIds.String, "", DataType.STRING, SampleValue.of("Öl"), "Öl"),
            new Case(
                "x",
                NodeIds.ByteString,
                ByteString.of(new byte[1]),
                DataType.BYTES,
                new SampleValue.BytesValue(new byte[] {1, 2}),
                ByteString.of(new byte[] {1, 2})),
            new Case(
                "t",
                NodeIds.UtcTime,
                TestOpcUaServer.time(start),
                DataType.INTEGER,
                of(noon),
                TestOpcUaServer.time(noon * 1000)),
            new Case("percent", percent, 0f, DataType.DOUBLE, SampleValue.of(99.5), 99.5f),
            new Case("mode", mode, 0, DataType.INTEGER, of(3), 3),
            new Case("any", NodeIds.BaseDataType, ushort(0), DataType.INTEGER, twelve, ushort(12)),
            new Case("number", NodeIds.Number, 0L, DataType.INTEGER, twelve, 12L));
    tags.clear();
    for (Case one : cases) {
      server.addWritable(one.name, one.type, -1, one.before, server::store);
      tag(one.name, "ns=2;s=" + one.name, one.tag);
    }
    running();

    for (Case one : cases) {
      assertThat(outcome(write(one.name, one.written)))
          .as(one.name)
          .isEqualTo(new WriteOutcome.Verified(one.written));
      assertThat(held(one.name)).as(one.name).isEqualTo(one.held);
    }
    await().atMost(PATIENCE).until(() -> twelve.equals(sink.samples("i16").getLast().value()));
  }

  @Test
  void whatDoesNotFitIsRefusedAndNothingIsSent() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    TestOpcUaServer.WriteHook counting = (node, value) -> writes.incrementAndGet();
    tags.clear();
    server.addWritable("small", NodeIds.SByte, -1, (byte) 0, counting);
    tag("small", "ns=2;s=small", DataType.INTEGER);
    server.addWritable("label", NodeIds.LocalizedText, -1, LocalizedText.english("a"), counting);
    tag("label", "ns=2;s=label", DataType.STRING);
    tag("count", "ns=2;s=count", DataType.INTEGER);
    server.addForbidden("forbidden");
    tag("forbidden", "ns=2;s=forbidden", DataType.DOUBLE);
    tag("gone", "ns=2;s=gone", DataType.DOUBLE);
    tag("elsewhere", "nsu=urn:nowhere;s=gone", DataType.DOUBLE);
    running();

    assertThat(reason(write("small", of(128)))).contains("128 does not fit sbyte, -128 to 127");
    assertThat(reason(write("small", SampleValue.of("1")))).contains("a text cannot be written");
    assertThat(reason(write("label", SampleValue.of("b")))).contains("LocalizedText");
    assertThat(reason(write("count", of(1)))).contains("read-only");
    assertThat(reason(write("forbidden", SEVEN))).contains("user may not write");
    assertThat(outcome(write("gone", SEVEN)))
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.status()).isEqualTo(StatusCode.BAD_NODE_ID_UNKNOWN));
    assertThat(reason(write("elsewhere", SEVEN))).contains("no namespace");
    assertThat(reason(write("stranger", SEVEN))).contains("is not on connection");
    assertThat(writes).hasValue(0);
  }

  @Test
  void elementOfAnArrayIsWrittenAloneAndOtherPartsAreRefused() throws Exception {
    tags.clear();
    server.addWritable("loads", NodeIds.Double, 1, new Double[] {1.0, 2.0, 3.0}, server::store);
    server.addWritable(
        "grid", NodeIds.Int32, 2, Matrix.ofInt32(new int[][] {{1, 2}, {3, 4}}), server::store);
    server.addWritable("single", NodeIds.Double, -1, 1.0, server::store);
    part("second", "ns=2;s=loads", "[1]", DataType.DOUBLE);
    part("ninth", "ns=2;s=loads", "[8]", DataType.DOUBLE);
    tag("whole", "ns=2;s=loads", DataType.DOUBLE);
    part("cell", "ns=2;s=grid", "[1][0]", DataType.INTEGER);
    part("field", "ns=2;s=single", "Load", DataType.DOUBLE);
    part("first", "ns=2;s=single", "[0]", DataType.DOUBLE);
    running();

    assertThat(outcome(write("second", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(held("loads")).isEqualTo(new Double[] {1.0, 7.0, 3.0});
    assertThat(reason(write("ninth", SEVEN))).contains("Bad_IndexRangeNoData");
    assertThat(reason(write("whole", SEVEN))).contains("holds an array");
    assertThat(reason(write("cell", of(9)))).contains("several dimensions");
    assertThat(reason(write("field", SEVEN))).contains("only one element of an array");
    assertThat(reason(write("first", SEVEN))).contains("no array");
  }

  @Test
  void refusalSaysWhatTheServerSaid() throws Exception {
    setpoint(
        (node, value) -> {
          throw new UaException(StatusCodes.Bad_OutOfRange);
        });
    assertThat(outcome(write("setpoint", SEVEN)))
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(new StatusCode(0x803C0000));
              assertThat(refused.reason()).contains("Bad_OutOfRange");
            });
  }

  @Test
  void doubtfulAnswerIsLookedAfter() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    setpoint(
        (node, value) -> {
          if (writes.incrementAndGet() == 1) {
            server.store(node, value);
          }
          throw new UaException(StatusCodes.Bad_Timeout);
        });
    assertThat(outcome(write("setpoint", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(outcome(write("setpoint", SampleValue.of(8.0))))
        .isInstanceOfSatisfying(
            WriteOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("Bad_Timeout", "another value"));
    assertThat(writes).hasValue(2);
  }

  @Test
  void serverThatKeepsItsOwnValueIsFoundOut() throws Exception {
    setpoint((node, value) -> server.set(node, 5.0, start));
    assertThat(outcome(write("setpoint", SEVEN)))
        .isEqualTo(new WriteOutcome.Differs(SampleValue.of(5.0)));
  }

  @Test
  void serverThatNeedsAMomentGetsIt() throws Exception {
    setpoint(
        (node, value) ->
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                .execute(() -> server.store(node, value)));
    assertThat(outcome(write("setpoint", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
  }

  @Test
  void valuesGoOnComingWhileAWriteHangs() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    setpoint(
        (node, value) -> {
          awaitQuietly(hold);
          server.store(node, value);
        });
    CompletableFuture<WriteOutcome> hanging = write("setpoint", SEVEN);
    server.set("count", 1L, start + 1);
    await().atMost(PATIENCE).until(() -> sink.samples("count").contains(good(1, start + 1)));
    assertThat(hanging).isNotDone();
    hold.countDown();
    assertThat(outcome(hanging)).isEqualTo(new WriteOutcome.Verified(SEVEN));
  }

  @Test
  void writeWhoseConnectionBreaksIsInDoubtAndNotSentAgain() throws Exception {
    CutProxy proxy = proxy();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    setpoint(
        proxy.port(),
        (node, value) -> {
          if (writes.incrementAndGet() == 1) {
            arrived.countDown();
            awaitQuietly(hold);
          } else {
            server.store(node, value);
          }
        });
    CompletableFuture<WriteOutcome> cut = write("setpoint", SEVEN);
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    proxy.drop();

    assertThat(outcome(cut))
        .isInstanceOfSatisfying(
            WriteOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("connection ended"));
    hold.countDown();
    CompletableFuture<WriteOutcome> next = write("setpoint", SampleValue.of(1.5));
    assertThat(outcome(next)).isEqualTo(new WriteOutcome.Verified(SampleValue.of(1.5)));
    assertThat(writes).hasValue(2);
  }

  @Test
  void writeThatWaitsTooLongExpiresAndIsNeverSent() throws Exception {
    CutProxy proxy = proxy();
    AtomicInteger writes = new AtomicInteger();
    setpoint(
        proxy.port(),
        (node, value) -> {
          writes.incrementAndGet();
          server.store(node, value);
        });
    assertThat(outcome(write("setpoint", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    proxy.hold();
    CompletableFuture<WriteOutcome> first = write("setpoint", SampleValue.of(8.0));
    CompletableFuture<WriteOutcome> late =
        write("setpoint", SampleValue.of(9.0), Duration.ofMillis(50));

    assertThat(outcome(late)).isEqualTo(new WriteOutcome.Expired());
    proxy.release();
    assertThat(outcome(first)).isEqualTo(new WriteOutcome.Verified(SampleValue.of(8.0)));
    assertThat(outcome(write("setpoint", SEVEN))).isEqualTo(new WriteOutcome.Verified(SEVEN));
    assertThat(writes).hasValue(3);
  }

  @Test
  void writeWaitsForTheSessionAndTheQueueIsBounded() throws Exception {
    CutProxy proxy = proxy();
    proxy.hold();
    tags.clear();
    server.addWritable("setpoint", NodeIds.Double, -1, 1.5, server::store);
    tag("setpoint", "ns=2;s=setpoint", DataType.DOUBLE);
    start(proxy.port());
    CompletableFuture<WriteOutcome> early = write("setpoint", SEVEN);
    WriteOutcome last = new WriteOutcome.Expired();
    for (int i = 0; i < 80 && !(last instanceof WriteOutcome.Refused); i++) {
      last = write("setpoint", SEVEN, Duration.ofMinutes(1)).getNow(last);
    }
    assertThat(last)
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("64 writes wait"));
    proxy.release();
    assertThat(outcome(early)).isEqualTo(new WriteOutcome.Verified(SEVEN));
  }

  private void setpoint(TestOpcUaServer.WriteHook hook) {
    setpoint(port, hook);
  }

  private void setpoint(int throughPort, TestOpcUaServer.WriteHook hook) {
    tags.clear();
    server.addWritable("setpoint", NodeIds.Double, -1, 1.5, hook);
    tag("setpoint", "ns=2;s=setpoint", DataType.DOUBLE);
    tag("count", "ns=2;s=count", DataType.INTEGER);
    start(throughPort);
    await().atMost(PATIENCE).until(() -> sink.tags() == tags.size());
  }

  private void running() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == tags.size());
  }

  private CompletableFuture<WriteOutcome> write(String tag, SampleValue value) {
    return write(tag, value, PATIENCE);
  }

  private CompletableFuture<WriteOutcome> write(String tag, SampleValue value, Duration patience) {
    return link.write(new TagKey(MILL, new TagName(tag)), value, patience);
  }

  private @Nullable Object held(String node) {
    return Objects.requireNonNull(plant.values.get(node)).value().value();
  }

  private static SampleValue of(long value) {
    return SampleValue.of(value);
  }

  private static String reason(CompletableFuture<WriteOutcome> future) throws Exception {
    return ((WriteOutcome.Refused) outcome(future)).reason();
  }

  private static WriteOutcome outcome(CompletableFuture<WriteOutcome> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it go on");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
