package io.linewright.ingest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

  @Test
  void comesBackAsItWas() {
    for (var cursor :
        new PageCursor[] {
          new PageCursor("a#b", 0, 0, 0, 0, 0, 0),
          new PageCursor(
              "a/b-1#Größe", -2, Long.MIN_VALUE, -1, 32_767, Long.MAX_VALUE, PageCursor.RAW),
          PageCursor.begin("a/b#c/d", 5, 9, 1_700_000_001_000_000L, 12),
          PageCursor.begin("a/b#c/d", 5, 9, 7, 1).after(1_700_000_000_123_456L, 3)
        }) {
      assertThat(PageCursor.decode(cursor.encode())).isEqualTo(cursor);
    }
  }

  @Test
  void keepsTheQuestionAndMovesOnlyThePosition() {
    var first = PageCursor.begin("a#b", 10, 20, 30, 4);

    assertThat(first.sourceMicros()).isEqualTo(10);
    assertThat(first.ordinal()).isEqualTo(-1);
    assertThat(first.after(15, 2)).isEqualTo(new PageCursor("a#b", 10, 20, 15, 2, 30, 4));
  }

  @Test
  void needsNoEscapingInAnUrl() {
    assertThat(new PageCursor("a#ü", -5, 7, -5, 7, Long.MIN_VALUE, 1).encode())
        .matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesWhatIsNotACursor(String text) {
    assertThatThrownBy(() -> PageCursor.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void refusesACursorOfWhichOneCharacterWasChanged() {
    String text = new PageCursor("a#b", 1, 2, 1_700_000_000_123_456L, 3, 4, 5).encode();
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> PageCursor.decode(changed))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
