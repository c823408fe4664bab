package io.linewright.edge.modbus.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes on the wire per word order, written by hand from the definition: A is the most significant
 * byte (the first character), CDAB reverses the words, BADC swaps the bytes within words, DCBA does
 * both. Register contents of one word are those of the standard's examples: 555 = 0x022B, 0 and 100
 * (clause 6.3), 10 = 0x000A (6.4).
 */
class GoldenMatrixTest {

  @ParameterizedTest
  @CsvSource({
    "INT16,   ABCD, FFFE,             -2",
    "INT16,   CDAB, FFFE,             -2",
    "INT16,   BADC, FEFF,             -2",
    "INT16,   DCBA, FEFF,             -2",
    "UINT16,  ABCD, 022B,             555",
    "UINT16,  CDAB, 022B,             555",
    "UINT16,  BADC, 2B02,             555",
    "UINT16,  DCBA, 2B02,             555",
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
    "BCD16,   ABCD, 1234,             1234",
    "BCD16,   CDAB, 1234,             1234",
    "BCD16,   BADC, 3412,             1234",
    "BCD16,   DCBA, 3412,             1234",
    "BCD32,   ABCD, 12345678,         12345678",
    "BCD32,   CDAB, 56781234,         12345678",
    "BCD32,   BADC, 34127856,         12345678",
    "BCD32,   DCBA, 78563412,         12345678",
  })
  void wholeNumbers(Encoding encoding, WordOrder order, String wire, long expected) {
    assertBothWays(Places.place(encoding, order), wire, SampleValue.of(expected));
    if ((long) (double) expected == expected) { // a double holds it exactly
      assertBothWays(Places.place(encoding, order), wire, SampleValue.of((double) expected));
    }
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
  void floats(Encoding encoding, WordOrder order, String wire, double expected) {
    assertBothWays(Places.place(encoding, order), wire, SampleValue.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "ABCD, 505553482D312E3A, PUSH-1.:",
    "CDAB, 2E3A2D3153485055, PUSH-1.:",
    "BADC, 55504853312D3A2E, PUSH-1.:",
    "DCBA, 3A2E312D48535550, PUSH-1.:",
  })
  void texts(WordOrder order, String wire, String expected) {
    assertBothWays(Places.text(8, Padding.NUL, order), wire, SampleValue.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"ABCD, 0001", "CDAB, 0001", "BADC, 0100", "DCBA, 0100"})
  void wordsAsTruth(WordOrder order, String wire) {
    assertBothWays(Places.place(Encoding.BOOL, order), wire, SampleValue.of(true));
    assertBothWays(Places.place(Encoding.BOOL, order), "0000", SampleValue.of(false));
  }

  @ParameterizedTest
  @CsvSource({
    "ABCD, 0, 0001",
    "CDAB, 15, 8000",
    "BADC, 0, 0100",
    "DCBA, 15, 0080",
    "BADC, 9, 0002",
  })
  void bitsOfARegister(WordOrder order, int bit, String wire) {
    ModbusRegister place = Places.bit(bit, order);
    byte[] set = HexFormat.of().parseHex(wire);

    assertThat(Places.decode(set, place, DataType.BOOLEAN))
        .isEqualTo(new Decoded.Value(SampleValue.of(true)));
    int others = ~((set[0] & 0xFF) << 8 | set[1] & 0xFF);
    assertThat(
            Places.decode(
                new byte[] {(byte) (others >> 8), (byte) others}, place, DataType.BOOLEAN))
        .isEqualTo(new Decoded.Value(SampleValue.of(false)));
    assertThat(RegisterEncoder.encode(SampleValue.of(true), place))
        .isEqualTo(new Encoded.Bit(Integer.parseInt(wire, 16), true));
  }

  @Test
  void everyEncodingIsInTheMatrix() {
    // A new encoding must be added above as well.
    Set<Encoding> covered =
        new HashSet<>(Set.of(Encoding.INT16, Encoding.UINT16, Encoding.INT32, Encoding.UINT32));
    covered.addAll(Set.of(Encoding.INT64, Encoding.UINT64, Encoding.FLOAT32, Encoding.FLOAT64));
    covered.addAll(Set.of(Encoding.BCD16, Encoding.BCD32, Encoding.STRING, Encoding.BOOL));
    assertThat(covered).containsExactlyInAnyOrderElementsOf(Arrays.asList(Encoding.values()));
  }

  private static void assertBothWays(ModbusRegister place, String hex, SampleValue value) {
    byte[] wire = HexFormat.of().parseHex(hex);
    assertThat(Places.decode(wire, place, value.type())).isEqualTo(new Decoded.Value(value));
    assertThat(RegisterEncoder.encode(value, place))
        .isInstanceOfSatisfying(
            Encoded.Registers.class,
            registers ->
                assertThat(HexFormat.of().withUpperCase().formatHex(registers.wire()))
                    .isEqualTo(hex));
  }
}
