package io.linewright.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.command.Command;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandMessageTest {

  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");
  private static final UUID ID = new UUID(7, 8);

  @Test
  void oneMetricIsOneCommand() throws SparkplugFormatException {
    CommandMessage read = read(metric("speed/setpoint", SparkplugType.FLOAT, 1.5f, properties()));

    assertThat(read.refusals()).isEmpty();
    assertThat(read.commands())
        .containsExactly(
            new Command(
                ID,
                TagKey.parse(PRESS + "#speed/setpoint"),
                SampleValue.of(1.5),
                "anna",
                Instant.ofEpochMilli(1_000),
                Instant.ofEpochMilli(61_000),
                "trial"));
  }

  @Test
  void eachTypeBecomesItsOwn() throws SparkplugFormatException {
    CommandMessage read =
        read(
            metric("a", SparkplugType.INT16, -3L, properties()),
            metric("b", SparkplugType.BOOLEAN, true, properties()),
            metric("c", SparkplugType.STRING, "x", properties()),
            metric("d", SparkplugType.DOUBLE, 0.25, properties()));

    assertThat(read.commands())
        .extracting(Command::value)
        .containsExactly(
            SampleValue.of(-3L), SampleValue.of(true), SampleValue.of("x"), SampleValue.of(0.25));
  }

  @Test
  void aPlainWriteIsRefusedAndItsNeighbourIsNot() throws SparkplugFormatException {
    Map<String, Object> eternal = properties();
    eternal.remove(LinewrightMetrics.EXPIRES_AT);
    Map<String, Object> nameless = properties();
    nameless.put(LinewrightMetrics.COMMAND_ID, "no-uuid");
    CommandMessage read =
        read(
            metric("a", SparkplugType.INT64, 1L, Map.of()),
            metric("b", SparkplugType.INT64, 1L, eternal),
            metric("c", SparkplugType.INT64, 1L, nameless),
            metric("d", SparkplugType.INT64, null, properties()),
            metric("e", SparkplugType.INT64, 1L, properties()));

    assertThat(read.commands()).extracting(c -> c.tag().name().value()).containsExactly("e");
    assertThat(read.refusals()).hasSize(4);
    assertThat(read.refusals().get(1)).contains("metric b", LinewrightMetrics.EXPIRES_AT);
  }

  private static CommandMessage read(Metric... metrics) throws SparkplugFormatException {
    byte[] wire =
        PayloadCodec.encode(new Payload(OptionalLong.of(5), OptionalInt.empty(), List.of(metrics)));
    return CommandMessage.read(PRESS, PayloadCodec.decode(wire));
  }

  private static Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(LinewrightMetrics.COMMAND_ID, ID.toString());
    properties.put(LinewrightMetrics.REQUESTER, "anna");
    properties.put(LinewrightMetrics.REQUESTED_AT, 1_000L);
    properties.put(LinewrightMetrics.EXPIRES_AT, 61_000L);
    properties.put(LinewrightMetrics.COMMAND_REASON, "trial");
    return properties;
  }

  private static Metric metric(
      String name,
      SparkplugType type,
      @org.jspecify.annotations.Nullable Object value,
      Map<String, Object> properties) {
    return new Metric(
        name,
        OptionalLong.empty(),
        type.number(),
        OptionalLong.of(5),
        false,
        value,
        false,
        properties);
  }
}
