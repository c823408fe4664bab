package io.linewright.edge.app.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.junit.jupiter.api.Test;

class OutgoingPayloadTest {

  private static final OutgoingPayload.Aliases ALIASES =
      new OutgoingPayload.Aliases(1, 2, 3, 4, 5, 6);
  private final SampleMetrics metrics = new SampleMetrics();
  private final OutgoingPayload outgoing = new OutgoingPayload();

  @Test
  void samplesCarryTypeTimeOrdinalAndStatus() throws Exception {
    metrics.add(300, DataType.DOUBLE, sample(SampleValue.of(1.5), 0, 1_000_123), 2, false);
    metrics.add(7, DataType.INTEGER, sample(null, 0x80310000, 2_000_000), 0, true);
    metrics.add(8, DataType.STRING, sample(SampleValue.of("läuft"), 0, 3_000_000), 0, false);
    metrics.add(9, DataType.BOOLEAN, sample(SampleValue.of(true), 0x40000000, -5), 0, false);

    List<Metric> read = send(false).metrics();

    assertThat(read.subList(0, 4))
        .as("in the order of time, not of their arrival")
        .extracting(metric -> metric.alias().getAsLong())
        .containsExactly(9L, 300L, 7L, 8L);
    assertThat(of(read, 300).value()).isEqualTo(1.5);
    assertThat(of(read, 300).timestampMillis()).hasValue(1000);
    assertThat(of(read, 300).properties()).isEqualTo(Map.of("sourceMicros", 123L, "ordinal", 2L));
    assertThat(of(read, 7).value()).isNull();
    assertThat(of(read, 7).properties())
        .isEqualTo(
            Map.of("statusCode", -2144272384L, "Quality", 0L, "linewright/implausible-time", true));
    assertThat(of(read, 8).value()).isEqualTo("läuft");
    assertThat(of(read, 8).properties()).isEmpty();
    assertThat(of(read, 9).timestampMillis()).hasValue(-1);
    assertThat(of(read, 9).properties()).containsEntry("sourceMicros", 995L);
    assertThat(metrics.firstMicros()).isEqualTo(-5);
    assertThat(metrics.lastMicros()).isEqualTo(3_000_000);
  }

  @Test
  void stampOfTheDeviceTravelsWhereTheGatewayGaveAnotherTime() throws Exception {
    Sample sample = sample(SampleValue.of(1.5), 0, 1_000_000);
    metrics.add(300, DataType.DOUBLE, sample, 0, false, 946_684_800_000_001L);
    metrics.add(301, DataType.DOUBLE, sample, 0, false, 1_000_000);

    List<Metric> read = send(false).metrics();
    assertThat(of(read, 300).properties())
        .isEqualTo(Map.of("linewright/raw-micros", 946_684_800_000_001L));
    assertThat(of(read, 301).properties()).isEmpty();
  }

