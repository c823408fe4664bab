package io.linewright.oee.downtime;

import static io.linewright.oee.downtime.Scene.SECOND;
import static io.linewright.oee.downtime.Scene.show;
import static io.linewright.oee.downtime.Scene.slices;
import static io.linewright.oee.downtime.Scene.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.reason.ReasonSignal;
import io.linewright.oee.slice.TimeCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalPaintingTest {

  @Test
  void theFirstSignalCoversTheStopFromItsBegin() {
    check("P60 M40 P60", "PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 60", at(62, "1"));
    check("P60 M40 P60", "PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 60", at(60, " 1 "));
    check(
        "P60 M40 P60",
        "PRODUCTION 60 BREAKDOWN:ram 10 MINOR_STOP:jam 30 PRODUCTION 60",
        at(62, "1"),
        at(70, "2"));
  }

  @Test
  void aSignalOfAnotherTimeIsNotOfTheStop() {
    check(
        "P60 M40 P60 M40",
        "PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 60 MINOR_STOP 40",
        at(62, "1"));
    check("P60 M40 P60", "PRODUCTION 60 MINOR_STOP 40 PRODUCTION 60", at(59, "1"));
    check("P60 M40 P60", "PRODUCTION 60 MINOR_STOP 40 PRODUCTION 60", at(100, "1"));
  }

  @Test
  void whatTheTreeDoesNotKnowChangesNothing() {
    check(
        "P60 M40 P60",
        "PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 60",
        at(61, "99"),
        at(62, "1"),
        at(95, ""),
        at(96, "none"),
        at(97, null));
  }

  @Test
  void onlyAStickySignalIsOfTheNextStop() {
    List<ReasonSignal> before = List.of(at(5, "1"));
    assertThat(show(SignalPainting.paint(slices("P60 M40 P9 M9"), before, tree(true))))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 9 BREAKDOWN:ram 9");
    assertThat(
            show(
                SignalPainting.paint(
                    slices("P60 M40 P9 M9"), List.of(at(5, "1"), at(70, "2")), tree(true))))
        .isEqualTo("PRODUCTION 60 MINOR_STOP:jam 40 PRODUCTION 9 MINOR_STOP:jam 9");
    assertThat(
            show(
                SignalPainting.paint(
                    slices("P60 M40 P9 M9"), List.of(at(5, "1"), at(90, "none")), tree(true))))
        .isEqualTo("PRODUCTION 60 BREAKDOWN:ram 40 PRODUCTION 9 MINOR_STOP 9");
  }

  @Test
  void aBreakStaysABreakAndWhatIsSaidInItIsSaid() {
    var painted = SignalPainting.paint(slices("P9 b60 B40 P9"), List.of(at(20, "2")), tree(false));
    assertThat(show(painted))
        .isEqualTo("PRODUCTION 9 PLANNED_STOP 60 MINOR_STOP:jam 40 PRODUCTION 9");
    assertThat(painted.get(1).said()).isEqualTo(TimeCategory.MINOR_STOP);
  }

  @Test
  void aSignalledPlannedStopIsOne() {
    check("P60 M400 P60", "PRODUCTION 60 PLANNED_STOP:service 400 PRODUCTION 60", at(61, "3"));
    check("P60 M5 P60", "PRODUCTION 60 PLANNED_STOP:service 5 PRODUCTION 60", at(61, "3"));
  }

  private static void check(String text, String expected, ReasonSignal... signals) {
    List<ReasonSignal> shuffled = new ArrayList<>(List.of(signals));
    Collections.shuffle(shuffled, new Random(7));
    assertThat(
            show(
                LengthRules.apply(
                    SignalPainting.paint(slices(text), shuffled, tree(false)),
                    micros -> StopRules.DEFAULT)))
        .as(text)
        .isEqualTo(expected);
  }

  private static ReasonSignal at(long second, @Nullable String text) {
    return new ReasonSignal(second * SECOND, 0, text);
  }
}
