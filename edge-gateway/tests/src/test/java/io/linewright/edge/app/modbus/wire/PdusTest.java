package io.linewright.edge.app.modbus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import io.linewright.edge.modbus.write.WriteRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests and answers are the examples of MODBUS Application Protocol V1.1b3, clauses 6.1 to 6.17.
 */
class PdusTest {

  private static final long SEED = 23;

  @ParameterizedTest
  @CsvSource({
    "COIL, 19, 19, 0100130013, 0103CD6B05, CD6B05",
    "DISCRETE, 196, 22, 0200C40016, 0203ACDB35, ACDB35",
    "HOLDING, 107, 3, 03006B0003, 0306022B00000064, 022B00000064",
    "INPUT, 8, 1, 0400080001, 0402000A, 000A"
  })
  void readsOfTheStandard(
      Table table, int start, int count, String request, String answer, String data) {
    ReadBlock block = block(table, start, count);
    assertThat(hex(Pdus.request(block))).isEqualTo(request);
    assertThat(Pdus.exceptionCode(bytes(answer))).isZero();
    assertThat(Pdus.data(block, bytes(answer))).isEqualTo(bytes(data));
    for (String wrong :
        List.of(
            answer + "00", answer.substring(0, answer.length() - 2), "05" + answer.substring(2))) {
      assertThat(Pdus.data(block, bytes(wrong))).as(wrong).isNull();
    }
  }

  @Test
  void writesOfTheStandard() {
    assertWrite(new WriteRequest.SingleCoil(172, true), "0500ACFF00", "0500ACFF00");
    assertWrite(new WriteRequest.SingleRegister(1, 3), "0600010003", "0600010003");
    assertWrite(new WriteRequest.Coils(19, 10, bytes("CD01")), "0F0013000A02CD01", "0F0013000A");
    assertWrite(
        new WriteRequest.Registers(1, bytes("000A0102")), "100001000204000A0102", "1000010002");
    assertWrite(new WriteRequest.Mask(4, 0xF2, 0x25), "16000400F20025", "16000400F20025");
    WriteRequest.WriteThenRead both = new WriteRequest.WriteThenRead(14, bytes("00FF00FF00FF"));
    assertWrite(both, "17000E0003000E00030600FF00FF00FF", "170600FF00FF00FF");
    assertThat(Pdus.data(both, bytes("170600FE0ACD0001"))).isEqualTo(bytes("00FE0ACD0001"));
  }

  private static void assertWrite(WriteRequest write, String request, String answer) {
    assertThat(hex(Pdus.request(write))).isEqualTo(request);
    assertThat(Pdus.confirms(write, bytes(answer))).isTrue();
    assertThat(Pdus.confirms(write, bytes(answer + "00"))).isFalse();
    byte[] other = bytes(answer);
    other[1] ^= 1;
    assertThat(Pdus.confirms(write, other)).isFalse();
  }

  @Test
  void exceptionsOfTheStandard() {
    assertThat(Pdus.exceptionCode(bytes("8102"))).isEqualTo(2);
    assertThat(Pdus.exceptionCode(bytes("81"))).isEqualTo(-1);
    assertThat(Pdus.exceptionCode(bytes("810203"))).isEqualTo(-1);
  }

  @Test
  void hostileAnswersAreRefusedQuietly() {
    Random random = new Random(SEED);
    WriteRequest write = new WriteRequest.WriteThenRead(14, new byte[6]);
    int accepted = 0;
    for (int round = 0; round < 200_000; round++) {
      Table table = Table.values()[random.nextInt(4)];
      ReadBlock block = block(table, random.nextInt(100), 1 + random.nextInt(4));
      byte[] answer = new byte[1 + random.nextInt(12)];
      random.nextBytes(answer);
      if (random.nextBoolean()) {
        answer[0] = (byte) random.nextInt(25);
        answer[answer.length - 1] = (byte) random.nextInt(9);
      }
      byte[] data = Pdus.data(block, answer);
      accepted += data == null ? 0 : 1;
      int expected = block.ofBits() ? 1 : 2 * block.count();
      assertThat(data == null || data.length == expected).isTrue();
      Pdus.confirms(write, answer);
      assertThat(Pdus.exceptionCode(answer)).isBetween(-1, 255);
    }
    assertThat(accepted).isPositive();
  }

  private static ReadBlock block(Table table, int start, int count) {
    Slot slot = new Slot(0, new ModbusRegister(table, start, Encoding.BOOL, WordOrder.ABCD));
    return new ReadBlock(table, start, count, List.of(slot));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
