package io.linewright.edge.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void partsKeepOrderAndLimit() {
    Random random = new Random(12);
    for (int round = 0; round < 500; round++) {
      List<Integer> items = numbers(random.nextInt(200));
      int most = 1 + random.nextInt(50);
      List<List<Integer>> parts = Batches.of(items, most);
      assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(items);
      assertThat(parts).allMatch(part -> !part.isEmpty() && part.size() <= most);
    }
  }

  /** Whatever is bad in a batch: halving isolates exactly the bad ones, in few calls. */
  @Test
  void halvingIsolatesTheBadOnes() {
    Random random = new Random(13);
    for (int round = 0; round < 300; round++) {
      List<Integer> items = numbers(1 + random.nextInt(1000));
      Set<Integer> bad = new HashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        bad.add(random.nextInt(items.size()));
      }
      List<Integer> refused = new ArrayList<>();
      List<Integer> created = new ArrayList<>();
      int calls = tryOut(items, bad, created, refused);
      assertThat(refused).containsExactlyInAnyOrderElementsOf(bad);
      assertThat(created).hasSize(items.size() - bad.size());
      assertThat(calls).isLessThanOrEqualTo(1 + 2 * bad.size() * 10);
    }
  }

  private static int tryOut(
      List<Integer> items, Set<Integer> bad, List<Integer> created, List<Integer> refused) {
    if (items.stream().noneMatch(bad::contains)) {
      created.addAll(items);
      return 1;
    }
    if (items.size() == 1) {
      refused.addAll(items);
      return 1;
    }
    int calls = 1;
    for (List<Integer> half : Batches.halves(items)) {
      calls += tryOut(half, bad, created, refused);
    }
    return calls;
  }

  @Test
  void serversLimitCountsUnderOurs() {
    assertThat(Batches.limit(0, 1000)).isEqualTo(1000);
    assertThat(Batches.limit(50, 1000)).isEqualTo(50);
    assertThat(Batches.limit(4_294_967_295L, 1000)).isEqualTo(1000);
  }

  @Test
  void impossibleIsRefused() {
    assertThatThrownBy(() -> Batches.of(numbers(3), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Batches.halves(numbers(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
