package io.linewright.edge.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.linewright.edge.app.bridge.mapping.MappingFile;
import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.app.wire.RawPayload;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import io.linewright.testkit.property.Seeded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million hostile inputs in all: every decoder either reads them or refuses them in the way that
 * it documents, and does not take memory out of proportion. {@link
 * io.linewright.edge.app.uplink.ConfirmationFuzzTest} has the rest of them.
 */
class DecoderFuzzTest {

  /** Cases under one seed; a failure names the seed. */
  private static final int PER_SEED = 10_000;

  /** Heap that one case may take, YAML files of some KiB included. */
  private static final long BYTES_PER_CASE = 4 << 20;

  private static final long NOW = 1_763_000_000_123L;

  @TempDir Path directory;

  private interface Decoder {
    void read(byte[] bytes) throws Exception;
  }

  @Test
  void sparkplugPayloads() {
    List<byte[]> good = new ArrayList<>();
    RawPayload birth = RawPayload.at(NOW).seq(0);
    RawPayload data = RawPayload.at(NOW).seq(1);
    for (int i = 0; i < 6; i++) {
      birth.metric(
          RawPayload.declared("folder/tag-" + i, i, NOW, 10)
              .doubleValue(i)
              .property("Quality", 192));
      data.metric(RawPayload.aliased(i, NOW).stringValue("text " + i).historical());
    }
    data.metric(RawPayload.aliased(9, NOW).bytesField(17, new byte[] {10, 2, 1, 1}));
    data.metric(RawPayload.aliased(9, NOW).bytesField(18, new byte[] {0x12, 2, 8, 1}));
    good.add(birth.toBytes());
    good.add(data.toBytes());

    int refused =
        check(
            560_000,
            good,
            bytes -> PayloadCodec.decode(bytes, PayloadCodec.Limits.BIRTH),
            SparkplugFormatException.class);

    assertThat(refused).isBetween(50_000, 550_000);
  }

  @Test
  void telemetryBatches() {
    List<Sample> numbers = new ArrayList<>();
    List<Sample> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      numbers.add(new Sample(SampleValue.of(i * 1.5), StatusCode.GOOD, NOW * 1000 + i, 0));
      texts.add(new Sample(SampleValue.of("t" + i), StatusCode.BAD, NOW * 1000 + i, i));
    }
    byte[] batch =
        TelemetryCodec.encode(
            new TelemetryBatch(
                EquipmentPath.parse("acme/graz/body/line-1/press-01"),
                "acme:graz",
                "gw-1",
                NOW * 1000,
                OptionalLong.of(NOW),
                List.of(
                    new TagSeries(
                        new TagName("a"), DataType.DOUBLE, TagRole.PROCESS_VALUE, numbers),
                    new TagSeries(
                        new TagName("b"), DataType.STRING, TagRole.PROCESS_VALUE, texts))));

    int refused =
        check(200_000, List.of(batch), TelemetryCodec::decode, TelemetryFormatException.class);

    assertThat(refused).isBetween(20_000, 199_000);
  }

  @Test
  void stateMessages() {
    check(
        80_000,
        texts(
            "{\"online\":true,\"timestamp\":1763640000000}",
            "{\"online\":false,\"timestamp\":99999999999999999999999,\"x\":[{},[],null]}",
            "{\"timestamp\":1.5e300,\"online\":\"true\"}"),
        bytes -> StateMessage.read(bytes).ifPresent(Objects::requireNonNull),
        IllegalStateException.class);
    assertThat(StateMessage.read("[".repeat(4096).getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(StateMessage.read(new byte[1 << 20])).isEmpty();
  }

  @Test
  void cloudEventHeaders() {
    Map<String, String> good =
        Map.of(
            "ce_id", "a@1",
            "ce_source", "/bridge/acme:graz/gw-1",
            "ce_type", "io.linewright.x.v1",
            "ce_time", "2026-03-01T08:00:00.000001Z",
            "ce_sequence", "12");
    List<String> names = List.copyOf(good.keySet());
    check(
        80_000,
        good.values().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(),
        bytes -> {
          Map<String, String> headers = new HashMap<>(good);
          int which = bytes.length == 0 ? 0 : Math.floorMod(bytes[0], names.size());
          headers.put(names.get(which), new String(bytes, StandardCharsets.UTF_8));
          CloudEvent<String> event = CloudEventHeaders.read(headers, "data");
          Objects.requireNonNull(event.time());
        },
        IllegalArgumentException.class);
  }

  @Test
  void gatewayFiles() throws IOException {
    Path file = directory.resolve("edge.yaml");
    Files.writeString(directory.resolve("opcua-password"), "secret");
    byte[] good = resource("/io/linewright/edge/app/config/good.yaml");
    check(
        4_000,
        List.of(good),
        bytes -> {
          Files.write(file, bytes);
          EdgeFileReader.read(file);
        },
        EdgeFileException.class);
    Files.writeString(file, "[".repeat(100_000));
    assertThatThrownBy(() -> EdgeFileReader.read(file))
        .isInstanceOf(EdgeFileException.class)
        .hasMessageContaining("deeper than 64");
  }

  @Test
  void mappingFiles() {
    Path file = directory.resolve("mapping.yaml");
    check(
        6_000,
        texts(
            "version: 1\nmappings:\n  - {group: Plant1, node: Edge7, path: acme/graz/edge-7}\n"
                + "  - {group: Plant1, node: E, device: Press A, path: acme/graz/body/l-1/p-1}\n"),
        bytes -> {
          Files.write(file, bytes);
          MappingFile.read(file);
        },
        IllegalArgumentException.class);
  }

  /** Reads that many hostile inputs; returns how many were refused. */
  private static int check(
      int cases, List<byte[]> good, Decoder decoder, Class<? extends Exception> refusal) {
    for (byte[] one : good) {
      read(one, decoder, refusal, Long.MAX_VALUE); // classes are loaded by the first case
    }
    int[] refused = {0};
    Seeded.check(
        Math.max(1, cases / PER_SEED),
        random -> {
          for (int i = 0; i < Math.min(cases, PER_SEED); i++) {
            refused[0] += read(Damage.of(good, random), decoder, refusal, BYTES_PER_CASE);
          }
        });
    return refused[0];
  }

  private static int read(
      byte[] bytes, Decoder decoder, Class<? extends Exception> refusal, long mostHeap) {
    long before = allocated();
    int refused = 0;
    try {
      decoder.read(bytes);
    } catch (Exception | StackOverflowError | OutOfMemoryError failed) {
      if (!refusal.isInstance(failed)) {
        throw new AssertionError("input " + java.util.HexFormat.of().formatHex(bytes), failed);
      }
      refused = 1;
    }
    long taken = allocated() - before;
    if (taken > mostHeap) {
      throw new AssertionError("%d bytes took %d of heap".formatted(bytes.length, taken));
    }
    return refused;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static List<byte[]> texts(String... texts) {
    return java.util.Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(DecoderFuzzTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
