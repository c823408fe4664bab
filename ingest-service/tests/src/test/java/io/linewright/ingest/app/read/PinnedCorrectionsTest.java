package io.linewright.ingest.app.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.page.PageCursor.Pin;
import io.linewright.ingest.page.PageCursor.Question;
import io.linewright.ingest.page.PageCursor.Shown;
import io.linewright.ingest.truth.Ranges;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinnedCorrectionsTest {

  private final List<String> asked = new ArrayList<>();

  @Test
  void whatTheCursorPinsIsReadOnce() {
    PinnedCorrections corrections = of(false, new Pin(1, 5), new Pin(2, 0));
    for (int i = 0; i < 3; i++) {
      assertThat(corrections.edition(1)).isEqualTo(edition(1, 5));
      assertThat(corrections.edition(2)).isNull();
      assertThat(corrections.version(1)).isEqualTo(5);
    }
    assertThat(asked).containsExactly("edition 1 up to 5");
  }

  @Test
  void ofWhatItDoesNotPinTheNewestIsLookedForOnce() {
    PinnedCorrections corrections = of(false, new Pin(1, 5));
    for (int i = 0; i < 3; i++) {
      assertThat(corrections.edition(9)).isEqualTo(edition(9, 90));
    }
    assertThat(asked).containsExactly("version 9", "edition 9 up to 90");
  }

  @Test
  void nothingCountsForRawSamplesButAllIsTold() {
    PinnedCorrections corrections = of(true);

    assertThat(corrections.edition(1)).isNull();
    assertThat(corrections.version(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(asked).isEmpty();
  }

  private PinnedCorrections of(boolean raw, Pin... pins) {
    return new PinnedCorrections(
        new Question("a#b", new Shown(false, null, raw), null, 0, 0, 1, 2, List.of(pins)),
        id -> {
          asked.add("version " + id);
          return id * 10L;
        },
        (id, version) -> {
          asked.add("edition %d up to %d".formatted(id, version));
          return edition(id, version);
        });
  }

  private static Edition edition(int tagId, long version) {
    return new Edition(tagId, version, Ranges.NONE);
  }
}
