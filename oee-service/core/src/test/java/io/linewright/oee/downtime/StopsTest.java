package io.linewright.oee.downtime;

import static io.linewright.oee.downtime.Scene.MACHINE;
import static io.linewright.oee.downtime.Scene.SECOND;
import static io.linewright.oee.downtime.Scene.TREE;
import static io.linewright.oee.downtime.Scene.said;
import static io.linewright.oee.downtime.Scene.show;
import static io.linewright.oee.downtime.Scene.slices;
import static io.linewright.oee.downtime.Scene.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.oee.downtime.Stop.Origin;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Commented;
import io.linewright.oee.downtime.StopWord.Merged;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Unclassified;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StopsTest {

  @Test
  void stopsFollowFromTheSlices() {
    List<Stop> stops = stops("P60 M9 P60 M20 P60 B5 b900 B600 D400 P60 U400");
    assertThat(stops)
        .containsExactly(
            stop(129, 149, 20, false, TimeCategory.MINOR_STOP, null, Origin.STATE, false, 0),
            stop(209, 2114, 1005, false, TimeCategory.BREAKDOWN, null, Origin.STATE, true, 0),
            stop(2174, 2574, 400, true, TimeCategory.UNEXPLAINED, null, Origin.STATE, true, 0));
    assertThat(stops("P9 M301 P9").getFirst().origin()).isEqualTo(Origin.LENGTH);
    assertThat(stops("P9 M20 w60").getFirst().open()).isTrue();
    assertThat(stops("P9 M20 n60").getFirst().open()).isFalse();
  }

  @Test
  void aReasonIsOfAllOfTheStop() {
    StopWord ram = new Classified(said(1, 70, 80), "ram");
    // Said while it still went on
    assertThat(painted("P60 M400 P60", ram))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 400 PRODUCTION 60");
    assertThat(stops("P60 M400 P60", ram))
        .containsExactly(
            stop(60, 460, 400, false, TimeCategory.BREAKDOWN, "ram", Origin.WORD, false, 1));
    // Late data: it was two
    assertThat(painted("P60 M100 P20 M280 P60", new Classified(said(1, 60, 460), "ram")))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 100 PRODUCTION 20 BREAKDOWN:ram 280 PRODUCTION 60");
    // Late data: it began earlier, and another one is beside it
    assertThat(painted("P20 M100 P20 M100 P60", new Classified(said(1, 60, 150), "jam")))
        .isEqualTo("PRODUCTION 20 MINOR_STOP:jam 100 PRODUCTION 20 MINOR_STOP 100 PRODUCTION 60");
    assertThat(painted("P60 M100 P60", new Classified(said(1, 0, 60), "ram")))
        .isEqualTo("PRODUCTION 60 MINOR_STOP 100 PRODUCTION 60");
  }

  @Test
  void theLatestWordDecides() {
    StopWord ram = new Classified(said(1, 60, 460), "ram");
    StopWord service = new Classified(said(2, 60, 460), "service");
    StopWord nothing = new Unclassified(said(3, 60, 460));
    StopWord gone = new Classified(said(4, 60, 460), "removed from the tree");
    assertThat(painted("P60 B400 P60", service, ram))
        .isEqualTo("PRODUCTION 60 PLANNED_STOP:service 400 PRODUCTION 60");
    assertThat(painted("P60 B400 P60", nothing, service, ram))
        .isEqualTo("PRODUCTION 60 BREAKDOWN 400 PRODUCTION 60");
    assertThat(painted("P60 M400 P60", gone, service))
        .isEqualTo("PRODUCTION 60 PLANNED_STOP:service 400 PRODUCTION 60");
    assertThat(painted("P60 B400 P60", ram, service, new Withdrawn(said(9, 60, 61), 2)))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 400 PRODUCTION 60");
  }

  @Test
  void aReasonInABreakLeavesTheBreak() {
    List<TimeSlice> painted =
        paint("P60 B5 b900 B600 P9", new Classified(said(1, 60, 1565), "service"));
    assertThat(painted.get(2).said()).isEqualTo(TimeCategory.DELAY);
    assertThat(painted.get(3).said()).isEqualTo(TimeCategory.PLANNED_STOP);
    assertThat(painted.get(2).reason()).isNull();
    assertThat(painted).noneMatch(slice -> slice.said() == TimeCategory.BREAKDOWN);
  }

  @Test
  void aStopMayBeDivided() {
    StopWord split = new Split(said(1, 60, 460), 160 * SECOND);
    List<Stop> two = stops("P60 M400 P60", split, new Classified(said(2, 160, 460), "change"));
    assertThat(two)
        .containsExactly(
            stop(60, 160, 100, false, TimeCategory.UNEXPLAINED, null, Origin.LENGTH, true, 1),
            stop(160, 460, 300, false, TimeCategory.SETUP, "change", Origin.WORD, false, 2));
    assertThat(stops("P60 M400 P60", split, new Withdrawn(said(2, 60, 460), 1))).hasSize(1);
    assertThat(stops("P200 M260 P60", split)).hasSize(1);
    // In a break
    assertThat(stops("P60 B50 b100 B50 P9", new Split(said(1, 60, 260), 160 * SECOND)))
        .extracting(Stop::span)
        .containsExactly(span(60, 110), span(210, 260));
  }

  @Test
  void twoStopsMayBeOne() {
    StopWord merged = new Merged(said(1, 60, 190));
    List<Stop> one = stops("P60 B100 P10 M20 P60", merged);
    assertThat(one)
        .containsExactly(
            stop(60, 190, 130, false, TimeCategory.BREAKDOWN, null, Origin.STATE, false, 1));
    assertThat(painted("P60 B100 P10 M20 P60", merged))
        .isEqualTo("PRODUCTION 60 BREAKDOWN 110 MINOR_STOP 20 PRODUCTION 60");
    assertThat(painted("P60 B100 P10 M20 P60", merged, new Classified(said(2, 60, 190), "ram")))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 130 PRODUCTION 60");
    // Late data: the second one is not there, or there is a gap
    assertThat(painted("P60 B100 P90", merged))
        .isEqualTo("PRODUCTION 60 BREAKDOWN 100 PRODUCTION 90");
    assertThat(painted("P60 B100 P5 n5 M20 P60", merged))
        .isEqualTo(
            "PRODUCTION 60 BREAKDOWN 100 PRODUCTION 5 NO_DATA 5 MINOR_STOP 20 PRODUCTION 60");
    // Three in a row
    assertThat(painted("P60 B50 P10 B20 P10 B20 P60", new Merged(said(1, 60, 170))))
        .isEqualTo("PRODUCTION 60 BREAKDOWN 110 PRODUCTION 60");
  }

  @Test
  void theLatestCommentIsTheStops() {
    StopWord one = new Commented(said(1, 60, 160), "one");
    StopWord other = new Commented(said(2, 60, 160), "other");
    StopWord none = new Commented(said(3, 60, 160), "");
    assertThat(stops("P60 B100 P60", other, one).getFirst().comment()).isEqualTo("other");
    assertThat(stops("P60 B100 P60", other, one, none).getFirst().comment()).isNull();
    assertThat(stops("P60 B100 P60", other, one, none).getFirst().words()).isEqualTo(3);
  }

  @Test
  void wordsThatCannotBeSaidAreRefused() {
    String text = "P60 B100 P20 M100 n60 U50 P9";
    assertThat(check(text, new Classified(said(1, 60, 160), "ram"))).isNull();
    assertThat(check(text, new Classified(said(1, 60, 160), "x")))
        .isEqualTo(new WordRefusal.UnknownReason("x"));
    assertThat(check(text, new Classified(said(1, 60, 160), "technical")))
        .isEqualTo(new WordRefusal.NotALeaf("technical"));
    assertThat(check(text, new Unclassified(said(1, 0, 60))))
        .isEqualTo(new WordRefusal.NoStopThere());
    assertThat(check(text, new Commented(said(1, 59, 160), "")))
        .isEqualTo(new WordRefusal.OutsideStop(span(60, 160)));
    assertThat(check(text, new Split(said(1, 60, 160), 61 * SECOND))).isNull();
    for (long wrong : new long[] {60, 160, 170}) {
      assertThat(check(text, new Split(said(1, 60, 160), wrong * SECOND)))
          .isEqualTo(new WordRefusal.OutsideStop(span(60, 160)));
    }
    assertThat(check(text, new Merged(said(1, 60, 280)))).isNull();
    assertThat(check(text, new Merged(said(1, 0, 60)))).isEqualTo(new WordRefusal.NoStopThere());
    for (long[] wrong : new long[][] {{60, 160}, {59, 280}, {60, 281}, {180, 390}, {60, 390}}) {
      assertThat(check(text, new Merged(said(1, wrong[0], wrong[1]))))
          .as("%s", wrong)
          .isEqualTo(new WordRefusal.NotNeighbours());
    }
    StopWord said = new Commented(said(1, 60, 160), "x");
    StopWord back = new Withdrawn(said(2, 60, 160), 1);
    assertThat(check(text, back, said)).isNull();
    assertThat(check(text, new Withdrawn(said(3, 60, 160), 1), said, back))
        .isEqualTo(new WordRefusal.UnknownWord(1));
    assertThat(check(text, new Withdrawn(said(3, 60, 160), 2), said, back))
        .isEqualTo(new WordRefusal.UnknownWord(2));
  }

  @Test
  void paretoSaysWhatCostsMost() {
    List<Stop> stops =
        stops(
            "P60 B100 P60 B50 P60 B30 P60 M20 P9",
            new Classified(said(1, 220, 270), "ram"),
            new Classified(said(2, 330, 360), "ram"));
    Pareto pareto = Pareto.of(stops);
    assertThat(pareto.bars())
        .extracting(Pareto.Bar::micros)
        .containsExactly(100 * SECOND, 80 * SECOND, 20 * SECOND);
    assertThat(pareto.bars().get(0).reason()).isNull();
    assertThat(pareto.bars().get(0).category()).isEqualTo(TimeCategory.BREAKDOWN);
    assertThat(pareto.bars().get(1).reason()).isEqualTo("ram");
    assertThat(pareto.bars().get(1).stops()).isEqualTo(2);
    assertThat(pareto.bars().get(1).share()).isEqualTo(0.4, within(1e-12));
    assertThat(pareto.bars().get(1).cumulated()).isEqualTo(0.9, within(1e-12));
    assertThat(pareto.bars().getLast().cumulated()).isEqualTo(1.0);
    assertThat(Pareto.of(stops.reversed())).isEqualTo(pareto);
    assertThat(Pareto.of(List.of()).bars()).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new StopId("", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> said(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stop(0, 1, 2, false, TimeCategory.DELAY, null, Origin.STATE, false, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static @Nullable WordRefusal check(String text, StopWord word, StopWord... before) {
    return Stops.check(word, judged(text), List.of(before), TREE).orElse(null);
  }

  private static List<TimeSlice> judged(String text, StopWord... words) {
    return LengthRules.apply(paint(text, words), micros -> StopRules.DEFAULT);
  }

  private static List<TimeSlice> paint(String text, StopWord... words) {
    return WordPainting.paint(slices(text), List.of(words), TREE);
  }

  private static String painted(String text, StopWord... words) {
    return show(paint(text, words));
  }

  private static List<Stop> stops(String text, StopWord... words) {
    return Stops.of(MACHINE, judged(text, words), List.of(words));
  }

  private static Stop stop(
      long from,
      long to,
      long seconds,
      boolean open,
      TimeCategory category,
      @Nullable String reason,
      Origin origin,
      boolean needed,
      int words) {
    return new Stop(
        new StopId(MACHINE, from * SECOND),
        span(from, to),
        seconds * SECOND,
        open,
        category,
        reason,
        origin,
        needed,
        null,
        words);
  }
}
