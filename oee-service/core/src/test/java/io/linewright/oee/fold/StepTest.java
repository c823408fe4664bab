package io.linewright.oee.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {

  @Test
  void factsStayAsTheyWere() {
    List<String> facts = new ArrayList<>(List.of("one"));
    Step<Integer, String> step = new Step<>(1, facts);
    facts.add("two");
    assertThat(step.facts()).containsExactly("one");
    assertThatThrownBy(() -> step.facts().add("three"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
