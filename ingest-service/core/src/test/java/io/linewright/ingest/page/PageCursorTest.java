package io.linewright.ingest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.page.PageCursor.Newest;
import io.linewright.ingest.page.PageCursor.Pin;
import io.linewright.ingest.page.PageCursor.Question;
import io.linewright.ingest.page.PageCursor.Shown;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

  private static final Shown USUAL = new Shown(false, null, false);

  @Test
  void comesBackAsItWas() {
    List<Pin> many =
        IntStream.range(0, PageCursor.MOST_PINS)
            .mapToObj(i -> new Pin(Integer.MAX_VALUE - i, Long.MAX_VALUE - i))
            .toList();
    for (var cursor :
        new PageCursor[] {
          new PageCursor(question("a#b", USUAL, 0, 0, 0), 0, 0),
          new PageCursor(
              question(
                  "a/b-1#Größe", new Shown(false, null, true), -2, Long.MIN_VALUE, Long.MAX_VALUE),
              -1,
              32_767),
          PageCursor.begin(
              new Question(
                  "a/b#c/d",
                  new Shown(true, "[degF]", false),
                  null,
                  Long.MIN_VALUE,
                  5,
                  9,
                  1_700_000_001_000_000L,
                  many)),
          PageCursor.begin(
              new Question("a#b", USUAL, new Newest("Cel", true), -3, 5, 9, 7, List.of())),
          PageCursor.begin(new Question("a#b", USUAL, new Newest("1", false), 4, 5, 9, 7, many)),
          PageCursor.begin(question("a/b#c/d", USUAL, 5, 9, 7, new Pin(1, 0)))
              .after(1_700_000_000_123_456L, 3)
        }) {
      assertThat(PageCursor.decode(cursor.encode())).isEqualTo(cursor);
    }
  }

  @Test
  void keepsTheQuestionAndMovesOnlyThePosition() {
    Question question = question("a#b", new Shown(true, "K", false), 10, 20, 30, new Pin(7, 4));
    var first = PageCursor.begin(question);

    assertThat(first.sourceMicros()).isEqualTo(10);
    assertThat(first.ordinal()).isEqualTo(-1);
    assertThat(first.after(15, 2)).isEqualTo(new PageCursor(question, 15, 2));
  }

  @Test
  void aPartIsWhatIsLeftWithinATime() {
    var cursor = PageCursor.begin(question("a#b", USUAL, 10, 20, 30)).after(14, 2);

    assertThat(cursor.within(0, 14)).isEmpty();
    assertThat(cursor.within(0, 16).orElseThrow())
        .isEqualTo(new PageCursor(question("a#b", USUAL, 10, 16, 30), 14, 2));
    assertThat(cursor.within(18, 99).orElseThrow())
        .isEqualTo(new PageCursor(question("a#b", USUAL, 10, 20, 30), 18, -1));
  }

  @Test
  void knowsTheCorrectionsOfEachStoredTagThatItPins() {
    Question question = question("a#b", USUAL, 10, 20, 30, new Pin(7, 4), new Pin(8, 0));

    assertThat(question.pinned(7)).hasValue(4);
    assertThat(question.pinned(8)).hasValue(0);
    assertThat(question.pinned(9)).isEmpty();
  }

  @Test
  void pinsNoMoreThanFitAnUrl() {
    List<Pin> many = IntStream.rangeClosed(0, 32).mapToObj(i -> new Pin(i, 1)).toList();

    assertThatThrownBy(() -> new Question("a#b", USUAL, null, 0, 1, 2, 3, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 32");
  }

  @Test
  void needsNoEscapingInAnUrl() {
    assertThat(new PageCursor(question("a#ü", USUAL, -5, 7, Long.MIN_VALUE), -5, 7).encode())
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
    String text =
        new PageCursor(question("a#b", USUAL, 1, 2, 4, new Pin(5, 6)), 1_700_000_000_123_456L, 3)
            .encode();
    for (int i = 0; i < text.length() - 1; i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> PageCursor.decode(changed))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A checksum is no secret: whoever makes a cursor gets the same refusal, whatever is in it. */
  @Test
  void refusesWhatSomebodyMadeWithTheRightChecksum() {
    byte[] made = Base64.getUrlDecoder().decode(PageCursor.begin(some()).encode());
    int pins = 2 + 3 * Long.BYTES + Short.BYTES + 2 * Long.BYTES;
    for (int count : new int[] {31, 100, 127}) {
      made[pins] = (byte) count;
      assertThatThrownBy(() -> PageCursor.decode(signed(made)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor is not one of this service");
    }
    made[pins] = 0;
    made[pins + 1] = 127;
    assertThatThrownBy(() -> PageCursor.decode(signed(made)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor is not one of this service");
  }

  private static Question some() {
    return question("a#b", USUAL, 1, 2, 3);
  }

  private static String signed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Question question(
      String tag, Shown shown, long from, long to, long upTo, Pin... pins) {
    return new Question(tag, shown, null, Long.MAX_VALUE, from, to, upTo, List.of(pins));
  }
}
