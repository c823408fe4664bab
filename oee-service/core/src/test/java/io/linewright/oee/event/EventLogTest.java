package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.EventLog.Added;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static final int RUNS = 1_000;

  @Test
  void aNewKeyIsInserted() {
    Added added = EventLog.NONE.with(RandomEvents.count(7, 1.0));
    assertThat(added).isInstanceOf(Added.Inserted.class);
    assertThat(added.log()).containsExactly(RandomEvents.count(7, 1.0)).hasSize(1);
    assertThat(EventLog.NONE).isEmpty();
  }

  @Test
  void theSameAgainIsARepeat() {
    EventLog log = EventLog.of(List.of(RandomEvents.count(7, Double.NaN)));
    assertThat(log.with(RandomEvents.count(7, Double.NaN))).isEqualTo(new Added.Repeat(log));
  }

  @Test
  void ofAContradictionTheSameIsKeptWhicheverCameFirst() {
    EventLog low = EventLog.of(List.of(RandomEvents.count(7, 1.0)));
    EventLog high = EventLog.of(List.of(RandomEvents.count(7, 2.0)));
    MachineEvent one = RandomEvents.count(7, 1.0);
    MachineEvent two = RandomEvents.count(7, 2.0);
    assertThat(low.with(two)).isEqualTo(new Added.Contradiction(high, two, one));
    assertThat(high.with(one)).isEqualTo(new Added.Contradiction(high, two, one));
    assertThat(low).containsExactly(one);
  }

  @Test
  void anIteratorEnds() {
    Iterator<MachineEvent> events = EventLog.of(List.of(RandomEvents.count(7, 1.0))).iterator();
    events.next();
    assertThat(events.hasNext()).isFalse();
    assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void itIsAsASortedMap() {
    Seeded.check(
        RUNS,
        random -> {
          // More than a few chunks, now and then
          List<MachineEvent> events =
              RandomEvents.events(random, random.nextInt(8) == 0 ? 800 : 60);
          NavigableMap<EventKey, MachineEvent> model = new TreeMap<>();
          EventLog log = EventLog.NONE;
          for (MachineEvent event : events) {
            MachineEvent there = model.get(event.key());
            Added added = log.with(event);
            if (there == null) {
              assertThat(added).isInstanceOf(Added.Inserted.class);
            } else if (there.equals(event)) {
              assertThat(added).isInstanceOf(Added.Repeat.class);
              assertThat(added.log()).isSameAs(log);
            } else {
              assertThat(added).isInstanceOf(Added.Contradiction.class);
            }
            model.merge(event.key(), event, MachineEvent::kept);
            log = added.log();
          }
          assertThat(log).containsExactlyElementsOf(model.values());
          assertThat(log.size()).isEqualTo(model.size());
          assertThat(log).isEqualTo(EventLog.of(events)).hasSameHashCodeAs(EventLog.of(events));
          assertThat(log.kinds())
              .isEqualTo(
                  model.keySet().stream()
                      .map(key -> key.track().kind())
                      .collect(Collectors.toSet()));
          for (int i = 0; i < 20; i++) {
            long around =
                events.isEmpty()
                    ? 0
                    : events.get(random.nextInt(events.size())).key().micros()
                        + random.nextInt(3)
                        - 1;
            EventKey key = new EventKey(around, RandomEvents.track(random), random.nextInt(3));
            assertThat(log.before(key))
                .isEqualTo(ofTrack(model.headMap(key, false).descendingMap(), key));
            assertThat(log.after(key)).isEqualTo(ofTrack(model.tailMap(key, false), key));
            Span span = new Span(around, around + 1 + random.nextInt(10_000_000));
            List<MachineEvent> within = new ArrayList<>();
            log.within(span).forEachRemaining(within::add);
            assertThat(within)
                .containsExactlyElementsOf(
                    model.values().stream()
                        .filter(event -> span.contains(event.key().micros()))
                        .toList());
          }
        });
  }

  @Test
  void logsOfTheSameEventsAreEqualAndOthersAreNot() {
    Seeded.check(
        RUNS,
        random -> {
          List<MachineEvent> events = RandomEvents.events(random, 600);
          EventLog log = EventLog.of(events);
          EventLog other = EventLog.NONE;
          for (MachineEvent event : RandomEvents.shuffled(random, events)) {
            other = other.with(event).log();
          }
          assertThat(other).isEqualTo(log).hasSameHashCodeAs(log);
          EventLog more =
              log.with(RandomEvents.event(random, new EventKey(5, RandomEvents.track(random), 9)))
                  .log();
          assertThat(more).isNotEqualTo(log);
          assertThat(log).isEqualTo(other);
        });
  }

  private static @Nullable MachineEvent ofTrack(
      NavigableMap<EventKey, MachineEvent> some, EventKey key) {
    return some.values().stream()
        .filter(event -> event.key().track().equals(key.track()))
        .findFirst()
        .orElse(null);
  }
}