  @Test
  void placeIsAppendedWithoutTouchingWhatIsStored() throws Exception {
    metrics.add(300, DataType.DOUBLE, sample(SampleValue.of(1.5), 0, 1_000_000), 0, false);
    byte[] stored = metrics.toBytes();
    byte[] before = stored.clone();

    Payload live = PayloadCodec.decode(outgoing.data(stored, ALIASES, envelope(false)));
    Payload again = PayloadCodec.decode(outgoing.data(stored, ALIASES, envelope(true)));

    assertThat(stored).isEqualTo(before);
    assertThat(live.seq()).hasValue(17);
    assertThat(live.timestampMillis()).hasValue(99);
    assertThat(live.metrics()).extracting(Metric::historical).containsOnly(false);
    assertThat(again.metrics()).extracting(Metric::historical).containsOnly(true);
    assertThat(live.metrics().subList(1, 7))
        .extracting(m -> m.alias().getAsLong(), Metric::value)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(1L, 4711L),
            org.assertj.core.api.Assertions.tuple(2L, "backfill"),
            org.assertj.core.api.Assertions.tuple(3L, 12L),
            org.assertj.core.api.Assertions.tuple(4L, 11L),
            org.assertj.core.api.Assertions.tuple(6L, 1_000_001L),
            org.assertj.core.api.Assertions.tuple(5L, 1_000_000L));
  }

  @Test
  void historicalMarkReachesLongMetrics() throws Exception {
    for (int i = 0; i < 50; i++) {
      String text = "x".repeat(i * 40);
      metrics.add(i, DataType.STRING, sample(SampleValue.of(text), 0, i), 0, false);
    }

    assertThat(send(true).metrics()).hasSize(56).extracting(Metric::historical).containsOnly(true);
  }

  @Test
  void theReferenceParserReadsTheSame() throws Exception {
    metrics.add(
        300, DataType.INTEGER, sample(SampleValue.of(-3L), 0x80310000, 1_000_123), 1, false);
    SparkplugBProto.Payload payload =
        SparkplugBProto.Payload.parseFrom(
            outgoing.data(metrics.toBytes(), ALIASES, envelope(true)));

    SparkplugBProto.Payload.Metric metric = payload.getMetrics(0);
    assertThat(metric.getLongValue()).isEqualTo(-3);
    assertThat(metric.getDatatype()).isEqualTo(4);
    assertThat(metric.getProperties().getKeysList())
        .containsExactly("sourceMicros", "ordinal", "statusCode", "Quality");
    assertThat(metric.getProperties().getValues(2).getIntValue()).isEqualTo(0x80310000);
    assertThat(payload.getSeq()).isEqualTo(17);
  }

  @Test
  void qualityIsToldInSparkplugsOwnWords() throws Exception {
    metrics.add(11, DataType.DOUBLE, sample(SampleValue.of(1.0), 0x80000000, 1_000), 0, false);
    metrics.add(12, DataType.DOUBLE, sample(SampleValue.of(1.0), 0x40900000, 1_000), 0, false);
    metrics.add(13, DataType.DOUBLE, sample(SampleValue.of(1.0), 0, 1_000), 0, false);

    List<Metric> read = send(false).metrics();

    assertThat(of(read, 11).properties()).containsEntry("Quality", 0L);
    assertThat(of(read, 12).properties()).containsEntry("Quality", 500L);
    assertThat(of(read, 13).properties()).isEmpty();
  }

  @Test
  void lossIsOneTextMetric() throws Exception {
    Payload loss = PayloadCodec.decode(outgoing.text("{}", 77, ALIASES, envelope(false)));

    assertThat(loss.metrics().getFirst().alias()).hasValue(77);
    assertThat(loss.metrics().getFirst().value()).isEqualTo("{}");
  }

  @Test
  void recordsStayBelow128KiB() {
    while (!metrics.full()) {
      metrics.add(1, DataType.DOUBLE, sample(SampleValue.of(1.0), 0, 123), 1, false);
    }
    metrics.add(1, DataType.STRING, sample(SampleValue.of("x".repeat(65_536)), 0, 1), 0, false);

    assertThat(outgoing.data(metrics.toBytes(), ALIASES, envelope(true))).hasSizeLessThan(131_072);
  }

  private static Metric of(List<Metric> metrics, long alias) {
    return metrics.stream()
        .filter(metric -> metric.alias().getAsLong() == alias)
        .findFirst()
        .orElseThrow();
  }

  private Payload send(boolean historical) throws SparkplugFormatException {
    return PayloadCodec.decode(outgoing.data(metrics.toBytes(), ALIASES, envelope(historical)));
  }

  private static OutgoingPayload.Envelope envelope(boolean historical) {
    return new OutgoingPayload.Envelope(
        17, 99, historical, 4711, Lane.BACKFILL, 12, 11, 1_000_001, OptionalLong.of(1_000_000));
  }

  private static Sample sample(
      @org.jspecify.annotations.Nullable SampleValue value, int status, long micros) {
    return new Sample(value, StatusCode.of(status), micros, 0);
  }
}
