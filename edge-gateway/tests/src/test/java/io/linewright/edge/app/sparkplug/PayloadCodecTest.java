package io.linewright.edge.app.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.linewright.edge.app.wire.RawPayload;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.junit.jupiter.api.Test;

class PayloadCodecTest {

  private static final long NOW = 1_763_000_000_123L;

  @Test
  void everyScalarTypeComesBackUnchanged() throws Exception {
    List<Metric> metrics =
        List.of(
            Metric.named("i8", SparkplugType.INT8, NOW, -128L),
            Metric.named("i16", SparkplugType.INT16, NOW, -32768L),
            Metric.named("i32", SparkplugType.INT32, NOW, -2147483648L),
            Metric.named("i64", SparkplugType.INT64, NOW, Long.MIN_VALUE),
            Metric.named("u8", SparkplugType.UINT8, NOW, 255L),
            Metric.named("u16", SparkplugType.UINT16, NOW, 65535L),
            Metric.named("u32", SparkplugType.UINT32, NOW, 4294967295L),
            Metric.named("u64", SparkplugType.UINT64, NOW, -1L),
            Metric.named("f", SparkplugType.FLOAT, NOW, 1.5f),
            Metric.named("d", SparkplugType.DOUBLE, NOW, Double.NaN),
            Metric.named("b", SparkplugType.BOOLEAN, NOW, false),
            Metric.named("s", SparkplugType.STRING, NOW, "Öl"),
            Metric.named("t", SparkplugType.DATETIME, NOW, NOW),
            Metric.named("x", SparkplugType.TEXT, NOW, ""),
            Metric.named("id", SparkplugType.UUID, NOW, "5f0c"));
    Payload payload = new Payload(OptionalLong.of(NOW), OptionalInt.of(255), metrics);

    assertThat(PayloadCodec.decode(PayloadCodec.encode(payload))).isEqualTo(payload);
  }

  @Test
  void bytesComeBackUnchanged() throws Exception {
    Metric bytes = Metric.named("raw", SparkplugType.BYTES, NOW, new byte[] {1, 0, -1});

    assertThat(roundTrip(bytes).value()).isEqualTo(new byte[] {1, 0, -1});
  }

  @Test
  void aliasOnlyNullHistoricalAndPropertiesComeBack() throws Exception {
    Metric metric =
        new Metric(
            null,
            OptionalLong.of(7),
            SparkplugType.DOUBLE.number(),
            OptionalLong.empty(),
            true,
            null,
            false,
            Map.of("Quality", 0, "linewright/range-low", -1.5, "engUnit", "Cel", "n", 1L << 40));

    Metric read = roundTrip(metric);

    assertThat(read.name()).isNull();
    assertThat(read.alias()).hasValue(7);
    assertThat(read.value()).isNull();
    assertThat(read.unsupported()).isFalse();
    assertThat(read.historical()).isTrue();
    assertThat(read.properties())
        .isEqualTo(
            Map.of("Quality", 0L, "linewright/range-low", -1.5, "engUnit", "Cel", "n", 1L << 40));
  }

  @Test
  void negativeNumbersOfOtherEncodersAreRead() {
    assertThat(SparkplugType.INT8.read(0xFFL)).contains(-1L);
    assertThat(SparkplugType.INT8.read(0xFFFF_FFFFL)).contains(-1L);
    assertThat(SparkplugType.INT16.read(0x8000L)).contains(-32768L);
    assertThat(SparkplugType.INT32.read(0xFFFF_FFFEL)).contains(-2L);
    assertThat(SparkplugType.INT8.read(300L)).isEmpty();
    assertThat(SparkplugType.UINT8.read(256L)).isEmpty();
    assertThat(SparkplugType.INT32.read("1")).isEmpty();
  }

  @Test
  void metricThatCannotBeReadDoesNotSpoilItsNeighbours() throws Exception {
    SparkplugBProto.Payload.Builder foreign = SparkplugBProto.Payload.newBuilder().setSeq(3);
    foreign.addMetricsBuilder().setName("table").setDatatype(16).getDatasetValueBuilder();
    foreign.addMetricsBuilder().setName("array").setDatatype(24).setBytesValue(ByteString.EMPTY);
    foreign.addMetricsBuilder().setName("lie").setDatatype(5).setStringValue("two");
    foreign.addMetricsBuilder().setName("fine").setDatatype(7).setLongValue(9);

    List<Metric> metrics = PayloadCodec.decode(foreign.build().toByteArray()).metrics();

    assertThat(metrics).extracting(Metric::unsupported).containsExactly(true, true, true, false);
    assertThat(metrics.getLast().value()).isEqualTo(9L);
  }

