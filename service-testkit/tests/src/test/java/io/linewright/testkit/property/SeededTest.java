package io.linewright.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededTest {

  @Test
  void everyRunHasAnotherSeed() {
    Set<Long> first = new HashSet<>();
    Seeded.check(20, random -> first.add(random.nextLong()));
    assertThat(first).hasSize(20);
  }

  @Test
  void aFailureNamesItsSeed() {
    assertThatThrownBy(
            () ->
                Seeded.check(
                    1,
                    random -> {
                      throw new IllegalStateException("does not hold");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dlinewright.seed=")
        .hasRootCauseMessage("does not hold");
  }
}
