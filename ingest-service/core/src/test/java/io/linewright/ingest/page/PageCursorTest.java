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
          new PageCursor(0, 0, 0),
          new PageCursor(-1, 32_767, Long.MAX_VALUE),
          new PageCursor(1_700_000_000_123_456L, 3, 1_700_000_001_000_000L)
        }) {
      assertThat(PageCursor.decode(cursor.encode())).isEqualTo(cursor);
    }
  }

  @Test
  void needsNoEscapingInAnUrl() {
    assertThat(new PageCursor(-5, 7, Long.MIN_VALUE).encode()).matches("[A-Za-z0-9_-]+");
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
    String text = new PageCursor(1_700_000_000_123_456L, 3, 4).encode();
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> PageCursor.decode(changed))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
