package io.linewright.edge.modbus.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  private static final long SEED = 20261120;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Request of the example in the implementation guide, clause 3.1.2: unit 255, read register 5.
   */
  @Test
  void requestHasTheHeaderOfTheGuide() {
    byte[] bytes = new MbapFraming().encode(new Frame(0x1501, 0xFF, hex("0300040001")));
    assertThat(HEX.formatHex(bytes)).isEqualTo("150100000006FF0300040001");
  }

  /** The first is the worked example of MODBUS over Serial Line V1.02, clause 6.2.2. */
  @ParameterizedTest
  @CsvSource({"2, 07, 02074112", "1, 030000000A, 01030000000AC5CD", "17, 0302022B, 110302022B38F8"})
  void rtuMessagesEndWithTheirCheckSum(int unit, String pdu, String wire) {
    byte[] bytes = new RtuFraming().encode(new Frame(Frame.UNNUMBERED, unit, hex(pdu)));
    assertThat(HEX.formatHex(bytes)).isEqualTo(wire);
  }

  @Test
  void anyCutOfTheStreamGivesTheSameMessages() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      for (boolean numbered : new boolean[] {true, false}) {
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Framing writer = framing(numbered);
        for (int i = random.nextInt(1, 8); i > 0; i--) {
          Frame frame = answer(random, numbered);
          sent.add(text(frame));
          stream.writeBytes(writer.encode(frame));
        }
        assertThat(received(framing(numbered), stream.toByteArray(), random))
            .as("seed %d round %d numbered %s", SEED, round, numbered)
            .isEqualTo(sent);
      }
    }
  }

  @Test
  void rtuFindsItsPlaceAgainBehindGarbage() throws Exception {
    Random random = new Random(SEED);
    int found = 0;
    for (int round = 0; round < 500; round++) {
      RtuFraming framing = new RtuFraming();
      byte[] garbage = new byte[random.nextInt(1, 30)];
      random.nextBytes(garbage);
      Frame frame = answer(random, false);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      stream.writeBytes(garbage);
      stream.writeBytes(framing.encode(frame));
      stream.writeBytes(new byte[300]); // what follows ends every wrong start
      found += received(framing, stream.toByteArray(), random).contains(text(frame)) ? 1 : 0;
      assertThat(framing.discarded()).isPositive();
    }
    // Garbage may itself claim to be a longer message and swallow the true one only by its sum.
    assertThat(found).isEqualTo(500);
  }

  @Test
  void flippedBitIsNoAnswer() throws Exception {
    byte[] bytes = new RtuFraming().encode(new Frame(-1, 17, hex("0302022B")));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] broken = bytes.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(new RtuFraming().decode(broken, broken.length)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void resetForgetsHalfAMessage() throws Exception {
    RtuFraming rtu = new RtuFraming();
    rtu.decode(hex("110302"), 3);
    rtu.reset();
    assertThat(rtu.discarded()).isEqualTo(3);
    assertThat(rtu.decode(hex("110302022B38F8"), 7)).hasSize(1);
    MbapFraming tcp = new MbapFraming();
    tcp.decode(hex("0001"), 2);
    tcp.reset();
    assertThat(tcp.decode(hex("000100000003010302"), 9)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "00010001000401030200, protocol 1",
    "00010000000101, claims 1 bytes",
    "0001000000FF01, claims 255 bytes",
    "00010000FFFF01, claims 65535 bytes"
  })
  void headersThatCannotBeModbusEndTheConnection(String wire, String reason) {
    assertThatExceptionOfType(FramingException.class)
        .isThrownBy(() -> new MbapFraming().decode(hex(wire), wire.length() / 2))
        .withMessageContaining(reason);
  }

  @Test
  void pdusOutOfSizeAreNotSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MbapFraming().encode(new Frame(0, 1, new byte[0])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RtuFraming().encode(new Frame(0, 1, new byte[254])));
  }

  /** Half a million streams for each framing: no error but the declared one, nothing unbounded. */
  @Test
  void hostileBytesNeverBreakTheDecoders() {
    Random random = new Random(SEED);
    byte[] bytes = new byte[64];
    Framing tcp = new MbapFraming();
    RtuFraming rtu = new RtuFraming();
    long refused = 0;
    long accepted = 0;
    for (int round = 0; round < 500_000; round++) {
      int length = hostile(random, bytes);
      try {
        accepted += checked(tcp.decode(bytes, length));
      } catch (FramingException expected) {
        refused++;
        tcp = new MbapFraming();
      }
      accepted += checked(rtu.decode(bytes, length));
    }
    assertThat(refused).isPositive();
    assertThat(accepted).isPositive();
    assertThat(rtu.discarded()).isPositive();
  }

  /** Noise, or an answer that is nearly right. */
  private static int hostile(Random random, byte[] bytes) {
    random.nextBytes(bytes);
    int length = random.nextInt(bytes.length + 1);
    if (random.nextBoolean()) {
      byte[] good =
          framing(random.nextBoolean())
              .encode(new Frame(random.nextInt(65536), random.nextInt(256), hex("0302022B")));
      length = good.length;
      System.arraycopy(good, 0, bytes, 0, length);
      for (int edits = random.nextInt(3); edits > 0; edits--) {
        bytes[random.nextInt(length)] = (byte) random.nextInt();
      }
    }
    return length;
  }

  private static int checked(List<Frame> frames) {
    for (Frame frame : frames) {
      assertThat(frame.pdu().length).isBetween(1, Frame.MAX_PDU);
      assertThat(frame.unit()).isBetween(0, 255);
    }
    return frames.size();
  }

  private static Framing framing(boolean numbered) {
    return numbered ? new MbapFraming() : new RtuFraming();
  }

  private static List<String> received(Framing framing, byte[] stream, Random random)
      throws FramingException {
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int size = Math.min(random.nextInt(1, 40), stream.length - at);
      byte[] chunk = java.util.Arrays.copyOfRange(stream, at, at + size);
      framing.decode(chunk, size).forEach(frame -> texts.add(text(frame)));
      at += size;
    }
    return texts;
  }

  /** An answer of one of the function codes, with random content. */
  private static Frame answer(Random random, boolean numbered) {
    int[] functions = {1, 2, 3, 4, 23, 5, 6, 15, 16, 22, 0x83, 0x97};
    int function = functions[random.nextInt(functions.length)];
    int size =
        switch (function) {
          case 5, 6, 15, 16 -> 5;
          case 22 -> 7;
          case 0x83, 0x97 -> 2;
          default -> 2 + random.nextInt(252);
        };
    byte[] pdu = new byte[size];
    random.nextBytes(pdu);
    pdu[0] = (byte) function;
    if (function < 5 || function == 23) {
      pdu[1] = (byte) (size - 2);
    }
    int transaction = numbered ? random.nextInt(65536) : Frame.UNNUMBERED;
    return new Frame(transaction, random.nextInt(256), pdu);
  }

  private static String text(Frame frame) {
    return frame.transaction() + " " + frame.unit() + " " + HEX.formatHex(frame.pdu());
  }

  private static byte[] hex(String text) {
    return HEX.parseHex(text);
  }
}
