package io.linewright.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockEventsTest {

  private final StreamReader one = new StreamReader();
  private final StreamReader other = new StreamReader();

  @Test
  void theOpeningValuesAreNoEventOfTheBlock() {
    values(one, 1);
    values(other, 1);

    BlockEvents events = new BlockEvents(List.of(one, other));

    assertThat(events.silent()).isEqualTo(2);
    assertThat(events.fewest()).isZero();
  }

  @Test
  void eachStreamHasToBringSomething() {
    BlockEvents events = new BlockEvents(List.of(one, other));

    values(one, 3);
    assertThat(events.silent()).isOne();

    values(other, 2);
    assertThat(events.silent()).isZero();
    assertThat(events.fewest()).isEqualTo(2);
  }

  private static void values(StreamReader reader, int events) {
    byte[] bytes =
        "event: values\ndata: [{\"tag\":\"a#b\",\"value\":1}]\n\n"
            .repeat(events)
            .getBytes(StandardCharsets.UTF_8);
    reader.take(bytes, bytes.length);
  }
}
