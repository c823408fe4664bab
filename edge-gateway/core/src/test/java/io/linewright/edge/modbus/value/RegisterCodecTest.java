package io.linewright.edge.modbus.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterCodecTest {

  private static final long SEED = 4711;

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      Encoding encoding = Encoding.values()[random.nextInt(Encoding.values().length)];
      WordOrder order = WordOrder.values()[random.nextInt(4)];
      ModbusRegister place =
          encoding == Encoding.STRING
              ? Places.text(
                  1 + random.nextInt(RegisterForm.MAX_LENGTH),
                  Padding.values()[random.nextInt(2)],
                  order)
              : Places.place(encoding, order);
      SampleValue value = generated(place, random);

      assertThat(RegisterEncoder.encode(value, place))
          .as("seed %d round %d %s %s", SEED, round, place, value)
          .isInstanceOfSatisfying(
              Encoded.Registers.class,
              written -> {
                assertThat(written.wire()).hasSize(2 * place.registers());
                assertThat(Places.decode(written.wire(), place, value.type()))
                    .isEqualTo(new Decoded.Value(value));
              });
    }
  }

  private static SampleValue generated(ModbusRegister place, Random random) {
    return switch (place.encoding()) {
      case BOOL -> SampleValue.of(random.nextBoolean());
      case INT16 -> SampleValue.of((long) (short) random.nextInt());
      case UINT16 -> SampleValue.of((long) random.nextInt(65536));
      case INT32 -> SampleValue.of((long) random.nextInt());
      case UINT32 -> SampleValue.of(random.nextInt() & 0xFFFFFFFFL);
      case INT64 -> SampleValue.of(random.nextLong());
      case UINT64 -> SampleValue.of(random.nextLong() >>> 1);
      case FLOAT32 -> SampleValue.of((double) (float) random.nextGaussian(0, 1e6));
      case FLOAT64 -> SampleValue.of(Double.longBitsToDouble(random.nextLong() >>> 1));
      case BCD16 -> SampleValue.of((long) random.nextInt(10_000));
      case BCD32 -> SampleValue.of((long) random.nextInt(100_000_000));
      case STRING -> {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(place.form().length() + 1);
        for (int i = 0; i < length; i++) {
          text.append((char) (33 + random.nextInt(223)));
        }
        yield SampleValue.of(text.toString());
      }
    };
  }

  @Test
  void scaledNumbersComeBackWithinHalfAStep() {
    Random random = new Random(SEED);
    double[] scales = {0.1, 0.01, 0.001, 0.5, 2, 10, 0.25, 1.0 / 3, 3.7, -0.1};
    for (int round = 0; round < 20_000; round++) {
      double scale = scales[random.nextInt(scales.length)];
      double offset = random.nextInt(-400, 401) / 10.0;
      ModbusRegister place = Places.scaled(Encoding.INT16, scale, offset);
      short raw = (short) random.nextInt();
      Encoded.Registers wire =
          registers(SampleValue.of((long) raw), Places.place(Encoding.INT16, WordOrder.ABCD));

      Decoded decoded = Places.decode(wire.wire(), place, DataType.DOUBLE);
      assertThat(decoded).isInstanceOf(Decoded.Value.class);
      SampleValue value = ((Decoded.Value) decoded).value();
      assertThat(((SampleValue.DoubleValue) value).value())
          .isCloseTo(raw * scale + offset, org.assertj.core.data.Offset.offset(1e-9));
      assertThat(registers(value, place).wire())
          .as("seed %d round %d raw %d scale %s offset %s", SEED, round, raw, scale, offset)
          .isEqualTo(wire.wire());
    }
  }

  private static Encoded.Registers registers(SampleValue value, ModbusRegister place) {
    Encoded encoded = RegisterEncoder.encode(value, place);
    assertThat(encoded).isInstanceOf(Encoded.Registers.class);
    return (Encoded.Registers) encoded;
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0.1, 0, 0.3",
    "235, 0.1, 0, 23.5",
    "7, 0.01, 0, 0.07",
    "200, 0.1, -40, -20",
    "5, 2, 1, 11"
  })
  void decimalScalesGiveTheNearestDouble(long raw, double scale, double offset, double expected) {
    ModbusRegister place = Places.scaled(Encoding.UINT16, scale, offset);
    assertThat(RegisterDecoder.number(raw, place, DataType.DOUBLE))
        .isEqualTo(new Decoded.Value(SampleValue.of(expected)));
  }

  @Test
  void wholeScalesKeepIntegers() {
    ModbusRegister tens = Places.scaled(Encoding.UINT64, 10, -5);
    assertThat(RegisterDecoder.number(12, tens, DataType.INTEGER))
        .isEqualTo(new Decoded.Value(SampleValue.of(115L)));
    assertThat(RegisterDecoder.number(Long.MAX_VALUE, tens, DataType.INTEGER))
        .isInstanceOf(Decoded.Unusable.class);
    assertThat(registers(SampleValue.of(115L), tens).wire())
        .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 12});
    assertThat(RegisterDecoder.fits(Encoding.INT16, RegisterForm.scaled(0.1, 0), DataType.INTEGER))
        .isFalse();
    assertThat(RegisterDecoder.fits(Encoding.INT16, RegisterForm.scaled(10, 0), DataType.INTEGER))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BCD16, 123A, ABCD",
    "BCD16, F000, ABCD",
    "BCD32, 1234567B, ABCD",
    "BCD32, A0000000, DCBA"
  })
  void digitAboveNineIsBadWithReason(Encoding encoding, String wire, WordOrder order) {
    ModbusRegister place = Places.place(encoding, order);
    assertThat(Places.decode(HexFormat.of().parseHex(wire), place, DataType.INTEGER))
        .isInstanceOfSatisfying(
            Decoded.Unusable.class,
            bad -> {
              assertThat(bad.status().isBad()).isTrue();
              assertThat(bad.reason()).contains("is not BCD");
            });
  }

  @Test
  void unsignedBeyondSigned64BitsIsNoInteger() {
    ModbusRegister place = Places.place(Encoding.UINT64, WordOrder.ABCD);
    assertThat(RegisterDecoder.number(-1, place, DataType.INTEGER))
        .isInstanceOfSatisfying(
            Decoded.Unusable.class,
            bad -> assertThat(bad.reason()).startsWith("18446744073709551615 exceeds"));
    assertThat(RegisterDecoder.number(-1, place, DataType.DOUBLE))
        .isEqualTo(new Decoded.Value(SampleValue.of(1.8446744073709552E19)));
  }

  @Test
  void textsEndAtZeroAndLoseTheirPadding() {
    byte[] wire = "AB \0CD".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(RegisterDecoder.text(wire, 0, Places.text(6, Padding.NUL, WordOrder.ABCD)))
        .isEqualTo("AB ");
    assertThat(RegisterDecoder.text(wire, 0, Places.text(6, Padding.SPACE, WordOrder.ABCD)))
        .isEqualTo("AB");
    // An odd length leaves the last byte of the last register out.
    assertThat(
            RegisterDecoder.text(
                new byte[] {'x', 'y', 'z', '!'}, 0, Places.text(3, Padding.NUL, WordOrder.ABCD)))
        .isEqualTo("xyz");
    assertThat(
            registers(SampleValue.of("ab"), Places.text(3, Padding.SPACE, WordOrder.BADC)).wire())
        .containsExactly('b', 'a', 0, ' ');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT16 | 32768 | does not fit int16, -32768 to 32767",
        "UINT16 | -1 | does not fit uint16, 0 to 65535",
        "UINT64 | -1 | does not fit uint64",
        "BCD16 | 10000 | does not fit bcd16, 0 to 9999",
        "BCD32 | -3 | does not fit bcd32",
        "BOOL | 1 | a number cannot be written as bool",
        "STRING | 1 | a number cannot be written as string"
      })
  void integersThatDoNotFitAreRefused(Encoding encoding, long value, String reason) {
    assertRefused(SampleValue.of(value), Places.place(encoding, WordOrder.ABCD), reason);
  }

  @Test
  void otherValuesThatDoNotFitAreRefused() {
    ModbusRegister number = Places.place(Encoding.INT32, WordOrder.ABCD);
    assertRefused(SampleValue.of(1.5), number, "1.5 is not whole");
    assertRefused(SampleValue.of(Double.NaN), number, "NaN cannot be written as int32");
    assertRefused(SampleValue.of(true), number, "a truth value cannot be written as int32");
    assertRefused(SampleValue.of("x"), number, "a text cannot be written as int32");
    assertRefused(new SampleValue.BytesValue(new byte[1]), number, "a byte string");
    assertRefused(
        SampleValue.of(1e39),
        Places.place(Encoding.FLOAT32, WordOrder.ABCD),
        "exceeds what float32");
    assertRefused(SampleValue.of(7000.0), Places.scaled(Encoding.UINT16, 0.1, 0), "is raw 70000");
    ModbusRegister text = Places.text(2, Padding.NUL, WordOrder.ABCD);
    assertRefused(SampleValue.of("abc"), text, "has 3 characters, the tag takes 2");
    assertRefused(SampleValue.of("€"), text, "beyond ISO 8859-1");
    assertRefused(SampleValue.of("a\0"), text, "zero byte");
  }

  private static void assertRefused(SampleValue value, ModbusRegister place, String reason) {
    assertThat(RegisterEncoder.encode(value, place))
        .isInstanceOfSatisfying(
            Encoded.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void infinitiesAndNaNAreFloats() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0}) {
      for (Encoding encoding : new Encoding[] {Encoding.FLOAT32, Encoding.FLOAT64}) {
        ModbusRegister place = Places.place(encoding, WordOrder.CDAB);
        assertThat(
                Places.decode(
                    registers(SampleValue.of(value), place).wire(), place, DataType.DOUBLE))
            .isEqualTo(new Decoded.Value(SampleValue.of(value)));
      }
    }
  }

  @Test
  void coilsAreBits() {
    var coil = new ModbusRegister(Table.COIL, 3, Encoding.BOOL, WordOrder.ABCD);
    assertThat(RegisterEncoder.encode(SampleValue.of(true), coil))
        .isEqualTo(new Encoded.Coil(true));
    // Clause 6.1, example: 38 coils from 20 are CD 6B B2 0E 1B; coil 27 is the highest of CD.
    byte[] answer = HexFormat.of().parseHex("CD6BB20E1B");
    assertThat(RegisterDecoder.bit(answer, 0)).isEqualTo(1);
    assertThat(RegisterDecoder.bit(answer, 1)).isZero();
    assertThat(RegisterDecoder.bit(answer, 7)).isEqualTo(1);
    assertThat(RegisterDecoder.bit(answer, 36)).isEqualTo(1);
    assertThat(RegisterDecoder.bit(answer, 37)).isZero();
  }

  @Test
  void shortAnswerIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(
            () ->
                RegisterDecoder.bits(new byte[6], 0, Places.place(Encoding.INT64, WordOrder.ABCD)));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(
            () ->
                RegisterDecoder.text(new byte[3], 0, Places.text(4, Padding.NUL, WordOrder.ABCD)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RegisterDecoder.number(
                    0, Places.text(4, Padding.NUL, WordOrder.ABCD), DataType.STRING));
  }

  @Test
  void formsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> RegisterForm.ofBit(16));
    assertThatIllegalArgumentException().isThrownBy(() -> RegisterForm.text(247, Padding.NUL));
    assertThatIllegalArgumentException().isThrownBy(() -> RegisterForm.scaled(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> RegisterForm.scaled(1, Double.NaN));
  }

  @Test
  void typesThatFit() {
    assertThat(fits(Encoding.BOOL, DataType.BOOLEAN)).isTrue();
    assertThat(fits(Encoding.BOOL, DataType.INTEGER)).isFalse();
    assertThat(fits(Encoding.FLOAT32, DataType.INTEGER)).isFalse();
    assertThat(fits(Encoding.UINT16, DataType.DOUBLE)).isTrue();
    assertThat(fits(Encoding.UINT16, DataType.STRING)).isFalse();
    assertThat(fits(Encoding.STRING, DataType.STRING)).isTrue();
    assertThat(fits(Encoding.BCD32, DataType.INTEGER)).isTrue();
  }

  private static boolean fits(Encoding encoding, DataType type) {
    return RegisterDecoder.fits(encoding, RegisterForm.PLAIN, type);
  }
}
