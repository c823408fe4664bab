package io.linewright.bench.edgefault.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A register that shows 1 at 0 s, 2 at 10 s, 1 at 20 s, 3 at 30 s. */
class PolledRowsTest {

  private static final List<TruthLine> SHOWN =
      List.of(shown(0, "1"), shown(10, "2"), shown(20, "1"), shown(30, "3"));
  private static final StoredSample BAD = new StoredSample(s(15), 0, 0x80310000L, null);

  private final List<String> told = new ArrayList<>();

  @Test
  void readingsALittleLaterAreFound() {
    PolledRows rows = match(read(1, "1"), read(11, "2"), read(21, "1"), read(33, "3"));
    assertThat(rows.found()).containsOnly(true);
    assertThat(rows.repeated() + rows.wrong()).isZero();
  }

  @Test
  void anAnswerMayBeLate() {
    PolledRows rows = match(read(1, "1"), read(25, "2"), read(26, "1"), read(33, "3"));
    assertThat(rows.found()).containsOnly(true);
  }

  @Test
  void aValueThatNobodyReadIsNotFound() {
    PolledRows rows = match(read(1, "1"), read(21, "1"), read(33, "3"));
    assertThat(rows.found()).containsExactly(true, false, true, true);
  }

  @Test
  void theSameTwiceIsRepeated() {
    PolledRows rows = match(read(1, "1"), read(2, "1"), read(11, "2"));
    assertThat(rows.repeated()).isEqualTo(1);
    assertThat(told).singleElement().asString().startsWith("repeated");
  }

  @Test
  void theSameBehindABadRowIsNot() {
    PolledRows rows = match(read(1, "1"), read(11, "2"), BAD, read(16, "2"), read(21, "1"));
    assertThat(rows.repeated() + rows.wrong()).isZero();
  }

  @Test
  void theFirstReadingOfANewGatewayMaySayTheSame() {
    PolledRows rows = new PolledRows(SHOWN, told::add);
    List<StoredSample> read = List.of(read(1, "1"), read(11, "2"), read(14, "2"), read(15, "2"));
    rows.match(read, 0, micros -> micros > s(12) && micros < s(18) ? 1 : PolledRows.NO_START);
    assertThat(rows.repeated()).as("the second one").isEqualTo(1);
  }

  @Test
  void eachStartHasAFirstReadingOfItsOwn() {
    PolledRows rows = new PolledRows(SHOWN, told::add);
    List<StoredSample> read = List.of(read(11, "2"), read(13, "2"), read(15, "2"), read(16, "2"));
    rows.match(read, 0, micros -> micros < s(12) ? 1 : micros < s(14) ? 2 : 3);
    assertThat(rows.repeated()).as("the last one").isEqualTo(1);
  }

  @Test
  void valuesThatItNeverShowedOrNotThenAreWrong() {
    assertThat(match(read(1, "1"), read(11, "7")).wrong()).isEqualTo(1);
    assertThat(match(read(1, "1"), read(11, "3")).wrong()).as("ahead of its time").isEqualTo(1);
    assertThat(match(read(1, "1"), read(35, "2")).wrong()).as("long after").isEqualTo(1);
  }

  private PolledRows match(StoredSample... rows) {
    PolledRows matching = new PolledRows(SHOWN, told::add);
    matching.match(List.of(rows), 0, micros -> PolledRows.NO_START);
    return matching;
  }

  private static TruthLine shown(int second, String value) {
    return new TruthLine(s(second), "e/s/a/l/m#r", value, true);
  }

  private static StoredSample read(int second, String value) {
    return new StoredSample(s(second), 0, 0, value);
  }

  private static long s(int second) {
    return second * 1_000_000L;
  }
}
