package io.linewright.edge.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterDecoderTest {

  private static final long SEED = 4711;

  /**
   * Bytes on the wire per word order, written by hand from the definition: A is the most
   * significant byte, CDAB swaps words, BADC swaps the bytes within words, DCBA does both. For
   * 64-bit values A..H; swapping words reverses all four.
   */
  @ParameterizedTest
  @CsvSource({
    "INT16,   ABCD, FFFE,             -2",
    "INT16,   CDAB, FFFE,             -2",
    "INT16,   BADC, FEFF,             -2",
    "INT16,   DCBA, FEFF,             -2",
    "UINT16,  ABCD, FFFE,             65534",
    "UINT16,  CDAB, FFFE,             65534",
    "UINT16,  BADC, FEFF,             65534",
    "UINT16,  DCBA, FEFF,             65534",
    "INT32,   ABCD, FEDCBA98,         -19088744",
    "INT32,   CDAB, BA98FEDC,         -19088744",
    "INT32,   BADC, DCFE98BA,         -19088744",
    "INT32,   DCBA, 98BADCFE,         -19088744",
    "UINT32,  ABCD, FEDCBA98,         4275878552",
    "UINT32,  CDAB, BA98FEDC,         4275878552",
    "UINT32,  BADC, DCFE98BA,         4275878552",
    "UINT32,  DCBA, 98BADCFE,         4275878552",
    "INT64,   ABCD, FEDCBA9876543210, -81985529216486896",
    "INT64,   CDAB, 32107654BA98FEDC, -81985529216486896",
    "INT64,   BADC, DCFE98BA54761032, -81985529216486896",
    "INT64,   DCBA, 1032547698BADCFE, -81985529216486896",
    "UINT64,  ABCD, 0123456789ABCDEF, 81985529216486895",
    "UINT64,  CDAB, CDEF89AB45670123, 81985529216486895",
    "UINT64,  BADC, 23016745AB89EFCD, 81985529216486895",
    "UINT64,  DCBA, EFCDAB8967452301, 81985529216486895",
  })
  void integersInAllOrders(Encoding encoding, WordOrder order, String wire, long expected) {
    long bits = RegisterDecoder.bits(HexFormat.of().parseHex(wire), 0, encoding, order);

    assertThat(RegisterDecoder.value(bits, encoding, DataType.INTEGER))
        .contains(SampleValue.of(expected));
    assertThat(RegisterDecoder.value(bits, encoding, DataType.DOUBLE))
        .contains(SampleValue.of((double) expected));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, ABCD, 42F6E979,         123.45600128173828",
    "FLOAT32, CDAB, E97942F6,         123.45600128173828",
    "FLOAT32, BADC, F64279E9,         123.45600128173828",
    "FLOAT32, DCBA, 79E9F642,         123.45600128173828",
    "FLOAT64, ABCD, 405EDD2F1A9FBE77, 123.456",
    "FLOAT64, CDAB, BE771A9FDD2F405E, 123.456",
    "FLOAT64, BADC, 5E402FDD9F1A77BE, 123.456",
    "FLOAT64, DCBA, 77BE9F1A2FDD5E40, 123.456",
    "FLOAT32, ABCD, 7FC00000,         NaN",
    "FLOAT64, ABCD, FFF0000000000000, -Infinity",
  })
  void floatsInAllOrders(Encoding encoding, WordOrder order, String wire, double expected) {
    long bits = RegisterDecoder.bits(HexFormat.of().parseHex(wire), 0, encoding, order);

    assertThat(RegisterDecoder.value(bits, encoding, DataType.DOUBLE))
        .contains(SampleValue.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "7, 1", "8, 0", "9, 1"})
  void bitsComeLowestFirst(int index, long expected) {
    byte[] answer = {(byte) 0b1000_0001, 0b0000_0010};

    assertThat(RegisterDecoder.bit(answer, index)).isEqualTo(expected);
  }

  @Test
  void wordIsTrueUnlessZero() {
    assertThat(RegisterDecoder.value(0, Encoding.BOOL, DataType.BOOLEAN))
        .contains(SampleValue.of(false));
    assertThat(RegisterDecoder.value(0x0100, Encoding.BOOL, DataType.BOOLEAN))
        .contains(SampleValue.of(true));
  }

  @Test
  void unsignedBeyondSigned64BitsIsNoInteger() {
    assertThat(RegisterDecoder.value(-1, Encoding.UINT64, DataType.INTEGER)).isEmpty();
    assertThat(RegisterDecoder.value(-1, Encoding.UINT64, DataType.DOUBLE))
        .contains(SampleValue.of(1.8446744073709552E19));
  }

  @Test
  void shortAnswerIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> RegisterDecoder.bits(new byte[6], 0, Encoding.INT64, WordOrder.ABCD));
  }

  @Test
  void everyOrderIsAPermutationOfTheSameBits() {
    Random random = new Random(SEED);
    for (int round = 0; round < 10_000; round++) {
      long value = random.nextLong();
      for (Encoding encoding : Encoding.values()) {
        int words = encoding.registers();
        long mask = words == 4 ? -1 : (1L << 16 * words) - 1;
        for (WordOrder order : WordOrder.values()) {
          byte[] wire = new byte[2 + 2 * words];
          encode(value & mask, words, order, wire);
          assertThat(RegisterDecoder.bits(wire, 1, encoding, order))
              .as("seed %d round %d %s %s", SEED, round, encoding, order)
              .isEqualTo(value & mask);
        }
      }
    }
  }

  /** Writes byte by byte, another way round than the decoder reads. */
  private static void encode(long bits, int words, WordOrder order, byte[] wire) {
    for (int b = 0; b < 2 * words; b++) {
      byte value = (byte) (bits >>> 8 * b); // b = 0: least significant
      int place =
          switch (order) {
            case ABCD -> 2 * words - 1 - b;
            case DCBA -> b;
            case CDAB -> b ^ 1;
            case BADC -> 2 * words - 1 - (b ^ 1);
          };
      wire[2 + place] = value;
    }
  }

  @Test
  void typesThatFit() {
    assertThat(RegisterDecoder.fits(Encoding.BOOL, DataType.BOOLEAN)).isTrue();
    assertThat(RegisterDecoder.fits(Encoding.BOOL, DataType.INTEGER)).isFalse();
    assertThat(RegisterDecoder.fits(Encoding.FLOAT32, DataType.INTEGER)).isFalse();
    assertThat(RegisterDecoder.fits(Encoding.UINT16, DataType.DOUBLE)).isTrue();
    assertThat(RegisterDecoder.fits(Encoding.UINT16, DataType.STRING)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 0x803D0000", "2, 0x80890000", "4, 0x808B0000", "6, 0x80040000", "11, 0x80310000"})
  void exceptionAnswersHaveAStatus(int code, String status) {
    assertThat(ExceptionCodes.status(code)).hasToString(status);
    assertThat(ExceptionCodes.name(code)).isNotEmpty();
    assertThat(ExceptionCodes.asksForPatience(code)).isEqualTo(code == 6);
  }
}
