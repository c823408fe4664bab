package io.linewright.edge.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.opcua.ValuePath.Field;
import io.linewright.edge.opcua.ValuePath.Index;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePathTest {

  @Test
  void stepsAreFieldsAndElements() {
    assertThat(ValuePath.parse("Axes[2].Load.Peak").steps())
        .isEqualTo(List.of(new Field("Axes"), new Index(2), new Field("Load"), new Field("Peak")));
    assertThat(ValuePath.parse("[1][0]").steps()).isEqualTo(List.of(new Index(1), new Index(0)));
    assertThat(ValuePath.parse("[3].Über Maß").steps())
        .isEqualTo(List.of(new Index(3), new Field("Über Maß")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0]", "X", "X.Y", "[1][2].a", "Axes[2].Load"})
  void isWrittenAsRead(String text) {
    assertThat(ValuePath.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".x",
        "x.",
        "x..y",
        "[",
        "[]",
        "[-1]",
        "[x]",
        "x]",
        "[99999999]",
        "[2000000]",
        "[0]x",
        "a\nb"
      })
  void nonsenseIsRefused(String text) {
    assertThatThrownBy(() -> ValuePath.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void depthIsBounded() {
    assertThat(ValuePath.parse("[1]".repeat(ValuePath.MAX_STEPS)).steps()).hasSize(16);
    assertThatThrownBy(() -> ValuePath.parse("[1]".repeat(ValuePath.MAX_STEPS + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsTheWholeValue() {
    assertThat(ValuePath.WHOLE.whole()).isTrue();
    assertThat(ValuePath.WHOLE).hasToString("");
    assertThat(ValuePath.parse("[0]").whole()).isFalse();
  }
}
