package io.linewright.oee.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.slice.TimeCategory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonTreeTest {

  private final Reason technical = reason("technical", null);
  private final Reason jam = reason("jam", "technical");
  private final Reason deep = reason("deep", "jam");
  private final ReasonTree tree =
      new ReasonTree("press", List.of(jam, technical, deep), Map.of("31", "deep"), false);

  @Test
  void reasonsHaveAPathAndOnlyLeavesAreGiven() {
    assertThat(tree.path("deep")).containsExactly(technical, jam, deep);
    assertThat(tree.path("none")).isEmpty();
    assertThat(tree.isLeaf("deep")).isTrue();
    assertThat(tree.isLeaf("jam")).isFalse();
    assertThat(tree.isLeaf("none")).isFalse();
    assertThat(tree.byCode("jam")).hasValue(jam);
  }

  @Test
  void signalsAreTextsOfTheMachine() {
    assertThat(tree.bySignal(" 31\n")).hasValue(deep);
    assertThat(tree.bySignal("deep")).isEmpty();
    assertThat(tree.bySignal("")).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    List<Runnable> wrong =
        List.of(
            () -> new ReasonTree("", List.of(jam), Map.of(), false),
            () -> new ReasonTree("", List.of(technical, technical), Map.of(), false),
            () -> new ReasonTree("", List.of(reason("a", "a")), Map.of(), false),
            () -> new ReasonTree("", List.of(reason("a", "b"), reason("b", "a")), Map.of(), false),
            () -> new ReasonTree("", List.of(technical, jam), Map.of("1", "technical"), false),
            () -> new ReasonTree("", List.of(technical), Map.of("1", "x"), false),
            () -> reason("", null),
            () -> reason("a", ""),
            () -> new ReasonSignal(0, -1, "x"));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
    for (TimeCategory never :
        List.of(
            TimeCategory.PRODUCTION,
            TimeCategory.NO_DATA,
            TimeCategory.UNSCHEDULED,
            TimeCategory.PENDING)) {
      assertThatThrownBy(() -> new Reason("a", "", never, Maintenance.NONE, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Reason reason(String code, @Nullable String parent) {
    return new Reason(code, "", TimeCategory.BREAKDOWN, Maintenance.NONE, parent);
  }
}
