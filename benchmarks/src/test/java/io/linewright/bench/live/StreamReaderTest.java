package io.linewright.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamReaderTest {

  private static final String STREAM =
      """
      HTTP/1.1 200\r
      Content-Type: text/event-stream\r
      \r
      event: begin
      data: {"given":"last-values","values":99}

      event: values
      data: [{"tag":"acme/a#x","value":1},{"tag":"acme/a#y","value":2}]
      id: p1769839200000000

      event: skipped
      data: {"values":37}

      : alive
      id: p1769839201000000

      event: values
      data: [{"tag":"acme/a#x","value":"\\"ta"}]

      event: skipped
      data: {"values":5}

      """;

  @Test
  void countsEventsValuesAndWhatWasSkippedHoweverTheStreamIsCut() {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      StreamReader reader = new StreamReader();
      for (int from = 0; from < bytes.length; from += size) {
        int count = Math.min(size, bytes.length - from);
        byte[] piece = new byte[count];
        System.arraycopy(bytes, from, piece, 0, count);
        reader.take(piece, count);
      }
      assertThat(reader.events()).as("pieces of %d", size).isEqualTo(2);
      assertThat(reader.values()).isEqualTo(3);
      assertThat(reader.skipped()).isEqualTo(42);
    }
  }
}
