package io.linewright.bench.edgefault.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.edgefault.judge.Interruption.Source;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One OPC UA tag that changes every second from 0 s to 59 s; times are in seconds. */
class FaultJudgeTest {

  private static final String TAG = "e/s/a/l/m#t";
  private static final String BEAT = "e/s/a/l/m#heartbeat";
  private static final Set<Source> OPC = Set.of(Source.OPC_UA);
  private static final long BAD = 0x80310000L;
  private static final long GOOD_WITH_OVERFLOW = 0x0480L;

  /** Server dead from 20 to 25 s; the next heartbeat is at 26 s, so the gap is 18 to 27 s. */
  private static final Interruption DEAD =
      new Interruption("dead", s(20), s(25), OPC, OPC, true, false);

  private final List<String> told = new ArrayList<>();

  @Test
  void everyValueOnceIsRight() {
    assertThat(judge(List.of(), List.of(), rows(0, 59)).rows().stored()).isEqualTo(60);
    assertThat(told).isEmpty();
  }

  @Test
  void aValueMissingWithoutReasonIsLost() {
    assertThat(judge(List.of(), List.of(), rows(0, 9, 11, 59)).rows().lost()).isEqualTo(1);
    assertThat(told).singleElement().asString().contains("nothing kept the gateway from it");
  }

  @Test
  void aPieceOfTheGapThatIsAnnouncedIsUnseen() {
    TagVerdict verdict = judge(List.of(DEAD), List.of(), with(rows(0, 18, 26, 59), bad(21)));
    assertThat(verdict.rows().lost()).isZero();
    assertThat(verdict.unseen()).isEqualTo(7);
  }

  @Test
  void theOverflowBitAnnouncesToo() {
    List<StoredSample> rows = with(rows(0, 18, 27, 59), row(26, GOOD_WITH_OVERFLOW, "v26"));
    assertThat(judge(List.of(DEAD), List.of(), rows).rows().lost()).isZero();
  }

  @Test
  void aPieceWithoutAWordIsLost() {
    assertThat(judge(List.of(DEAD), List.of(), rows(0, 18, 26, 59)).rows().lost()).isEqualTo(7);
    assertThat(told).first().asString().contains("without a word");
  }

  @Test
  void aGatewayThatIsDeadCannotAnnounce() {
    Interruption killed = new Interruption("killed", s(20), s(25), OPC, OPC, false, true);
    assertThat(judge(List.of(killed), List.of(), rows(0, 18, 26, 59)).rows().lost()).isZero();
  }

  /** Killed without a gap of its own; it reads again at the next heartbeat, plus a second. */
  @Test
  void aGatewayThatHasNotBegunToReadAgainCannotEither() {
    Interruption meanwhile = new Interruption("killed", s(18), s(21), OPC, Set.of(), false, true);
    assertThat(judge(List.of(meanwhile, DEAD), List.of(), rows(0, 18, 26, 59)).rows().lost())
        .isZero();
    Interruption before = new Interruption("killed", s(10), s(12), OPC, Set.of(), false, true);
    assertThat(judge(List.of(before, DEAD), List.of(), rows(0, 18, 26, 59)).rows().lost())
        .as("it had read again before the server died")
        .isEqualTo(7);
  }

  @Test
  void twoPiecesOfOneFaultAreOneTooMany() {
    TagVerdict verdict =
        judge(List.of(DEAD), List.of(), with(rows(0, 18, 21, 21, 26, 59), bad(20)));
    assertThat(verdict.unseen()).isEqualTo(2);
    assertThat(verdict.rows().lost()).isEqualTo(4);
  }

  @Test
  void faultsThatTouchMayCostAPieceEach() {
    Interruption again = new Interruption("again", s(26), s(27), OPC, OPC, true, false);
    List<StoredSample> rows = with(rows(0, 18, 21, 21, 26, 59), bad(20));
    assertThat(judge(List.of(DEAD, again), List.of(), rows).rows().lost()).isZero();
  }

  @Test
  void valuesOutsideTheGapAreLost() {
    List<StoredSample> rows = with(rows(0, 15, 26, 59), bad(21));
    TagVerdict verdict = judge(List.of(DEAD), List.of(), rows);
    assertThat(verdict.rows().lost()).isEqualTo(2); // 16 and 17 s
    assertThat(verdict.unseen()).isEqualTo(8);
  }

  @Test
  void afterTheRecoveryNothingMayBeMissing() {
    List<StoredSample> rows = with(rows(0, 18, 30, 59), bad(21));
    assertThat(judge(List.of(DEAD), List.of(), rows).rows().lost()).isEqualTo(2); // 28 and 29 s
  }

