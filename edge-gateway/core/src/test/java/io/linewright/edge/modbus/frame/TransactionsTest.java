package io.linewright.edge.modbus.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.linewright.edge.modbus.frame.Transactions.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionsTest {

  private static final long SEED = 65_537;
  private static final long SETTLE = 100;

  private final Transactions<String> tcp = new Transactions<>(true, SETTLE);
  private final Transactions<String> rtu = new Transactions<>(false, SETTLE);

  @Test
  void answerGoesToItsRequestInAnyOrder() {
    int a = tcp.open("a", 1, 3, 0, 50);
    int b = tcp.open("b", 2, 4, 0, 50);

    assertThat(tcp.take(answer(b, 2, 4), 1)).isEqualTo(new Match<>(Optional.of("b"), false));
    assertThat(tcp.take(answer(a, 1, 0x83), 1)).isEqualTo(new Match<>(Optional.of("a"), false));
    assertThat(tcp.size()).isZero();
  }

  @Test
  void answerOfAnotherUnitOrFunctionIsNobodys() {
    int a = tcp.open("a", 1, 3, 0, 50);

    assertThat(tcp.take(answer(a, 2, 3), 1)).isEqualTo(new Match<>(Optional.empty(), false));
    assertThat(tcp.take(answer(a, 1, 4), 1)).isEqualTo(new Match<>(Optional.empty(), false));
    assertThat(tcp.take(answer(a + 1, 1, 3), 1)).isEqualTo(new Match<>(Optional.empty(), false));
    assertThat(tcp.take(answer(a, 1, 3), 1).request()).contains("a");
    assertThat(tcp.take(answer(a, 1, 3), 1)).isEqualTo(new Match<>(Optional.empty(), false));
  }

  @Test
  void requestsExpireAtTheirDeadlineAndLateAnswersAreKnown() {
    int a = tcp.open("a", 1, 3, 0, 50);
    tcp.open("b", 2, 3, 10, 60);
    assertThat(tcp.untilDeadline(20)).isEqualTo(30);

    assertThat(tcp.expire(49)).isEmpty();
    assertThat(tcp.expire(50)).containsExactly("a");
    assertThat(tcp.untilDeadline(50)).isEqualTo(10);
    assertThat(tcp.take(answer(a, 1, 3), 55)).isEqualTo(new Match<>(Optional.empty(), true));
    assertThat(tcp.take(answer(a, 1, 3), 56)).isEqualTo(new Match<>(Optional.empty(), false));
    assertThat(tcp.expire(99)).containsExactly("b");
    assertThat(tcp.untilDeadline(99)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void numberOfAGivenUpRequestIsNotUsedAgainWhileItsAnswerMayCome() {
    int lost = tcp.open("lost", 1, 3, 0, 50);
    tcp.expire(50);
    for (int i = 0; i < 200_000; i++) {
      int number = tcp.open("r", 1, 3, 0, 50);
      assertThat(number).isNotEqualTo(lost);
      assertThat(tcp.take(answer(number, 1, 3), 1).request()).contains("r");
    }
    assertThat(tcp.take(answer(lost, 1, 3), 1).late()).isTrue();
  }

  @Test
  void onlySoManyLateAnswersAreWaitedFor() {
    int first = tcp.open("first", 1, 3, 0, 50);
    tcp.expire(50);
    for (int i = 0; i < Transactions.MAX_ABANDONED; i++) {
      tcp.open("r", 1, 3, 0, 50);
      tcp.expire(50);
    }
    assertThat(tcp.take(answer(first, 1, 3), 60).late()).isFalse();
  }

  @Test
  void rtuHasOneRequestAtATime() {
    rtu.open("a", 1, 3, 0, 50);
    assertThat(rtu.mayOpen(1)).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> rtu.open("b", 2, 3, 1, 51));
    assertThat(rtu.take(answer(-1, 1, 3), 2).request()).contains("a");
    assertThat(rtu.mayOpen(2)).isTrue();
  }

  @Test
  void rtuWaitsForTheLateAnswerBeforeItAsksAgain() {
    rtu.open("a", 1, 3, 0, 50);
    assertThat(rtu.expire(50)).containsExactly("a");
    assertThat(rtu.mayOpen(51)).isFalse();
    assertThat(rtu.settleNanos(51)).isEqualTo(99);
    assertThat(rtu.take(answer(-1, 2, 3), 52).late()).isFalse();
    assertThat(rtu.mayOpen(53)).isFalse();
    assertThat(rtu.take(answer(-1, 1, 3), 60).late()).isTrue();
    assertThat(rtu.mayOpen(60)).isTrue();
    assertThat(rtu.settleNanos(60)).isZero();

    rtu.open("b", 1, 3, 60, 110);
    rtu.expire(110);
    assertThat(rtu.mayOpen(209)).isFalse();
    assertThat(rtu.mayOpen(210)).isTrue();
  }

  @Test
  void noAnswerEverGoesToAnotherRequest() {
    Random random = new Random(SEED);
    Transactions<Integer> transactions = new Transactions<>(true, SETTLE);
    List<int[]> device = new ArrayList<>(); // number, request
    long now = 0;
    int delivered = 0;
    for (int step = 0; step < 300_000; step++) {
      now++;
      if (transactions.size() < 20 && random.nextBoolean()) {
        int number = transactions.open(step, 1, 3, now, now + 30);
        device.add(new int[] {number, step});
      }
      transactions.expire(now);
      if (!device.isEmpty() && random.nextInt(10) < 6) {
        int[] sent = device.remove(random.nextInt(device.size()));
        Optional<Integer> owner = transactions.take(answer(sent[0], 1, 3), now).request();
        if (owner.isPresent()) {
          assertThat(owner.get()).as("seed %d step %d", SEED, step).isEqualTo(sent[1]);
          delivered++;
        }
      }
    }
    assertThat(delivered).isGreaterThan(1000);
  }

  private static Frame answer(int number, int unit, int function) {
    return new Frame(number, unit, new byte[] {(byte) function, 2, 0, 0});
  }
}
