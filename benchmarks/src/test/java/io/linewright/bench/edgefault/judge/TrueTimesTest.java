package io.linewright.bench.edgefault.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A register that shows another value every second; the clock is wrong from 10 s to 20 s. */
class TrueTimesTest {

  private static final String TAG = "acme/graz/a#r";

  @Test
  void jumpOfHoursIsPutRight() {
    assertPutRight(-7200);
  }

  @Test
  void smallJumpBackIsPutRight() {
    assertPutRight(-4);
  }

  @Test
  void smallJumpAheadIsPutRight() {
    assertPutRight(3);
  }

  private static void assertPutRight(int offset) {
    List<TruthLine> truth = shown(30);
    List<StoredSample> rows = new ArrayList<>();
    for (TruthLine line : truth) {
      long read = line.sourceMicros() + 200_000;
      boolean wrong = read >= s(10) && read < s(20);
      rows.add(row(wrong ? read + s(offset) : read, line.value()));
    }
    rows.sort(Comparator.comparingLong(StoredSample::sourceMicros));

    List<StoredSample> moved = moved(offset, truth, rows);

    List<String> told = new ArrayList<>();
    PolledRows matching = new PolledRows(truth, told::add);
    matching.match(moved, 0, micros -> PolledRows.NO_START);
    assertThat(matching.found()).containsOnly(true);
    assertThat(told).isEmpty();
  }

  /** Read at 8.2 and 9.2 s and, the clock 4 s behind, at 12.2 and 13.2 s. */
  @Test
  void rowsThatMayBeEitherOfTwoChangesAreSharedOut() {
    List<TruthLine> truth =
        List.of(line(s(8), "7"), line(s(9), "8"), line(s(12) + 100_000, "7"), line(s(13), "8"));
    List<StoredSample> rows =
        List.of(
            row(s(8) + 200_000, "7"),
            row(s(8) + 200_001, "7"),
            row(s(9) + 200_000, "8"),
            row(s(9) + 200_001, "8"));

    List<String> told = new ArrayList<>();
    PolledRows matching = new PolledRows(truth, told::add);
    matching.match(moved(-4, truth, rows), 0, micros -> PolledRows.NO_START);
    assertThat(matching.found()).containsOnly(true);
    assertThat(told).isEmpty();
  }

  @Test
  void oneRowTooManyIsNotHidden() {
    List<TruthLine> truth = List.of(line(s(14), "7"), line(s(16), "8"));
    List<StoredSample> rows =
        List.of(row(s(10) + 600_000, "7"), row(s(10) + 800_000, "7"), row(s(12) + 200_000, "8"));
    List<String> told = new ArrayList<>();
    PolledRows matching = new PolledRows(truth, told::add);
    matching.match(moved(-4, truth, rows), 0, micros -> PolledRows.NO_START);
    assertThat(matching.repeated()).isEqualTo(1);
  }

  @Test
  void whatIsMissingStaysMissing() {
    List<TruthLine> truth = shown(30);
    List<StoredSample> rows = new ArrayList<>();
    for (TruthLine line : truth) {
      long read = line.sourceMicros() + 200_000;
      if (read < s(10)) {
        rows.add(row(read, line.value()));
      } else if (read < s(20) && !line.value().equals("15")) {
        rows.add(row(read - s(7200), line.value()));
      }
    }
    PolledRows matching = new PolledRows(truth, told -> {});
    matching.match(moved(-7200, truth, rows), 0, micros -> PolledRows.NO_START);
    assertThat(matching.found()[14]).isTrue();
    assertThat(matching.found()[15]).isFalse();
    assertThat(matching.found()[20]).isFalse();
  }

  @Test
  void valueOfAWrongTimeThatNoJumpExplainsIsWrong() {
    List<TruthLine> truth = shown(30);
    List<StoredSample> rows = List.of(row(s(5), "5"), row(s(3600), "6"), row(s(7) + 1, "7"));
    List<String> told = new ArrayList<>();
    PolledRows matching = new PolledRows(truth, told::add);
    matching.match(moved(-7200, truth, rows), 0, micros -> PolledRows.NO_START);
    assertThat(matching.wrong()).isEqualTo(1);
  }

  @Test
  void sourcesWithAClockOfTheirOwnAreLeftAlone() {
    List<TruthLine> truth = List.of(new TruthLine(s(15), TAG, "1", false));
    List<StoredSample> rows = List.of(row(s(15), "1"));
    assertThat(moved(3, truth, rows)).isSameAs(rows);
  }

  private static List<StoredSample> moved(
      int offset, List<TruthLine> truth, List<StoredSample> rows) {
    TrueTimes times = new TrueTimes(List.of(new TrueTimes.Jump(s(10), s(20), s(offset))));
    return Objects.requireNonNull(times.of(Map.of(TAG, truth), Map.of(TAG, rows)).get(TAG));
  }

  private static List<TruthLine> shown(int seconds) {
    List<TruthLine> lines = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      lines.add(new TruthLine(s(i), TAG, Integer.toString(i), true));
    }
    return lines;
  }

  private static TruthLine line(long micros, String value) {
    return new TruthLine(micros, TAG, value, true);
  }

  private static StoredSample row(long micros, String value) {
    return new StoredSample(micros, 0, 0, value);
  }

  private static long s(int seconds) {
    return seconds * 1_000_000L;
  }
}