  @Test
  void aPauseIsNoReason() {
    Interruption paused = new Interruption("paused", s(20), s(25), OPC, Set.of(), true, false);
    List<StoredSample> rows = with(rows(0, 20, 24, 59), bad(21));
    assertThat(judge(List.of(paused), List.of(), rows).rows().lost()).isEqualTo(3);
  }

  @Test
  void aRecordedLossCoversNoMoreThanItCounts() {
    List<Loss> two = List.of(new Loss("e/s/a/l/m", s(10), s(13), 2L, "full"));
    TagVerdict verdict = judge(List.of(), two, rows(0, 9, 13, 59));
    assertThat(verdict.recorded()).isEqualTo(2);
    assertThat(verdict.rows().lost()).isEqualTo(1);
  }

  @Test
  void aLossOfTheGatewayCoversAllItsDevicesInItsTime() {
    List<Loss> all = List.of(new Loss("e/s/gw", s(10), s(13), null, "killed"));
    assertThat(judge(List.of(), all, rows(0, 9, 13, 59)).recorded()).isEqualTo(3);
    List<Loss> other = List.of(new Loss("e/s/a/l/other", s(10), s(13), null, "full"));
    assertThat(judge(List.of(), other, rows(0, 9, 13, 59)).rows().lost()).isEqualTo(3);
  }

  @Test
  void repeatedAndInventedRowsAreFound() {
    List<StoredSample> rows = with(with(rows(0, 59), row(30, 0, "v30")), row(31, 0, "other"));
    TagVerdict verdict = judge(List.of(), List.of(), rows);
    assertThat(verdict.rows().repeated()).isEqualTo(1);
    assertThat(verdict.rows().wrong()).isEqualTo(1);
  }

  @Test
  void aTagThatLooksGoodDuringACutIsSilent() {
    Interruption cut = new Interruption("cut", s(20), s(30), OPC, OPC, true, false);
    assertThat(silences(cut, rows(0, 59))).singleElement().asString().contains("looked good");
    assertThat(silences(cut, with(rows(0, 59), bad(21)))).isEmpty();
    assertThat(silences(cut, with(rows(0, 59), bad(26)))).as("too late").hasSize(1);
  }

  @Test
  void aShortCutNeedNotBeTold() {
    Interruption cut = new Interruption("cut", s(20), s(24), OPC, OPC, true, false);
    assertThat(silences(cut, rows(0, 59))).isEmpty();
  }

  @Test
  void aTagThatEndsBadOrBehindIsSilent() {
    assertThat(silences(DEAD, with(rows(0, 59), bad(21), bad(60)))).hasSize(1);
    assertThat(silences(DEAD, with(rows(0, 58), bad(21)))).hasSize(1);
  }

  private TagVerdict judge(List<Interruption> faults, List<Loss> losses, List<StoredSample> rows) {
    return judgeOf(faults, losses, rows).values(truth(), rows);
  }

  private List<String> silences(Interruption fault, List<StoredSample> rows) {
    return judgeOf(List.of(fault), List.of(), rows).silences(truth(), rows);
  }

  private FaultJudge judgeOf(
      List<Interruption> faults, List<Loss> losses, List<StoredSample> rows) {
    Recoveries recoveries = new Recoveries(Map.of(BEAT, truth()), Map.of(BEAT, rows(0, 59)));
    return new FaultJudge(faults, losses, "e/s/gw", 0, recoveries, told::add);
  }

  private static List<TruthLine> truth() {
    List<TruthLine> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add(new TruthLine(s(i), TAG, "v" + i, false));
    }
    return lines;
  }

  /** Rows of pairs of first and last second. */
  private static List<StoredSample> rows(int... ranges) {
    List<StoredSample> rows = new ArrayList<>();
    for (int i = 0; i < ranges.length; i += 2) {
      for (int second = ranges[i]; second <= ranges[i + 1]; second++) {
        rows.add(row(second, 0, "v" + second));
      }
    }
    return rows;
  }

  private static List<StoredSample> with(List<StoredSample> rows, StoredSample... more) {
    List<StoredSample> all = new ArrayList<>(rows);
    all.addAll(List.of(more));
    all.sort(
        java.util.Comparator.comparingLong(StoredSample::sourceMicros)
            .thenComparing(row -> row.status() != 0));
    return all;
  }

  private static StoredSample bad(int second) {
    return new StoredSample(s(second) + 500_000, 0, BAD, null);
  }

  private static StoredSample row(int second, long status, String value) {
    return new StoredSample(s(second), 0, status, value);
  }

  private static long s(int second) {
    return second * 1_000_000L;
  }
}
