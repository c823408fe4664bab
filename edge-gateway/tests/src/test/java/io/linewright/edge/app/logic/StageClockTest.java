package io.linewright.edge.app.logic;

import static io.linewright.edge.app.logic.StageRig.PRESS;
import static io.linewright.edge.app.logic.StageRig.SECOND;
import static io.linewright.edge.app.logic.StageRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.logic.rule.Condition.NoData;
import io.linewright.edge.logic.rule.Condition.Threshold;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices whose clocks are off. */
class StageClockTest {

  private static final long BEHIND = -90 * SECOND;

  private final StageRig rig = new StageRig();

  private void speaks(int seconds) throws InterruptedException {
    for (int i = 0; i < seconds; i++) {
      rig.says("force", i % 30);
      rig.pass(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ClockPolicy.class)
  void deviceThatIs90SecondsBehindRaisesNoFalseAlarm(ClockPolicy policy) throws Exception {
    rig.offset = BEHIND;
    rig.tag("force")
        .clock(policy)
        .summary("force", "force/10s", Duration.ofSeconds(10), SummaryValue.PERCENT_GOOD)
        .rule("quiet", "force", new NoData(Duration.ofSeconds(20)), Duration.ZERO)
        .rule("high", "force", new Threshold(true, 100, 100), Duration.ZERO);
    rig.pass(5); // the driver connects
    speaks(90);

    assertThat(rig.values("quiet")).containsExactly(false);
    assertThat(rig.values("force/10s/percent-good").subList(2, 4)).containsOnly(100.0);
    assertThat(rig.values("high")).containsExactly(false);
    long expected = policy == ClockPolicy.TRUST ? rig.now + BEHIND : rig.now;
    assertThat(rig.newest("force").micros()).isCloseTo(expected - SECOND, within(2_000L));
    assertThat(rig.of("force")).allMatch(one -> one.rawMicros() < rig.now + BEHIND);
    assertThat(rig.newest("clock/offset-ms").sample().value()).isEqualTo(SampleValue.of(-90_000.0));

    rig.pass(25);
    assertThat(rig.values("quiet")).containsExactly(false, true);
  }

  /** A death is told only when nothing of the device leaves any more. */
  @ParameterizedTest
  @EnumSource(ClockPolicy.class)
  void nothingMoreIsToldOfADeviceThatIsAway(ClockPolicy policy) throws Exception {
    rig.offset = BEHIND;
    rig.tag("force", every(Duration.ofSeconds(1), Duration.ofSeconds(5)), DataClass.SITE)
        .clock(policy)
        .summary("force", "force/1s", Duration.ofSeconds(1), SummaryValue.COUNT)
        .rule("quiet", "force", new NoData(Duration.ofSeconds(20)), Duration.ZERO);
    for (int i = 0; i < 90; i++) {
      rig.offset += 1000;
      speaks(1);
    }
    assertThat(rig.of("clock/drift-ppm")).isNotEmpty();
    long mark = rig.stage().deviceMicros(PRESS, rig.now);
    rig.stage()
        .made(
            PRESS,
            new TagName("force"),
            new Sample(null, StatusCode.BAD_NO_COMMUNICATION, mark, 0));
    rig.pass(22);
    assertThat(rig.values("quiet")).last().isEqualTo(true);
    rig.out.clear();
    rig.pass(120);

    assertThat(rig.out).isEmpty();
  }

  private static Reporting every(Duration least, Duration most) {
    return new Reporting(OptionalDouble.empty(), Optional.of(least), Optional.of(most));
  }

  @Test
  void markAndConfirmationStandInTheDevicesTime() throws Exception {
    rig.offset = BEHIND;
    rig.tag("force").clock(ClockPolicy.TRUST);
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).isEqualTo(rig.now);
    speaks(40);
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).isEqualTo(rig.now + BEHIND);
  }

