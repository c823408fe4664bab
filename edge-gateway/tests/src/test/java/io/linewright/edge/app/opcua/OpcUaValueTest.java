package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.config.TagAddress;
import io.linewright.edge.opcua.Deadband;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

/** Elements of arrays, fields of structures, and deadbands at the server. */
class OpcUaValueTest extends OpcUaFixture {

  private static final StatusCode BAD_INDEX_RANGE_NO_DATA = new StatusCode(0x80370000);

  @Test
  void elementsOfAnArrayAreTagsOfTheirOwn() {
    plant.values.put("count", value(new Double[] {1.5, 2.5, 3.5}));
    tags.clear();
    part("first", "ns=2;s=count", "[0]", DataType.DOUBLE);
    part("third", "ns=2;s=count", "[2]", DataType.DOUBLE);
    part("fourth", "ns=2;s=count", "[3]", DataType.DOUBLE);
    tag("whole", "ns=2;s=count", DataType.DOUBLE);
    start(port);

    await().atMost(PATIENCE).until(() -> sink.tags() == 4);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("first").value()).isEqualTo(SampleValue.of(1.5)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("third").value()).isEqualTo(SampleValue.of(3.5)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(last("fourth").status()).isEqualTo(BAD_INDEX_RANGE_NO_DATA));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(last("whole").status()).isEqualTo(StatusCode.BAD_TYPE_MISMATCH));
  }

  @Test
  void elementOfAMatrixIsNamedByRowAndColumn() {
    plant.values.put("count", value(Matrix.ofInt32(new int[][] {{1, 2}, {3, 4}})));
    tags.clear();
    part("cell", "ns=2;s=count", "[1][0]", DataType.INTEGER);
    start(port);

    await().atMost(PATIENCE).until(() -> sink.tags() == 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("cell").value()).isEqualTo(SampleValue.of(3L)));
  }

  @Test
  void fieldsOfAStructureAreDecodedByTheServersDefinition() {
    server.addAxisType();
    plant.values.put("count", value(server.axis(0.75, 10, 20)));
    tags.clear();
    part("load", "ns=2;s=count", "Load", DataType.DOUBLE);
    part("step", "ns=2;s=count", "Steps[1]", DataType.INTEGER);
    part("none", "ns=2;s=count", "Speed", DataType.DOUBLE);
    start(port);

    await().atMost(PATIENCE).until(() -> sink.tags() == 3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("load").value()).isEqualTo(SampleValue.of(0.75)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("step").value()).isEqualTo(SampleValue.of(20L)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(last("none").status()).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR));

    server.set("count", value(server.axis(0.5, 1, 2)));
    await().atMost(PATIENCE).until(() -> SampleValue.of(0.5).equals(last("load").value()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("step").value()).isEqualTo(SampleValue.of(2L)));
  }

  @Test
  void deadbandIsTheServersBusiness() {
    server.addMachine("Mill");
    String node = "Mill.SpindleTemperature";
    server.set(node, 20.5, start);
    tags.clear();
    Monitoring monitoring =
        new Monitoring(
            Optional.empty(), OptionalInt.of(100), new Deadband(Deadband.Kind.ABSOLUTE, 2));
    tag(
        "temperature",
        new TagAddress.OpcUaNode("ns=2;s=" + node, monitoring, ValuePath.WHOLE),
        DataType.DOUBLE);
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 1);

    server.set(node, 21.0, start + 1);
    server.set(node, 22.0, start + 2);
    server.set(node, 23.0, start + 3);

    await().atMost(PATIENCE).until(() -> SampleValue.of(23.0).equals(last("temperature").value()));
    assertThat(sink.samples("temperature"))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(20.5), SampleValue.of(23.0));
  }

  @Test
  void percentDeadbandWithoutARangeOfTheNodeTakesEveryChange() {
    tags.clear();
    Monitoring monitoring =
        new Monitoring(
            Optional.empty(), OptionalInt.empty(), new Deadband(Deadband.Kind.PERCENT, 50));
    tag(
        "temperature",
        new TagAddress.OpcUaNode("ns=2;s=temperature", monitoring, ValuePath.WHOLE),
        DataType.DOUBLE);
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(last("temperature").status()).isEqualTo(StatusCode.GOOD));

    server.set("temperature", 20.6, start + 1);
    await().atMost(PATIENCE).until(() -> SampleValue.of(20.6).equals(last("temperature").value()));
  }

  private Sample last(String tag) {
    return sink.samples(tag).getLast();
  }

  private DataValue value(Object content) {
    return new DataValue(
        new Variant(content),
        org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode.GOOD,
        TestOpcUaServer.time(start),
        TestOpcUaServer.time(start));
  }
}
