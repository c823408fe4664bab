package io.linewright.bench.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.bench.plant.StoredSample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Payloads are put together here byte by byte, by Sparkplug's protobuf definition. */
class ArrivalsTest {

  private static final String DATA = "spBv1.0/acme:graz/DDATA/gw-1/body:line-1:press-1";
  private static final String BIRTH = "spBv1.0/acme:graz/DBIRTH/gw-1/body:line-1:press-1";
  private static final String TAG = "acme/graz/body/line-1/press-1#force";

  private final Arrivals arrivals =
      new Arrivals(InstantSource.fixed(Instant.ofEpochMilli(1_000_250)));

  @Test
  void valueIsKeptWithTagTimeStatusAndLatency() {
    birth();
    arrivals.take(DATA, data(1, 0, value(1_000_000, 125, 0, 2.5)));
    arrivals.take(DATA, data(2, 1, value(1_000_000, 126, 0x80310000L, null)));

    TagLog log = Objects.requireNonNull(arrivals.byTag().get(TAG));
    assertThat(log.samples())
        .containsExactly(
            new StoredSample(1_000_000_125L, 0, 0, "2.5"),
            new StoredSample(1_000_000_126L, 0, 0x80310000L, null));
    assertThat(log.latencyMicros(0)).isEqualTo(249_875);
    assertThat(log.isGood(1)).isFalse();
    assertThat(arrivals.plantValues()).isEqualTo(2);
  }

  @Test
  void recordIsTakenOnceAndOnlyBehindItsPredecessor() {
    birth();
    byte[] first = data(1, 0, value(1, 0, 0, 1.0));
    byte[] third = data(3, 2, value(3, 0, 0, 3.0));
    arrivals.take(DATA, first);
    arrivals.take(DATA, first);
    arrivals.take(DATA, third);
    assertThat(arrivals.sums().values()).isOne();
    assertThat(arrivals.sums().repeatedRecords()).isOne();
    assertThat(arrivals.sums().gaps()).isOne();
    assertThat(arrivals.confirmation("h"))
        .contains("\"epoch\":7")
        .contains("\"live\":1")
        .contains("\"backfill\":0");

    arrivals.take(DATA, data(2, 1, value(2, 0, 0, 2.0)));
    arrivals.take(DATA, third);
    assertThat(arrivals.sums().values()).isEqualTo(3);
    assertThat(Objects.requireNonNull(arrivals.byTag().get(TAG)).disorder()).isZero();
  }

  @Test
  void aliasThatNoBirthDeclaredIsCounted() {
    birth();
    arrivals.take(DATA, data(1, 0, metric(field(2, 99), field(3, 5), doubleField(13, 1.0))));
    assertThat(arrivals.sums().unknown()).isOne();
  }

  @Test
  void cutMessageIsRefused() {
    birth();
    byte[] whole = data(1, 0, value(1, 0, 0, 1.0));
    assertThatThrownBy(() -> arrivals.take(DATA, java.util.Arrays.copyOf(whole, whole.length - 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void olderValueBehindAYoungerOneIsDisorder() {
    birth();
    arrivals.take(DATA, data(1, 0, join(value(5, 0, 0, 1.0), value(4, 0, 0, 2.0))));
    assertThat(Objects.requireNonNull(arrivals.byTag().get(TAG)).disorder()).isOne();
  }

  private void birth() {
    arrivals.take(
        BIRTH,
        join(
            metric(text(1, "Linewright/Epoch"), field(2, 1), field(11, 7)),
            metric(text(1, "Linewright/Lane"), field(2, 2)),
            metric(text(1, "Linewright/Position"), field(2, 3)),
            metric(text(1, "Linewright/Previous"), field(2, 4)),
            metric(text(1, "force"), field(2, 10), field(4, 10))));
  }

  private static byte[] data(long position, long previous, byte[] values) {
    return join(
        values,
        metric(field(2, 2), text(15, "live")),
        metric(field(2, 3), field(11, position)),
        metric(field(2, 4), field(11, previous)));
  }

  private static byte[] value(
      long millis, long micros, long status, @org.jspecify.annotations.Nullable Double value) {
    byte[] properties =
        message(
            9,
            join(
                text(1, "sourceMicros"),
                text(1, "statusCode"),
                message(2, join(field(1, 3), field(3, micros))),
                message(2, join(field(1, 3), field(3, status)))));
    return metric(
        field(2, 10),
        field(3, millis),
        properties,
        value == null ? field(7, 1) : doubleField(13, value));
  }

  private static byte[] metric(byte[]... fields) {
    return message(2, join(fields));
  }

  private static byte[] message(int number, byte[] content) {
    return join(varint((long) number << 3 | 2), varint(content.length), content);
  }

  private static byte[] text(int number, String text) {
    return message(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int number, long value) {
    return join(varint((long) number << 3), varint(value));
  }

  private static byte[] doubleField(int number, double value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    return join(varint((long) number << 3 | 1), bytes);
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
