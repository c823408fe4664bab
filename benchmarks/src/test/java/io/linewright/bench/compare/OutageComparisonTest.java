package io.linewright.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutageComparisonTest {

  private static final OptionalLong FROM = OptionalLong.of(100);

  /** Dead from 200 to 300; what is younger than 190 may have been under way. */
  private static final Outage OUTAGE = new Outage(200, 300, 10, 1000);

  private static final long[] CHANGES = {100, 150, 185, 195, 205, 250, 280, 310};

  @Test
  void changesOfTheOutageMayBeMissingInOnePiece() {
    OutageComparison.Result result = compare(CHANGES, 100, 150, 185, 280, 310);
    assertThat(result.verdict()).isEqualTo(new Verdict(5, 5, 0, 0, 0, 0));
    assertThat(result.missed()).isEqualTo(3);
  }

  @Test
  void nothingNeedBeMissing() {
    assertThat(compare(CHANGES, CHANGES).verdict()).isEqualTo(new Verdict(8, 8, 0, 0, 0, 0));
  }

  @Test
  void whatWasOnDiskBeforeTheKillMustBeThere() {
    assertThat(compare(CHANGES, 100, 150, 280, 310).verdict().lost()).isEqualTo(1);
  }

  @Test
  void whatChangesAfterTheStartMustBeThere() {
    assertThat(compare(CHANGES, 100, 150, 185, 280).verdict().lost()).isEqualTo(1);
  }

  @Test
  void aSecondHoleIsALoss() {
    OutageComparison.Result result = compare(CHANGES, 100, 150, 185, 205, 280, 310);
    assertThat(result.missed()).isEqualTo(1);
    assertThat(result.verdict().lost()).isEqualTo(1);
  }

  @Test
  void valuesFromBeforeTheKillMustNotComeTwice() {
    assertThat(compare(CHANGES, 100, 150, 185, 185, 280, 310).verdict().repeated()).isEqualTo(1);
  }

  @Test
  void inventedValuesAreWrong() {
    assertThat(compare(CHANGES, 100, 150, 185, 270, 280, 310).verdict().wrong()).isEqualTo(1);
  }

  @Test
  void registersWaitAndMayBeReadOnceMoreAfterTheStart() {
    OutageComparison.Result result =
        OutageComparison.of(
            truth(true, 100, 150, 310),
            FROM,
            polled(104, 100, 153, 150, 301, 150, 315, 310),
            OUTAGE);
    assertThat(result.verdict()).isEqualTo(new Verdict(3, 3, 0, 0, 0, 0));
    assertThat(result.readAgain()).isEqualTo(1);
  }

  @Test
  void aRegisterThatIsReadTwiceMoreIsRepeatedAndAMissingOneLost() {
    assertThat(
            OutageComparison.of(
                    truth(true, 100, 150, 310),
                    FROM,
                    polled(104, 100, 153, 150, 301, 150, 302, 150, 315, 310),
                    OUTAGE)
                .verdict()
                .repeated())
        .isEqualTo(1);
    assertThat(
            OutageComparison.of(
                    truth(true, 100, 150, 250, 310),
                    FROM,
                    polled(104, 100, 153, 150, 315, 310),
                    OUTAGE)
                .verdict()
                .lost())
        .isEqualTo(1);
  }

  @Test
  void nothingIsSaidOfRegistersThatDidNotWait() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                OutageComparison.of(
                    truth(true, 100), FROM, polled(104, 100), new Outage(200, 1300, 10, 1000)))
        .withMessageContaining("longer than registers wait");
  }

  private static OutageComparison.Result compare(long[] changes, long... rows) {
    List<StoredSample> stored = new ArrayList<>();
    for (long time : rows) {
      stored.add(new StoredSample(time, 0, 0, Long.toString(time)));
    }
    return OutageComparison.of(truth(false, changes), FROM, stored, OUTAGE);
  }

  private static List<TruthLine> truth(boolean polled, long... times) {
    List<TruthLine> lines = new ArrayList<>();
    for (long time : times) {
      lines.add(new TruthLine(time, "t", Long.toString(time), polled));
    }
    return lines;
  }

  private static List<StoredSample> polled(long... timesAndValues) {
    List<StoredSample> rows = new ArrayList<>();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      rows.add(new StoredSample(timesAndValues[i], 0, 0, Long.toString(timesAndValues[i + 1])));
    }
    return rows;
  }
}
