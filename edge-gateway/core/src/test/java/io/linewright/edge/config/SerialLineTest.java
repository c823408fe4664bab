package io.linewright.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.Connection.SerialLine;
import io.linewright.edge.config.Connection.SerialLine.Parity;
import org.junit.jupiter.api.Test;

class SerialLineTest {

  @Test
  void charactersHaveElevenBits() {
    assertThat(new SerialLine(9600, Parity.EVEN, 1).nanos(1)).isEqualTo(1_145_833);
    assertThat(new SerialLine(9600, Parity.NONE, 2).nanos(1)).isEqualTo(1_145_833);
    assertThat(new SerialLine(9600, Parity.NONE, 1).nanos(960)).isEqualTo(1_000_000_000);
  }

  @Test
  void silenceIsThreeAndAHalfCharactersAndOnFastLinesFixed() {
    assertThat(new SerialLine(9600, Parity.EVEN, 1).silenceNanos()).isEqualTo(4_010_416);
    assertThat(new SerialLine(19_200, Parity.EVEN, 1).silenceNanos()).isEqualTo(2_005_208);
    assertThat(new SerialLine(115_200, Parity.EVEN, 1).silenceNanos()).isEqualTo(1_750_000);
  }
}
