package io.linewright.edge.app.uplink.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.fuzz.Damage;
import io.linewright.testkit.property.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comes on the topic of confirmations is read, or passed over; it never ends the sender. */
class ConfirmationFuzzTest {

  private static final List<byte[]> GOOD =
      Stream.of(
              "{\"host\":\"linewright\",\"epoch\":4711,\"live\":120,\"backfill\":17,\"timestamp\":1}",
              "{\"host\":[1],\"epoch\":99999999999999999999,\"live\":1e400,\"backfill\":-5}")
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  @Test
  void confirmations() {
    Seeded.check(
        7,
        random -> {
          for (int i = 0; i < 10_000; i++) {
            Confirmation.read(Damage.of(GOOD, random));
          }
        });
  }

  @Test
  void numbersBeyond64BitsAndDeepNestingAreNoConfirmation() {
    assertThat(Confirmation.read(GOOD.get(1))).isEmpty();
    assertThat(Confirmation.read("[".repeat(4096).getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Confirmation.read(new byte[5_000])).isEmpty();
    assertThat(Confirmation.read(GOOD.get(0)))
        .contains(new Confirmation("linewright", 4711, 120, 17, 1));
  }
}
