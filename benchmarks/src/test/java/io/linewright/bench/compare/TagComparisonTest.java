package io.linewright.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TagComparisonTest {

  private static final OptionalLong FROM = OptionalLong.of(100);

  @Test
  void everythingOnceIsSentAndStored() {
    assertThat(TagComparison.of(truth(false, 50, 100, 110, 120), FROM, stored(50, 100, 110, 120)))
        .isEqualTo(new Verdict(3, 3, 0, 0, 0, 0));
  }

  @Test
  void aMissingRowIsLost() {
    assertThat(TagComparison.of(truth(false, 100, 110, 120), FROM, stored(100, 120)))
        .isEqualTo(new Verdict(3, 2, 1, 0, 0, 0));
  }

  @Test
  void theSameRowTwiceIsRepeated() {
    assertThat(TagComparison.of(truth(false, 100, 110), FROM, stored(100, 110, 110)))
        .isEqualTo(new Verdict(2, 2, 0, 1, 0, 0));
  }

  @Test
  void twoChangesInOneMicrosecondAreTwoRows() {
    List<TruthLine> truth =
        List.of(new TruthLine(100, "t", "1", false), new TruthLine(100, "t", "2", false));
    List<StoredSample> both =
        List.of(new StoredSample(100, 0, 0, "1"), new StoredSample(100, 1, 0, "2"));
    assertThat(TagComparison.of(truth, FROM, both)).isEqualTo(new Verdict(2, 2, 0, 0, 0, 0));
    assertThat(TagComparison.of(truth, FROM, both.subList(0, 1)).lost()).isEqualTo(1);
  }

  @Test
  void anotherValueAtTheSameInstantIsWrongAndTheTrueOneLost() {
    List<StoredSample> rows = List.of(new StoredSample(100, 0, 0, "999"));
    assertThat(TagComparison.of(truth(false, 100), FROM, rows))
        .isEqualTo(new Verdict(1, 0, 1, 0, 1, 0));
  }

  @Test
  void badRowsAreCountedApart() {
    List<StoredSample> rows = new ArrayList<>(stored(100));
    rows.add(new StoredSample(105, 0, 0x80310000L, null));
    assertThat(TagComparison.of(truth(false, 100), FROM, rows))
        .isEqualTo(new Verdict(1, 1, 0, 0, 0, 1));
  }

  @Test
  void polledSourcesAreComparedByOrderNotByTime() {
    assertThat(
            TagComparison.of(
                truth(true, 50, 100, 110, 120), FROM, polled(55, 50, 104, 100, 117, 110, 125, 120)))
        .isEqualTo(new Verdict(3, 3, 0, 0, 0, 0));
    assertThat(TagComparison.of(truth(true, 50, 100, 110, 120), FROM, polled(104, 100, 125, 120)))
        .isEqualTo(new Verdict(3, 2, 1, 0, 0, 0));
    assertThat(
            TagComparison.of(truth(true, 50, 100, 110), FROM, polled(104, 100, 106, 100, 117, 110)))
        .isEqualTo(new Verdict(2, 2, 0, 1, 0, 0));
    assertThat(
            TagComparison.of(truth(true, 50, 100, 110), FROM, polled(104, 100, 106, 7, 117, 110)))
        .isEqualTo(new Verdict(2, 2, 0, 0, 1, 0));
  }

  @Test
  void theValueThatStoodAtTheBeginningMayBeStoredOnce() {
    assertThat(TagComparison.of(truth(true, 50, 110), FROM, polled(101, 50, 112, 110)))
        .isEqualTo(new Verdict(1, 1, 0, 0, 0, 0));
    assertThat(TagComparison.of(truth(true, 50, 99, 110), FROM, polled(52, 50, 101, 99, 112, 110)))
        .isEqualTo(new Verdict(1, 1, 0, 0, 0, 0));
    assertThat(TagComparison.of(truth(true, 50, 110), FROM, polled(101, 50, 103, 50, 112, 110)))
        .isEqualTo(new Verdict(1, 1, 0, 1, 0, 0));
  }

  @Test
  void theValueThatStillStandsAfterASilenceIsNeitherWrongNorRepeated() {
    StoredSample silence = new StoredSample(105, 0, 0x80310000L, null);
    List<StoredSample> confirmed =
        List.of(stored(100).getFirst(), silence, new StoredSample(106, 0, 0, "100"));
    assertThat(TagComparison.of(truth(false, 100), FROM, confirmed))
        .isEqualTo(new Verdict(1, 1, 0, 0, 0, 1));
    assertThat(TagComparison.of(truth(true, 50, 100), FROM, confirmed))
        .isEqualTo(new Verdict(1, 1, 0, 0, 0, 1));
    List<StoredSample> invented =
        List.of(stored(100).getFirst(), silence, new StoredSample(106, 0, 0, "7"));
    assertThat(TagComparison.of(truth(false, 100), FROM, invented).wrong()).isEqualTo(1);
  }

  @Test
  void whatStoodBeforeAnotherChangeIsNoConfirmation() {
    StoredSample silence = new StoredSample(105, 0, 0x80310000L, null);
    List<StoredSample> outdated =
        List.of(stored(100).getFirst(), silence, new StoredSample(106, 0, 0, "100"));
    assertThat(TagComparison.of(truth(false, 100, 104), FROM, outdated))
        .isEqualTo(new Verdict(2, 1, 1, 0, 1, 1));
  }

  @Test
  void aConfirmationWithoutSilenceIsWrongAndSoIsASecondOne() {
    StoredSample silence = new StoredSample(105, 0, 0x80310000L, null);
    StoredSample confirmed = new StoredSample(106, 0, 0, "100");
    assertThat(
            TagComparison.of(truth(false, 100), FROM, List.of(stored(100).getFirst(), confirmed))
                .wrong())
        .isEqualTo(1);
    StoredSample again = new StoredSample(107, 0, 0, "100");
    assertThat(
            TagComparison.of(
                    truth(false, 100),
                    FROM,
                    List.of(stored(100).getFirst(), silence, confirmed, again))
                .wrong())
        .isEqualTo(1);
  }

  private static List<TruthLine> truth(boolean polled, long... times) {
    List<TruthLine> lines = new ArrayList<>();
    for (long time : times) {
      lines.add(new TruthLine(time, "t", Long.toString(time), polled));
    }
    return lines;
  }

  private static List<StoredSample> stored(long... times) {
    List<StoredSample> rows = new ArrayList<>();
    for (long time : times) {
      rows.add(new StoredSample(time, 0, 0, Long.toString(time)));
    }
    return rows;
  }

  private static List<StoredSample> polled(long... timesAndValues) {
    List<StoredSample> rows = new ArrayList<>();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      rows.add(new StoredSample(timesAndValues[i], 0, 0, Long.toString(timesAndValues[i + 1])));
    }
    return rows;
  }
}