  /** Set back by 4 s for as long as two windows need to agree, the worst case for an estimate. */
  @Test
  void marksStandInTheDevicesTimeAlsoWhenTheGatewaysClockIsSet() throws Exception {
    rig.offset = BEHIND;
    rig.tag("force").clock(ClockPolicy.TRUST);
    speaks(40);
    long device = rig.now + rig.offset;
    rig.setGateway(-4 * SECOND);
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).as("not noticed yet").isNotEqualTo(device);
    rig.stage().tick();
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).isEqualTo(device);
    speaks(12);
    rig.setGateway(4 * SECOND);
    speaks(1);
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).isEqualTo(rig.now + BEHIND);
    speaks(30);
    assertThat(rig.stage().deviceMicros(PRESS, rig.now)).isEqualTo(rig.now + BEHIND);
    assertThat(rig.stage().clock(PRESS).steps()).as("of the device's clock").isZero();
  }

  @Test
  void correctedTimesFollowTheGatewaysClockAndKeepTheirOrder() throws Exception {
    rig.offset = BEHIND;
    rig.tag("force").clock(ClockPolicy.CORRECT);
    speaks(40);
    rig.setGateway(5 * SECOND);
    speaks(5);
    assertThat(rig.newest("force").micros()).isEqualTo(rig.now - SECOND);
    rig.setGateway(-5 * SECOND);
    speaks(5);
    assertThat(rig.of("force")).extracting(StampedSample::micros).isSorted();
    speaks(5);
    assertThat(rig.newest("force").micros()).isEqualTo(rig.now - SECOND);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClockPolicy.class,
      names = {"CORRECT", "REPLACE"})
  void markIsLaterThanWhatWasSaidAndEarlierThanWhatFollows(ClockPolicy policy) throws Exception {
    rig.offset = BEHIND;
    rig.tag("force").clock(policy);
    speaks(40);
    Sample mark =
        new Sample(
            null, StatusCode.BAD_NO_COMMUNICATION, rig.stage().deviceMicros(PRESS, rig.now), 0);
    rig.stage().made(PRESS, new TagName("force"), mark);
    rig.pass(1);
    rig.says("force", 5);

    List<StampedSample> last = rig.of("force").subList(39, 42);
    assertThat(last).extracting(StampedSample::micros).isSorted().doesNotHaveDuplicates();
    assertThat(last.get(1).micros()).isEqualTo(rig.now - SECOND);
    assertThat(last.get(1).rawMicros()).isEqualTo(StampedSample.NO_STAMP);
  }

  @ParameterizedTest
  @EnumSource(ClockPolicy.class)
  void clockThatResetsTo1970IsKeptCountedAndDoesNotStopTheRules(ClockPolicy policy)
      throws Exception {
    rig.tag("force")
        .clock(policy)
        .rule("high", "force", new Threshold(true, 100, 90), Duration.ofSeconds(2))
        .rule("quiet", "force", new NoData(Duration.ofSeconds(20)), Duration.ZERO);
    speaks(60);
    rig.offset = -rig.now + 5 * SECOND;
    speaks(40);
    rig.says("force", 150);
    rig.pass(3);

    assertThat(rig.of("force")).as("nothing is dropped").hasSize(101);
    assertThat(rig.newest("force").rawMicros()).isLessThan(100 * SECOND);
    if (policy == ClockPolicy.TRUST) {
      assertThat(rig.newest("force").micros()).isEqualTo(rig.newest("force").rawMicros());
    } else {
      assertThat(rig.newest("force").micros()).isCloseTo(rig.now - 3 * SECOND, within(2_000L));
      assertThat(rig.of("force")).extracting(StampedSample::micros).isSorted();
    }
    assertThat(rig.stage().clock(PRESS).implausible()).isEqualTo(41);
    assertThat(rig.stage().clock(PRESS).steps()).isPositive();
    assertThat(rig.values("high")).containsExactly(false, true);
    assertThat(rig.values("quiet")).containsExactly(false);
    rig.pass(10);
    assertThat(rig.newest("clock/implausible").sample().value()).isEqualTo(SampleValue.of(41L));
  }

  @Test
  void valueThatStandsForHoursMakesNoHistory() throws Exception {
    Reporting hourly =
        new Reporting(OptionalDouble.of(0), Optional.empty(), Optional.of(Duration.ofMinutes(1)));
    rig.tag("force", hourly, DataClass.SITE)
        .tag("beat")
        .clock(ClockPolicy.TRUST)
        .summary("force", "force/10s", Duration.ofSeconds(10), SummaryValue.MAX);
    rig.pass(1);
    rig.says("force", 7, START - 3 * 3600 * SECOND);
    for (int i = 0; i < 100; i++) {
      rig.says("beat", i);
      rig.pass(1);
    }
    rig.says("force", 8);

    assertThat(rig.values("force")).as("said again once").containsExactly(7.0, 7.0, 8.0);
    assertThat(rig.of("force/10s/max")).allMatch(figure -> figure.micros() > START);
    assertThat(rig.values("force/10s/max")).hasSizeGreaterThan(3).containsOnly(7.0);
  }

  @Test
  void ruleKnowsWhatHoldsAlsoAfterItsClockWasSet() throws Exception {
    rig.tag("force")
        .tag("beat")
        .clock(ClockPolicy.TRUST)
        .rule("high", "force", new Threshold(true, 100, 90), Duration.ofSeconds(30));
    for (int i = 0; i < 60; i++) {
      rig.says("beat", i);
      rig.pass(1);
    }
    rig.says("force", 150);
    rig.pass(5);
    rig.offset = -3600 * SECOND;
    for (int i = 0; i < 60; i++) {
      rig.says("beat", i);
      rig.pass(1);
    }
    assertThat(rig.values("high")).containsExactly(false, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClockPolicy.class,
      names = {"CORRECT", "REPLACE"})
  void sameStampAfterARestartGetsTheTimeThatItHad(ClockPolicy policy) throws Exception {
    long raw = START - 3700 * SECOND;
    Sample said = new Sample(SampleValue.of(4.0), StatusCode.GOOD, START - 60 * SECOND, 0);
    rig.stored.put(new TagName("force"), new StampedSample(said, raw));
    rig.tag("force").clock(policy);
    rig.says("force", 4, raw);
    rig.says("force", 5, raw + SECOND);

    assertThat(rig.of("force").getFirst()).isEqualTo(new StampedSample(said, raw));
    assertThat(rig.of("force").getLast().micros()).isEqualTo(START);
  }
}
