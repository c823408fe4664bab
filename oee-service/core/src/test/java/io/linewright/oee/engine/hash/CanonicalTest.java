package io.linewright.oee.engine.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.oee.engine.EngineStopTest;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.Vocabularies;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalTest {

  private record Two(@Nullable Object one, @Nullable Object other) {}

  private record Twin(@Nullable Object one, @Nullable Object other) {}

  @Test
  void theOrderOfSetsAndMapsDoesNotMatter() {
    Map<String, Integer> up = new LinkedHashMap<>();
    up.put("a", 1);
    up.put("b", 2);
    Map<String, Integer> down = new LinkedHashMap<>();
    down.put("b", 2);
    down.put("a", 1);
    assertThat(Canonical.text(up)).isEqualTo(Canonical.text(down));
    Set<String> one = new LinkedHashSet<>(List.of("x", "y", "z"));
    Set<String> other = new LinkedHashSet<>(List.of("z", "x", "y"));
    assertThat(Canonical.text(new Two(one, up))).isEqualTo(Canonical.text(new Two(other, down)));
  }

  @Test
  void valuesThatDifferHaveTextsThatDiffer() {
    List<@Nullable Object> values =
        Arrays.asList(
            null,
            "",
            "1",
            "12",
            "~",
            1,
            12,
            true,
            false,
            List.of(),
            List.of("a", "b"),
            List.of("b", "a"),
            List.of("ab"),
            List.of("a,b"),
            List.of("a", List.of("b")),
            List.of(List.of("a"), "b"),
            Set.of("a"),
            Map.of("a", "b"),
            Map.of("a=b", ""),
            Map.of("a", "b", "c", "d"),
            Map.of("a", "b;c=d"),
            new Two("a", "b"),
            new Two("a", null),
            new Two(null, "a"),
            new Two("b", "a"),
            new Twin("a", "b"),
            new Span(1, 12),
            new Span(11, 12),
            Duration.ofSeconds(1),
            Duration.ofNanos(1),
            OptionalLong.of(1),
            OptionalLong.empty(),
            Optional.of("x"),
            TimeCategory.SETUP,
            Vocabularies.packml(),
            Vocabularies.words(),
            EngineStopTest.tree(false),
            EngineStopTest.tree(true),
            0.5);
    Set<String> texts = new HashSet<>();
    for (Object value : values) {
      assertThat(texts.add(Canonical.text(value))).as("%s", value).isTrue();
    }
  }

  @Test
  void largeValuesThatAreEqualHaveOneText() {
    ReasonTree tree = EngineStopTest.tree(false);
    String text = Canonical.text(tree);
    assertThat(Canonical.text(EngineStopTest.tree(true))).isNotEqualTo(text);
    assertThat(Canonical.text(EngineStopTest.tree(false))).isEqualTo(text);
    // So many that the first is forgotten and made again.
    for (int i = 0; i < 100; i++) {
      Canonical.text(EngineStopTest.tree(false));
    }
    assertThat(Canonical.text(tree)).isEqualTo(text);
  }

  @Test
  void whatIsNotKnownToBeTheSameEverywhereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Canonical.text(Collections.singletonList(new Object())))
        .withMessageContaining("Object");
  }
}
