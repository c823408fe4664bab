package io.linewright.model.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.SampleStream.Block;
import io.linewright.model.telemetry.SampleStream.End;
import io.linewright.model.telemetry.SampleStream.Head;
import io.linewright.model.telemetry.SampleStream.Row;
import io.linewright.model.telemetry.SampleStream.Version;
import io.linewright.model.telemetry.SampleStreamException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleStreamTest {

  private static final TagKey TEMPERATURE =
      TagKey.parse("acme/graz/body/line-1/press-01#bearing/temperature");
  private static final Head HEAD = new Head(TEMPERATURE, DataType.DOUBLE, "Cel", List.of());
  private static final long BEGIN = 1_780_000_000_000_000L;

  /** What a reader has got of a stream. */
  private record Received(Head head, List<Block> blocks, End end) {
    List<Row> rows() {
      return blocks.stream().flatMap(block -> block.rows().stream()).toList();
    }
  }

  @Test
  void readsBackWhateverWasWritten() throws IOException {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      Head head = new Head(TEMPERATURE, type, "1", List.of());
      List<Row> rows = random(random, type);
      String next = random.nextBoolean() ? "cursor-" + seed : null;

      Received received = read(write(head, rows, next));

      assertThat(received.head()).as("seed %d", seed).isEqualTo(head);
      assertThat(received.rows()).as("seed %d", seed).isEqualTo(rows);
      assertThat(received.end())
          .as("seed %d", seed)
          .isEqualTo(new End(rows.size(), Optional.ofNullable(next)));
    }
  }

  @Test
  void versionsAndTypesHaveBlocksOfTheirOwn() throws IOException {
    List<Version> versions =
        List.of(
            new Version(1, OptionalLong.empty(), DataType.INTEGER, "1", "1"),
            new Version(2, OptionalLong.of(BEGIN + 2), DataType.STRING, "", ""));
    Head head = new Head(TEMPERATURE, DataType.STRING, "", versions);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SampleStreamWriter writer = new SampleStreamWriter(bytes, head);
    writer.add(1, row(SampleValue.of(7L), StatusCode.GOOD, BEGIN));
    writer.add(1, row(null, StatusCode.BAD, BEGIN + 1));
    writer.add(2, row(null, StatusCode.BAD, BEGIN + 2));
    writer.add(2, row(SampleValue.of("RUN"), StatusCode.GOOD, BEGIN + 3));
    writer.add(2, row(SampleValue.of(""), StatusCode.of(0x40900000), BEGIN + 4));
    writer.add(2, row(SampleValue.of(1.5), StatusCode.GOOD, BEGIN + 5));
    writer.end(null);

    Received received = read(bytes.toByteArray());

    assertThat(received.head()).isEqualTo(head);
    assertThat(received.blocks())
        .extracting(Block::version, Block::type, block -> block.rows().size())
        .containsExactly(
            tuple(1, DataType.INTEGER, 2),
            tuple(2, DataType.STRING, 3),
            tuple(2, DataType.DOUBLE, 1));
    assertThat(received.rows()).hasSize(6);
  }

  @Test
  void longTextsAndManySamplesAreDividedBelowTheLimits() throws IOException {
    List<Row> texts = new ArrayList<>();
    String longest = "ä".repeat(SampleValue.MAX_BYTES / 2);
    for (int i = 0; i < 40; i++) {
      texts.add(row(SampleValue.of(longest), StatusCode.GOOD, BEGIN + i));
    }
    Head head = new Head(TEMPERATURE, DataType.STRING, "", List.of());
    assertThat(read(write(head, texts, null)).rows()).isEqualTo(texts);

    List<Row> numbers = new ArrayList<>();
    for (int i = 0; i < SampleStream.MAX_BLOCK + 1; i++) {
      // The longest form of everything.
      numbers.add(
          new Row(
              new Sample(
                  SampleValue.of(Long.MIN_VALUE), StatusCode.BAD, BEGIN + i, Sample.MAX_ORDINAL),
              i % 2 == 0 ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2,
              i % 2 == 0 ? Long.MAX_VALUE / 2 : Long.MIN_VALUE / 2));
    }
    Received received = read(write(HEAD, numbers, null));
    assertThat(received.blocks()).hasSize(2);
    assertThat(received.rows()).isEqualTo(numbers);
  }

  @Test
  void aStreamThatIsCutAnywhereIsKnownToBeBrokenOff() throws IOException {
    byte[] whole = write(HEAD, random(new Random(7), DataType.DOUBLE), null);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              SampleStreamException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_OFF));
    }
  }

  @Test
  void damagedBytesGiveATypedErrorOrAStreamButNeverAnythingElse() throws IOException {
    int refused = 0;
    for (long seed = 1; seed <= 10_000; seed++) {
      Random random = new Random(seed);
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      byte[] bytes = write(new Head(TEMPERATURE, type, "1", List.of()), random(random, type), null);
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        read(bytes);
      } catch (SampleStreamException expected) {
        refused++;
      } catch (RuntimeException wrong) {
        throw new AssertionError("seed " + seed, wrong);
      }
    }
    assertThat(refused).isGreaterThan(2_000);
  }

  @Test
  void aLengthAllocatesNothing() {
    // 1 MiB, the most that is allowed, of which nothing comes; 2 MiB; more than any int.
    assertRefused(Reason.BROKEN_OFF, 0x80, 0x80, 0x40);
    assertRefused(Reason.TOO_LARGE, 0x80, 0x80, 0x80, 0x01);
    assertRefused(Reason.TOO_LARGE, 0xff, 0xff, 0xff, 0xff, 0x7f);
  }

  @Test
  void refusesWhatContradictsItself() throws IOException {
    Row late = row(SampleValue.of(1.0), StatusCode.GOOD, BEGIN);
    byte[] backwards =
        write(HEAD, List.of(row(SampleValue.of(2.0), StatusCode.GOOD, BEGIN + 1), late), null);
    assertInvalid(backwards, "not after");
    assertInvalid(write(HEAD, List.of(late, late), null), "not after");

    byte[] one = write(HEAD, List.of(late), null);
    byte[] none = write(HEAD, List.of(), null);
    // The head and columns of the one, the end of the other.
    int head = none[0] + 1;
    ByteArrayOutputStream mixed = new ByteArrayOutputStream();
    mixed.write(one, 0, head + one[head] + 1);
    mixed.write(none, head, none.length - head);
    assertInvalid(mixed.toByteArray(), "the end says 0 samples, but 1 came");

    assertInvalid(Arrays.copyOfRange(one, head, one.length), "does not begin with a head");
    assertInvalid(Arrays.copyOf(one, one.length + 1), "follows the end");
  }

  private static void assertInvalid(byte[] bytes, String why) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            SampleStreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .hasMessageContaining(why);
  }

  private static void assertRefused(Reason reason, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int one : bytes) {
      out.write(one);
    }
    assertThatThrownBy(() -> read(out.toByteArray()))
        .isInstanceOfSatisfying(
            SampleStreamException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] write(Head head, List<Row> rows, @Nullable String next) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SampleStreamWriter writer = new SampleStreamWriter(bytes, head);
    for (Row row : rows) {
      writer.add(0, row);
    }
    writer.end(next);
    return bytes.toByteArray();
  }

  private static Received read(byte[] bytes) throws IOException {
    try (SampleStreamReader reader = new SampleStreamReader(new ByteArrayInputStream(bytes))) {
      List<Block> blocks = new ArrayList<>();
      for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
        blocks.add(next.get());
      }
      return new Received(reader.head(), blocks, reader.end());
    }
  }

  private static Row row(@Nullable SampleValue value, StatusCode status, long micros) {
    return new Row(new Sample(value, status, micros, 0), micros + 50_000, micros + 200_000);
  }

  private static List<Row> random(Random random, DataType type) {
    List<Row> rows = new ArrayList<>();
    long time = random.nextInt(4) == 0 ? -BEGIN : BEGIN;
    int ordinal = 0;
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(4) == 0) {
        ordinal++;
      } else {
        ordinal = 0;
        time += 1 + random.nextInt(1_000_000);
      }
      rows.add(
          new Row(
              new Sample(
                  random.nextInt(5) == 0 ? null : value(type, random),
                  random.nextInt(3) == 0 ? StatusCode.of(random.nextInt()) : StatusCode.GOOD,
                  time,
                  ordinal),
              random.nextInt(4) == 0 ? random.nextLong() : time + random.nextInt(50_000),
              time + random.nextInt(1_000_000)));
    }
    return rows;
  }

  private static SampleValue value(DataType type, Random random) {
    return switch (type) {
      case BOOLEAN -> SampleValue.of(random.nextBoolean());
      case INTEGER -> SampleValue.of(random.nextLong());
      case DOUBLE ->
          SampleValue.of(
              switch (random.nextInt(5)) {
                case 0 -> Double.NaN;
                case 1 -> Double.NEGATIVE_INFINITY;
                case 2 -> -0.0;
                default -> Double.longBitsToDouble(random.nextLong());
              });
      case STRING -> SampleValue.of(random.nextInt(4) == 0 ? "" : "grün " + random.nextInt());
      case BYTES -> new BytesValue(("b" + random.nextInt()).getBytes(StandardCharsets.UTF_8));
    };
  }
}