  @Test
  void limitsAreKept() {
    assertThatThrownBy(() -> PayloadCodec.decode(new byte[(1 << 20) + 1]))
        .isInstanceOf(SparkplugFormatException.class)
        .hasMessageContaining("1048577 bytes");
    byte[] empty = new byte[200_002];
    for (int i = 0; i < empty.length; i += 2) {
      empty[i] = 0x12; // an empty metric: two bytes
    }
    assertThatThrownBy(() -> PayloadCodec.decode(empty))
        .isInstanceOf(SparkplugFormatException.class)
        .hasMessageContaining("100000 metrics");
  }

  @Test
  void lengthBeyondTheEndIsRefusedWithoutAllocatingIt() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32NoTag(0x12);
    out.writeUInt32NoTag(Integer.MAX_VALUE);
    out.flush();

    assertThatThrownBy(() -> PayloadCodec.decode(bytes.toByteArray()))
        .isInstanceOf(SparkplugFormatException.class);
  }

  @Test
  void sequenceAndPropertiesAreChecked() {
    byte[] seq = SparkplugBProto.Payload.newBuilder().setSeq(256).build().toByteArray();
    SparkplugBProto.Payload.Builder keys = SparkplugBProto.Payload.newBuilder();
    keys.addMetricsBuilder().getPropertiesBuilder().addKeys("engUnit");

    assertThatThrownBy(() -> PayloadCodec.decode(seq)).hasMessageContaining("256");
    assertThatThrownBy(() -> PayloadCodec.decode(keys.build().toByteArray()))
        .hasMessageContaining("1 keys and 0 values");
  }

  @Test
  void nestingCostsNothing() throws Exception {
    byte[] groups = new byte[1 << 20];
    java.util.Arrays.fill(groups, (byte) 0x4B); // a group in a group in a group …
    RawPayload deep = new RawPayload();
    for (int i = 0; i < 5_000; i++) {
      deep = new RawPayload().bytesField(2, deep.toBytes()); // a metric of a template, and so on
    }
    byte[] templates =
        RawPayload.at(NOW)
            .metric(RawPayload.declared("t", 1, NOW, 19).bytesField(18, deep.toBytes()))
            .metric(RawPayload.declared("fine", 2, NOW, 10).doubleValue(1))
            .toBytes();
    RawPayload sets = new RawPayload();
    for (int i = 0; i < 500; i++) {
      sets =
          new RawPayload()
              .bytesField(1, new byte[] {'k'})
              .bytesField(2, new RawPayload().bytesField(9, sets.toBytes()).toBytes());
    }
    byte[] properties =
        RawPayload.at(NOW)
            .metric(RawPayload.aliased(1, NOW).bytesField(9, sets.toBytes()))
            .toBytes();

    assertThatThrownBy(() -> PayloadCodec.decode(groups)).hasMessageContaining("group");
    assertThat(PayloadCodec.decode(templates).metrics())
        .extracting(Metric::unsupported)
        .containsExactly(true, false);
    assertThatThrownBy(() -> PayloadCodec.decode(properties))
        .isInstanceOf(SparkplugFormatException.class);
  }

  @Test
  void oversizedTextsAndBirthsHaveBounds() throws Exception {
    byte[] text =
        RawPayload.at(NOW)
            .metric(RawPayload.aliased(1, NOW).stringValue("x".repeat(1 << 20)))
            .toBytes();
    assertThatThrownBy(() -> PayloadCodec.decode(text)).hasMessageContaining("exceeds the limit");
    assertThat(PayloadCodec.decode(text, PayloadCodec.Limits.BIRTH).metrics()).hasSize(1);

    RawPayload birth = RawPayload.at(NOW).seq(0);
    byte[] one = RawPayload.declared("tag", 1, NOW, 10).isNull().toBytes();
    for (int i = 0; i < 1_000_000; i++) {
      birth.bytesField(2, one);
    }
    assertThatThrownBy(() -> PayloadCodec.decode(birth.toBytes(), PayloadCodec.Limits.BIRTH))
        .hasMessageContaining("more than 100000 metrics");
  }

  private static Metric roundTrip(Metric metric) throws SparkplugFormatException {
    byte[] bytes =
        PayloadCodec.encode(
            new Payload(OptionalLong.empty(), OptionalInt.empty(), List.of(metric)));
    return PayloadCodec.decode(bytes).metrics().getFirst();
  }
}
