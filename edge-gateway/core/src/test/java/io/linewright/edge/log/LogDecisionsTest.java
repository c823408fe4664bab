package io.linewright.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.log.Progress.Meaning;
import io.linewright.model.telemetry.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDecisionsTest {

  @Test
  void newRecordsAreLiveOnlyWhenTheyCanBeSentAtOnce() {
    Window window = new Window(10, 1000);

    assertThat(window.laneOfNew(true, 9, 999)).isEqualTo(Lane.LIVE);
    assertThat(window.laneOfNew(false, 0, 0)).isEqualTo(Lane.BACKFILL);
    assertThat(window.laneOfNew(true, 10, 5)).isEqualTo(Lane.BACKFILL);
    assertThat(window.laneOfNew(true, 5, 1000)).isEqualTo(Lane.BACKFILL);
  }

  @Test
  void oneRecordLargerThanTheWindowStillGoes() {
    assertThat(new Window(10, 1).hasRoom(0, 0)).isTrue();
    assertThat(new Window(10, 1).hasRoom(1, 500)).isFalse();
  }

  @Test
  void liveGetsFourOfFiveTurnsWhenBothWait() {
    LaneTurn turn = new LaneTurn(4, 0);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Lane lane = turn.next(true, true).orElseThrow();
      lanes.add(lane);
      turn = turn.after(lane);
    }

    assertThat(lanes.subList(0, 5))
        .containsExactly(Lane.LIVE, Lane.LIVE, Lane.LIVE, Lane.LIVE, Lane.BACKFILL);
    assertThat(lanes).filteredOn(Lane.BACKFILL::equals).hasSize(2);
  }

  @Test
  void laneThatWaitsAloneIsServed() {
    assertThat(new LaneTurn(4, 4).next(true, false)).contains(Lane.LIVE);
    assertThat(new LaneTurn(4, 0).next(false, true)).contains(Lane.BACKFILL);
    assertThat(new LaneTurn(4, 0).next(false, false)).isEmpty();
  }

  @Test
  void confirmationsAreRead() {
    Progress progress = new Progress(10, 15, 20);

    assertThat(progress.meaning(12)).isEqualTo(Meaning.ADVANCED);
    assertThat(progress.meaning(10)).isEqualTo(Meaning.REPEATED);
    assertThat(progress.meaning(9)).isEqualTo(Meaning.OUTDATED);
    assertThat(progress.meaning(21)).isEqualTo(Meaning.AHEAD_OF_LOG);
    assertThat(progress.turnBack().meaning(10)).isEqualTo(Meaning.IDLE);
  }

  @Test
  void confirmationMayOvertakeWhatThisProcessSent() {
    assertThat(new Progress(0, 0, 20).confirm(17)).isEqualTo(new Progress(17, 17, 20));
    assertThat(new Progress(0, 20, 20).confirm(17)).isEqualTo(new Progress(17, 20, 20));
  }

  @Test
  void resendWaitsLongerEachTimeAndProgressResetsIt() {
    ResendClock clock = ResendClock.start(2000, 0);

    assertThat(clock.due(1999)).isFalse();
    assertThat(clock.due(2000)).isTrue();
    clock = clock.sentAgain(2000);
    assertThat(clock.due(5999)).isFalse();
    assertThat(clock.due(6000)).isTrue();
    for (int i = 0; i < 20; i++) {
      clock = clock.sentAgain(0);
    }
    assertThat(clock.due(32_000)).isTrue();
    assertThat(clock.progress(0).due(2000)).isTrue();
  }

  @Test
  void gapIsAnsweredAtOnceButNotTwiceForOneResend() {
    ResendClock clock = ResendClock.start(2000, 0);

    assertThat(clock.mayAnswerGap(1)).isTrue();
    assertThat(clock.sentAgain(1).mayAnswerGap(400)).isFalse();
    assertThat(clock.sentAgain(1).mayAnswerGap(501)).isTrue();
  }

  @Test
  void boundAndDiskReserveMakeRoom() {
    Bounds bounds = new Bounds(1000, 200);

    assertThat(bounds.excess(800, 0, 10_000, 100)).isZero();
    assertThat(bounds.excess(950, 0, 10_000, 100)).isEqualTo(50);
    assertThat(bounds.excess(500, 0, 250, 100)).isEqualTo(100);
    assertThat(bounds.excess(500, 100, 0, 100)).as("fits into freed pages").isZero();
  }
}
