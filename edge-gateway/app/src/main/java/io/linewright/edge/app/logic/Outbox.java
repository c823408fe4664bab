package io.linewright.edge.app.logic;

import io.linewright.edge.sampling.SampleSink;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one step of a device's logic says, until it is handed on: a thread that is interrupted in
 * between leaves the rest to the next one. Lets nothing out that may not leave the gateway. Bounded
 * by what one step can say. Guarded by the device's lock.
 */
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private record Item(TagName tag, StampedSample stamped) {}

  private final EquipmentPath device;
  private final Set<TagName> published;
  private final SampleSink next;
  private final LogicCounters counters;
  private final Deque<Item> items = new ArrayDeque<>();

  Outbox(EquipmentPath device, Set<TagName> published, SampleSink next, LogicCounters counters) {
    this.device = device;
    this.published = published;
    this.next = next;
    this.counters = counters;
  }

  /** Whether values of the tag may leave. */
  boolean lets(TagName tag) {
    return published.contains(tag);
  }

  /** A value of the device is to be handed on. */
  void reported(TagName tag, StampedSample stamped) {
    put(tag, stamped);
  }

  /** The gateway says something itself. */
  void made(TagName tag, Sample sample) {
    counters.made();
    put(tag, StampedSample.of(sample));
  }

  /** What the device said before is said again. */
  void repeated(TagName tag, Sample sample) {
    counters.made();
    put(tag, StampedSample.made(sample));
  }

  void suppressed() {
    counters.suppressed();
  }

  private void put(TagName tag, StampedSample stamped) {
    if (published.contains(tag)) {
      items.add(new Item(tag, stamped));
    } else {
      counters.kept();
    }
  }

  /** Takes over what another one has not handed on. */
  void adopt(Outbox other) {
    other.items.forEach(item -> put(item.tag(), item.stamped()));
    other.items.clear();
  }

  /**
   * Hands everything on.
   *
   * @throws InterruptedException if interrupted; what is left comes the next time
   */
  void drain() throws InterruptedException {
    for (Item item = items.peek(); item != null; item = items.peek()) {
      try {
        next.accept(device, item.tag(), item.stamped());
        counters.out();
      } catch (IllegalArgumentException undeclared) {
        LOG.error("A value of {}#{} is not published: {}", device, item.tag(), undeclared);
        counters.kept();
      }
      items.remove();
    }
  }
}
