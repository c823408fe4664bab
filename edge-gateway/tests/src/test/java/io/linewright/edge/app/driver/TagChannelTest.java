package io.linewright.edge.app.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagChannelTest {

  private static final long NOW = 1_000_000;

  private final RecordingSink sink = new RecordingSink();
  private final StageCounters counters = new StageCounters();
  private Instant now = Instant.ofEpochSecond(1);

  @Test
  void sameValueOfTheSameInstantIsARepeat() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, 10);

    assertThat(sink.samples("state")).containsExactly(good(1, 10), good(2, 10));
    assertThat(counters.counts().in()).isEqualTo(3);
    assertThat(counters.counts().out()).isEqualTo(2);
    assertThat(counters.counts().repeated()).isOne();
  }

  @Test
  void markIsYoungerThanAValueFromAClockThatRunsAhead() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, NOW + 500);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);

    assertThat(sink.samples("state"))
        .containsExactly(
            good(1, NOW + 500), new Sample(null, StatusCode.BAD_NO_COMMUNICATION, NOW + 501, 0));
    confirm(tag, SampleValue.of(1), NOW + 500, NOW);
    assertThat(sink.samples("state").getLast()).isEqualTo(good(1, NOW + 502));
    assertThat(sink.latest("state")).isEqualTo(StatusCode.GOOD);
  }

  @Test
  void valuesThatWaitedInAQueueAreNotTakenForThePresentOne() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, 11);
    tag.deliver(SampleValue.of(3), StatusCode.GOOD, 12);
    assertThat(tag.marked()).isTrue();

    confirm(tag, SampleValue.of(3), 12, NOW + 7);

    assertThat(tag.marked()).isFalse();
    assertThat(sink.samples("state"))
        .containsExactly(
            good(1, 10),
            new Sample(null, StatusCode.BAD_NO_COMMUNICATION, NOW, 0),
            good(2, 11),
            good(3, 12),
            good(3, NOW + 7));
    assertThat(counters.counts().in()).isEqualTo(counters.counts().out()).isEqualTo(3);
    assertThat(counters.counts().made()).isEqualTo(2);
  }

  @Test
  void changeThatIsStampedButNotShownYetIsNotContradicted() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    tag.present(SampleValue.of(1), StatusCode.GOOD, 10, NOW + 7);
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, NOW + 5);
    tag.present(SampleValue.of(2), StatusCode.GOOD, NOW + 5, NOW + 9);

    assertThat(sink.samples("state").subList(2, 3)).containsExactly(good(2, NOW + 5));
    assertThat(sink.samples("state")).hasSize(3);
  }

  @Test
  void looksCountFromTheLastNotificationOn() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    tag.present(SampleValue.of(1), StatusCode.GOOD, 10, NOW + 7);
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, 11);
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 12);
    tag.present(SampleValue.of(1), StatusCode.GOOD, 12, NOW + 20);
    assertThat(tag.marked()).isTrue();
    tag.present(SampleValue.of(1), StatusCode.GOOD, 12, NOW + 30);

    assertThat(sink.samples("state").getLast()).isEqualTo(good(1, NOW + 20));
  }

  @Test
  void valueThatIsStillOnItsWayIsNotSentTwice() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, 10);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);

    tag.present(SampleValue.of(3), StatusCode.GOOD, NOW + 2, NOW + 3);
    assertThat(tag.marked()).isTrue();
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, 11);
    tag.deliver(SampleValue.of(3), StatusCode.GOOD, NOW + 2);
    assertThat(tag.marked()).isFalse();

    assertThat(sink.samples("state").subList(2, 4)).containsExactly(good(2, 11), good(3, NOW + 2));
  }

  @Test
  void valueThatTheDeviceOnlySaysWhenAskedIsTakenAfterSomeLooksAndNeverTwice() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    for (int look = 0; look < 3; look++) {
      assertThat(tag.marked()).isTrue();
      tag.present(SampleValue.of(3), StatusCode.GOOD, NOW + 2, NOW + 3);
    }
    assertThat(tag.marked()).isFalse();
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, 11);
    tag.deliver(SampleValue.of(3), StatusCode.GOOD, NOW + 2);

    assertThat(sink.samples("state").subList(1, 3)).containsExactly(good(3, NOW + 2), good(2, 11));
    assertThat(sink.samples("state")).hasSize(3);
    assertThat(counters.counts().repeated()).isOne();
  }

  @Test
  void presentStateIsTranslatedToo() throws Exception {
    TagChannel tag = tag(Map.of("Running", 6));
    tag.deliver(SampleValue.of("Running"), StatusCode.GOOD, 10);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    confirm(tag, SampleValue.of("Running"), 10, NOW + 1);

    assertThat(sink.samples("state").getLast()).isEqualTo(good(6, NOW + 1));
  }

  @Test
  void newStatusReplacesAMark() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    tag.mark(StatusCode.BAD_NODE_ID_UNKNOWN);

    assertThat(sink.samples("state"))
        .extracting(Sample::status)
        .containsExactly(StatusCode.BAD_NO_COMMUNICATION, StatusCode.BAD_NODE_ID_UNKNOWN);
    assertThat(sink.latest("state")).isEqualTo(StatusCode.BAD_NODE_ID_UNKNOWN);
  }

  @Test
  void stateMapTranslatesAndSetsUnknownStatesAside() throws Exception {
    TagChannel tag = tag(Map.of("Running", 6));
    assertThat(tag.wireType()).isEqualTo(DataType.STRING);
    tag.deliver(SampleValue.of("Running"), StatusCode.GOOD, 10);
    tag.deliver(SampleValue.of("Dancing"), StatusCode.GOOD, 11);

    assertThat(sink.samples("state"))
        .containsExactly(good(6, 10), new Sample(null, new StatusCode(0x803C0000), 11, 0));
    assertThat(counters.counts().setAside()).isOne();
    assertThat(counters.counts().in())
        .isEqualTo(counters.counts().out() + counters.counts().setAside());
  }

  @Test
  void markMadeInAWrongFutureEndsAndTheNextOneIsTheNewestAgain() throws Exception {
    TagChannel tag = tag(Map.of());
    long hour = 3_600_000_000L;
    polled(tag, 1);
    now = Instant.ofEpochSecond(1).plusSeconds(3600);
    polled(tag, 2);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    now = Instant.ofEpochSecond(5);
    polled(tag, 2);
    assertThat(tag.marked()).isFalse();
    polled(tag, 3);
    now = Instant.ofEpochSecond(6);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    polled(tag, 4);

    assertThat(tag.marked()).isFalse();
    assertThat(sink.samples("state"))
        .containsExactly(
            good(1, NOW),
            good(2, NOW + hour),
            bad(NOW + hour + 1),
            good(2, NOW + hour + 2),
            good(3, 5_000_001), // honest again, and of no time that was used before
            bad(NOW + hour + 3), // newer than all, or the tag would look good
            good(4, NOW + hour + 4));
  }

  @Test
  void clockThatWasDaysAheadLeavesNoMarkThatNobodyTakes() throws Exception {
    TagChannel tag = tag(Map.of());
    now = Instant.ofEpochSecond(1).plusSeconds(3 * 86_400);
    polled(tag, 1);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    now = Instant.ofEpochSecond(1);
    polled(tag, 1);
    assertThat(tag.marked()).isFalse();
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);

    assertThat(sink.samples("state").subList(2, 4)).containsExactly(good(1, NOW + 1), bad(NOW + 2));
  }

  @Test
  void jumpForwardLeavesValuesAndMarksInOrder() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    now = Instant.ofEpochSecond(1).plusSeconds(86_400);
    polled(tag, 1);
    assertThat(tag.marked()).isFalse();
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);

    assertThat(sink.samples("state"))
        .extracting(Sample::sourceMicros)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void valuesWithTheSourcesTimeAreUntouchedByTheGatewaysClock() throws Exception {
    TagChannel tag = tag(Map.of());
    now = Instant.ofEpochSecond(1).plusSeconds(7200);
    tag.deliver(SampleValue.of(1), StatusCode.GOOD, NOW);
    tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    long mark = NOW + 7_200_000_000L;
    now = Instant.ofEpochSecond(2);
    tag.deliver(SampleValue.of(2), StatusCode.GOOD, NOW + 10);
    confirm(tag, SampleValue.of(2), NOW + 10, tag.nowMicros());
    assertThat(tag.marked()).isFalse();
    tag.deliver(SampleValue.of(3), StatusCode.GOOD, NOW + 20);

    assertThat(sink.samples("state"))
        .containsExactly(
            good(1, NOW), bad(mark), good(2, NOW + 10), good(2, mark + 1), good(3, NOW + 20));
  }

  @Test
  void markOfAnEarlierRunInTheFutureEndsToo() throws Exception {
    TagChannel tag = tag(Map.of());
    tag.markedBefore(StatusCode.BAD_NO_COMMUNICATION, NOW + 500);
    assertThat(tag.nextMark()).isEqualTo(NOW + 501);
    polled(tag, 1);
    assertThat(tag.marked()).isFalse();
    assertThat(sink.samples("state")).containsExactly(good(1, NOW + 501));
  }

  /** As a poller does. */
  private static void polled(TagChannel tag, long value) throws InterruptedException {
    tag.deliver(SampleValue.of(value), StatusCode.GOOD, tag.presentMicros());
  }

  /** The device is asked twice and says the same. */
  private static void confirm(TagChannel tag, SampleValue value, long micros, long asked)
      throws InterruptedException {
    tag.present(value, StatusCode.GOOD, micros, asked);
    assertThat(tag.marked()).isTrue();
    tag.present(value, StatusCode.GOOD, micros, asked + 250_000);
  }

  private static Sample bad(long micros) {
    return new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros, 0);
  }

  private TagChannel tag(Map<String, Integer> stateMap) {
    EquipmentPath path = EquipmentPath.parse("acme/graz/machining/line-1/mill-1");
    var settings =
        new TagSettings(
            new TagDescription(
                new TagKey(path, new TagName("state")),
                DataType.INTEGER,
                UcumUnit.ONE,
                TagRole.MACHINE_STATE,
                Optional.empty(),
                Optional.empty(),
                DataClass.ENTERPRISE,
                Optional.empty()),
            new TagAddress.OpcUaNode("i=1"));
    var device = new DeviceSettings(path, Optional.empty(), "c", 0, List.of(settings), stateMap);
    return TagChannel.of(device, sink, () -> now, counters).getFirst();
  }

  private static Sample good(long value, long micros) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
