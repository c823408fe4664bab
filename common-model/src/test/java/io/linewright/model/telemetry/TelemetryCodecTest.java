package io.linewright.model.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TelemetryFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelemetryCodecTest {

  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");

  /** Two values by the layout of the schema, written down by hand: guards the wire form itself. */
  @Test
  void readsBytesThatWereNotMadeByThisEncoder() throws Exception {
    byte[] bytes = {
      0x0A,
      0x05,
      'a',
      '/',
      'b',
      '/',
      'c', // device = "a/b/c"
      0x20,
      0x02, // gateway_us = 2
      0x32,
      0x1E, // series, 30 bytes
      0x0A,
      0x01,
      'p', // tag = "p"
      0x10,
      0x03, // type = DOUBLE
      0x22,
      0x02,
      0x02,
      0x04, // source_us_delta = [+1, +2]
      0x32,
      0x04,
      0x00,
      0x00,
      0x31,
      (byte) 0x80, // status, only one entry: must be refused
      0x52,
      0x00
    };
    assertThatThrownBy(() -> TelemetryCodec.decode(bytes))
        .isInstanceOf(TelemetryFormatException.class);

    byte[] good = {
      0x0A,
      0x05,
      'a',
      '/',
      'b',
      '/',
      'c',
      0x20,
      0x02,
      0x32,
      0x1B,
      0x0A,
      0x01,
      'p',
      0x10,
      0x03,
      0x22,
      0x02,
      0x02,
      0x04, // delta: zigzag 1, 2 -> times 1 and 3
      0x52,
      0x10, // doubles, 16 bytes
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) 0xF8,
      0x3F, // 1.5
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) 0xC0 // -2.0
    };
    TelemetryBatch batch = TelemetryCodec.decode(good);
    assertThat(batch.device()).hasToString("a/b/c");
    assertThat(batch.series())
        .containsExactly(
            new TagSeries(
                new TagName("p"),
                DataType.DOUBLE,
                TagRole.PROCESS_VALUE,
                List.of(
                    new Sample(SampleValue.of(1.5), StatusCode.GOOD, 1, 0),
                    new Sample(SampleValue.of(-2.0), StatusCode.GOOD, 3, 0))));
  }

  @Test
  void readsBackWhateverWasWritten() throws Exception {
    for (long seed = 1; seed <= 500; seed++) {
      TelemetryBatch batch = random(new Random(seed));
      assertThat(TelemetryCodec.decode(TelemetryCodec.encode(batch)))
          .as("seed %d", seed)
          .isEqualTo(batch);
    }
  }

  @Test
  void damagedBytesGiveATypedErrorOrABatchButNeverAnythingElse() {
    int refused = 0;
    for (long seed = 1; seed <= 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = TelemetryCodec.encode(random(random));
      damage(bytes, random);
      byte[] cut =
          random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
      try {
        TelemetryCodec.decode(cut);
      } catch (TelemetryFormatException expected) {
        refused++;
      } catch (RuntimeException wrong) {
        throw new AssertionError("seed " + seed, wrong);
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void refusesMoreThanTheLimits() {
    assertThatThrownBy(() -> TelemetryCodec.decode(new byte[TelemetryBatch.MAX_BYTES + 1]))
        .isInstanceOfSatisfying(
            TelemetryFormatException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    // A packed column of zero bytes: little to send, much to hold.
    byte[] bomb =
        io.linewright.model.telemetry.wire.TelemetryBatch.newBuilder()
            .setDevice(PRESS.toString())
            .addSeries(
                io.linewright.model.telemetry.wire.TagSeries.newBuilder()
                    .setTag("x")
                    .setTypeValue(1)
                    .addAllSourceUsDelta(
                        java.util.Collections.nCopies(TelemetryBatch.MAX_SAMPLES + 1, 0L)))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> TelemetryCodec.decode(bomb))
        .isInstanceOfSatisfying(
            TelemetryFormatException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void refusesColumnsThatDoNotFitTogether() {
    var series =
        io.linewright.model.telemetry.wire.TagSeries.newBuilder()
            .setTag("x")
            .setTypeValue(2)
            .addSourceUsDelta(1)
            .addSourceUsDelta(1)
            .addIntegers(5)
            .addWithoutValue(7);
    byte[] bytes =
        io.linewright.model.telemetry.wire.TelemetryBatch.newBuilder()
            .setDevice(PRESS.toString())
            .addSeries(series)
            .build()
            .toByteArray();
    assertThatThrownBy(() -> TelemetryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            TelemetryFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .hasMessageContaining("missing value");
  }

  /** So that no text that was read has one, which UTF-8 could only write as a question mark. */
  @Test
  void refusesHalvesOfSurrogatePairs() {
    Sample text = new Sample(SampleValue.of("abc"), StatusCode.GOOD, 1, 0);
    TagSeries series =
        new TagSeries(new TagName("x"), DataType.STRING, TagRole.PROCESS_VALUE, List.of(text));
    byte[] bytes =
        TelemetryCodec.encode(
            new TelemetryBatch(
                PRESS, "acme:graz", "gw-1", 1, OptionalLong.empty(), List.of(series)));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("abc");
    bytes[at] = (byte) 0xED;
    bytes[at + 1] = (byte) 0xA0;
    bytes[at + 2] = (byte) 0x80;

    assertThatThrownBy(() -> TelemetryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            TelemetryFormatException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void ignoresFieldsAndRolesOfNewerWriters() throws Exception {
    var wire =
        io.linewright.model.telemetry.wire.TelemetryBatch.newBuilder()
            .setDevice(PRESS.toString())
            .addSeries(
                io.linewright.model.telemetry.wire.TagSeries.newBuilder()
                    .setTag("x")
                    .setTypeValue(1)
                    .setRole("role-of-2031")
                    .addSourceUsDelta(1)
                    .addBooleans(true))
            .build()
            .toByteString()
            .concat(ByteString.copyFrom(new byte[] {(byte) 0xF8, 0x01, 0x05}));
    assertThat(TelemetryCodec.decode(wire.toByteArray()).series().getFirst().role())
        .isEqualTo(TagRole.PROCESS_VALUE);
  }

  private static void damage(byte[] bytes, Random random) {
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
  }

  private static TelemetryBatch random(Random random) {
    List<TagSeries> series = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      TagRole role = TagRole.values()[random.nextInt(TagRole.values().length)];
      List<Sample> samples = new ArrayList<>();
      int size = 1 + random.nextInt(6);
      for (int k = 0; k < size; k++) {
        samples.add(
            new Sample(
                random.nextInt(5) == 0 ? null : value(type, random),
                random.nextInt(3) == 0 ? StatusCode.of(random.nextInt()) : StatusCode.GOOD,
                random.nextInt(4) == 0 ? random.nextLong() : 1_780_000_000_000_000L + k,
                random.nextInt(3) == 0 ? random.nextInt(Sample.MAX_ORDINAL) : 0));
      }
      series.add(new TagSeries(new TagName("t/" + i), type, role, samples));
    }
    return new TelemetryBatch(
        PRESS,
        "acme:graz",
        "gw-1",
        random.nextLong(),
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
        series);
  }

  private static SampleValue value(DataType type, Random random) {
    return switch (type) {
      case BOOLEAN -> SampleValue.of(random.nextBoolean());
      case INTEGER -> SampleValue.of(random.nextLong());
      case DOUBLE -> SampleValue.of(Double.longBitsToDouble(random.nextLong()));
      case STRING -> SampleValue.of("grün " + random.nextInt());
      case BYTES ->
          new SampleValue.BytesValue(("b" + random.nextInt()).getBytes(StandardCharsets.UTF_8));
    };
  }
}
