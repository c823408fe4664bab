package io.linewright.edge.app.logic;

import static io.linewright.edge.app.logic.StageRig.PRESS;
import static io.linewright.edge.app.logic.StageRig.SECOND;
import static io.linewright.edge.app.logic.StageRig.START;
import static io.linewright.edge.app.logic.StageRig.deadband;
import static io.linewright.edge.app.logic.StageRig.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.app.uplink.books.LogicBooks;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.logic.rule.Condition.NoData;
import io.linewright.edge.logic.rule.Condition.Threshold;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Reporting, summaries, rules and the guard, between drivers and log. */
class EdgeStageTest {

  private static final Threshold HIGH = new Threshold(true, 40, 35);

  private final StageRig rig = new StageRig();

  @Test
  void valuesOfADeviceThatAsksForNothingGoByAsTheyAre() throws Exception {
    Sample sample = new Sample(SampleValue.of(1.0), StatusCode.GOOD, 77, 0);
    rig.tag("force").stage().accept(PRESS, new TagName("force"), sample);
    EquipmentPath other = EquipmentPath.parse("acme/graz/body/line-1/press-02");
    rig.stage().accept(other, new TagName("force"), sample);

    assertThat(rig.of("force")).allMatch(stamped -> stamped.sample() == sample).hasSize(2);
    assertThat(rig.stage().deviceMicros(PRESS, 5)).isEqualTo(5);
    assertThat(rig.stage().books()).isEqualTo(new LogicBooks(2, 2, 0, 0, 0));
  }

  @Test
  void reportingThinsButSummariesAndRulesSeeEverything() throws Exception {
    rig.tag("force", deadband(10), DataClass.SITE)
        .summary("force", "force/10s", Duration.ofSeconds(10), SummaryValue.COUNT, SummaryValue.MAX)
        .rule("alarm/high", "force", HIGH, Duration.ZERO);
    for (double number : new double[] {34, 39, 41, 39, 34}) {
      rig.says("force", number);
      rig.pass(1);
    }
    rig.pass(7);

    assertThat(rig.values("force")).containsExactly(34.0);
    assertThat(rig.values("force/10s/count")).containsExactly(5L);
    assertThat(rig.values("force/10s/max")).containsExactly(41.0);
    assertThat(rig.newest("force/10s/max").micros()).isEqualTo(START + 10 * SECOND);
    assertThat(rig.values("alarm/high")).containsExactly(false, true, false);
    assertThat(rig.of("alarm/high"))
        .extracting(StampedSample::micros)
        .containsExactly(START, START + 2 * SECOND, START + 4 * SECOND);
    assertThat(rig.stage().books()).isEqualTo(new LogicBooks(5, 6, 4, 0, 5));
  }

  @Test
  void timePassesForADeviceThatSaysNothing() throws Exception {
    Reporting often =
        new Reporting(
            OptionalDouble.of(5),
            Optional.of(Duration.ofSeconds(2)),
            Optional.of(Duration.ofSeconds(20)));
    rig.tag("force", often, DataClass.SITE)
        .rule("alarm/high", "force", HIGH, Duration.ofSeconds(3))
        .rule("quiet", "force", new NoData(Duration.ofSeconds(12)), Duration.ZERO);
    rig.says("force", 1);
    rig.pass(0.5);
    rig.says("force", 50);
    assertThat(rig.values("force")).as("held").containsExactly(1.0);
    rig.pass(30);

    assertThat(rig.values("force")).containsExactly(1.0, 50.0, 50.0);
    assertThat(rig.of("alarm/high"))
        .extracting(StampedSample::micros)
        .containsExactly(START, START + 3 * SECOND + SECOND / 2);
    assertThat(rig.newest("quiet").micros()).isEqualTo(START + 12 * SECOND + SECOND / 2);
    assertThat(rig.values("quiet")).containsExactly(false, true);
  }

  @Test
  void markOfTheGatewayIsReportedAndMakesRulesUncertain() throws Exception {
    rig.tag("force", deadband(10), DataClass.SITE).rule("alarm/high", "force", HIGH, Duration.ZERO);
    rig.says("force", 1);
    rig.pass(1);
    Sample mark = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, rig.now, 0);
    rig.stage().made(PRESS, new TagName("force"), mark);

    assertThat(rig.newest("force").sample()).isEqualTo(mark);
    assertThat(rig.newest("alarm/high").sample().status())
        .isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
  }

  @Test
  void valueThatMayNotLeaveIsKeptButWatched() throws Exception {
    rig.tag("recipe", Reporting.ALL, DataClass.LOCAL_ONLY)
        .rule("alarm/recipe", "recipe", HIGH, Duration.ZERO, Optional.of(DataClass.SITE))
        .rule("secret", "recipe", HIGH, Duration.ZERO);
    rig.says("recipe", 50);

    assertThat(rig.out).containsOnlyKeys(new TagName("alarm/recipe"));
    assertThat(rig.values("alarm/recipe")).containsExactly(false, true);
    assertThat(rig.stage().books()).isEqualTo(new LogicBooks(1, 2, 0, 3, 4));
  }

  @Test
  void whatIsHeldIsHandedOnAtTheEnd() throws Exception {
    rig.tag("force", every(Duration.ofMinutes(1)), DataClass.SITE);
    rig.says("force", 1);
    rig.pass(1);
    rig.says("force", 2);
    rig.stage().close();
    assertThat(rig.values("force")).containsExactly(1.0, 2.0);
  }

  @Test
  void restartTellsNoWindowAndNoAlarmTwice() throws Exception {
    rig.tag("force")
        .summary("force", "force/10s", Duration.ofSeconds(10), SummaryValue.COUNT)
        .rule("alarm/high", "force", HIGH, Duration.ZERO)
        .rule("quiet", "force", new NoData(Duration.ofSeconds(12)), Duration.ZERO);
    remember("force/10s/count", SampleValue.of(7L), START + 10 * SECOND);
    remember("alarm/high", SampleValue.of(true), START - SECOND);
    remember("quiet", SampleValue.of(false), START - 3600 * SECOND);
    rig.says("force", 50);
    rig.pass(11);
    assertThat(rig.of("force/10s/count")).as("its end was told before").isEmpty();
    assertThat(rig.of("alarm/high")).as("it is still active").isEmpty();
    assertThat(rig.of("quiet")).as("counted from the start").isEmpty();

    rig.says("force", 1);
    rig.pass(10);
    assertThat(rig.values("force/10s/count")).containsExactly(1L);
    assertThat(rig.values("alarm/high")).containsExactly(false);
  }

  @Test
  void otherFileKeepsWhatIsTheSame() throws Exception {
    rig.tag("force", every(Duration.ofMinutes(1)), DataClass.SITE)
        .tag("speed", every(Duration.ofMinutes(1)), DataClass.SITE)
        .rule("alarm/high", "force", HIGH, Duration.ofSeconds(5))
        .rule("alarm/fast", "speed", HIGH, Duration.ofSeconds(5));
    for (double number : new double[] {1, 50}) {
      rig.says("force", number);
      rig.says("speed", number);
      rig.pass(1);
    }
    rig.tag("speed", deadband(5), DataClass.SITE)
        .rule("alarm/new", "force", new Threshold(false, 0, 0), Duration.ZERO);
    rig.stage().take(rig.file());

    assertThat(rig.values("speed")).as("its settings changed").containsExactly(1.0, 50.0);
    assertThat(rig.values("force")).as("still held").containsExactly(1.0);
    rig.pass(5);
    assertThat(rig.values("alarm/high")).as("its delay went on").containsExactly(false, true);
    assertThat(rig.values("alarm/fast")).as("began anew").containsExactly(false);
    rig.says("force", 51);
    assertThat(rig.values("alarm/new")).containsExactly(false);

    rig.tag("force").tag("speed");
    rig.stage().take(rig.file());
    assertThat(rig.values("force")).containsExactly(1.0, 51.0);
    LogicBooks books = rig.stage().books();
    assertThat(books.in() + books.made()).isEqualTo(books.out() + books.suppressed());
  }

  @Test
  void tagThatANewFileDoesNotHaveIsFlushedBefore() throws Exception {
    rig.tag("force", every(Duration.ofMinutes(1)), DataClass.SITE);
    rig.says("force", 1);
    rig.pass(1);
    rig.says("force", 2);
    StageRig other = new StageRig().tag("speed");
    rig.stage().flush(other.file());
    rig.stage().take(other.file());
    assertThat(rig.values("force")).containsExactly(1.0, 2.0);
    rig.says("speed", 3);
    assertThat(rig.values("speed")).containsExactly(3.0);
  }

  @Test
  void interruptedThreadLeavesItsFactsToTheNextOne() throws Exception {
    boolean[] full = {true};
    EdgeStage stage =
        new EdgeStage(
            rig.tag("force").rule("alarm/high", "force", HIGH, Duration.ZERO).file(),
            (device, tag, sample) -> {
              if (full[0]) {
                throw new InterruptedException("full");
              }
              rig.out
                  .computeIfAbsent(tag, t -> new java.util.ArrayList<>())
                  .add(StampedSample.of(sample));
            },
            LastValues.NONE,
            java.time.InstantSource.fixed(java.time.Instant.ofEpochSecond(START / SECOND)),
            () -> 0);
    Sample high = new Sample(SampleValue.of(50.0), StatusCode.GOOD, START, 0);
    assertThatThrownBy(() -> stage.accept(PRESS, new TagName("force"), high))
        .isInstanceOf(InterruptedException.class);
    full[0] = false;
    stage.tick();
    assertThat(rig.values("force")).containsExactly(50.0);
    assertThat(rig.values("alarm/high")).containsExactly(false, true);
  }

  private void remember(String tag, SampleValue value, long micros) {
    rig.stored.put(
        new TagName(tag), StampedSample.of(new Sample(value, StatusCode.GOOD, micros, 0)));
  }
}
