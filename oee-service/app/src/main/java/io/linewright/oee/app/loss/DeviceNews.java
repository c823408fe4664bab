package io.linewright.oee.app.loss;

import io.linewright.oee.app.decode.Decoded;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.event.Loss;
import io.linewright.oee.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Stores what devices and gateways say about the values themselves: that some are lost, and up to
 * when all were told. Both change what the time of their machines was. The caller has locked the
 * machines' lines.
 */
public final class DeviceNews {

  private final Devices devices;
  private final Losses losses;
  private final Marks marks;

  DeviceNews(Devices devices, Losses losses, Marks marks) {
    this.devices = devices;
    this.losses = losses;
    this.marks = marks;
  }

  /** The machines that they are about, as far as is known, by number. */
  public Collection<Integer> concerned(List<Decoded.Lost> lost, List<Decoded.Complete> complete) {
    TreeSet<String> sources = new TreeSet<>();
    lost.forEach(one -> sources.add(one.source()));
    complete.forEach(one -> sources.add(one.device()));
    TreeSet<Integer> concerned = new TreeSet<>();
    sources.forEach(source -> concerned.addAll(devices.machinesOf(source)));
    return concerned;
  }

  /** Stores them; how many of them were new. */
  public int store(List<Decoded.Lost> lost, List<Decoded.Complete> complete, Instant now) {
    int news = 0;
    List<Marks.Touch> touched = new ArrayList<>();
    for (Decoded.Lost one : lost) {
      if (losses.add(one.loss(), one.source(), one.reason(), now)) {
        news++;
        Span span = touchedBy(one.loss());
        devices
            .machinesOf(one.source())
            .forEach(machine -> touched.add(new Marks.Touch(machine, span)));
      }
    }
    marks.add("loss", touched);
    return news + complete(complete);
  }

  /**
   * What a loss makes unknown for sure. That nothing is known until the machine has told its state
   * anew is for whoever computes it to find.
   */
  public static Span touchedBy(Loss loss) {
    return new Span(loss.fromMicros(), loss.toMicros() + 1);
  }

  private int complete(List<Decoded.Complete> complete) {
    if (complete.isEmpty()) {
      return 0;
    }
    Collection<Integer> concerned = concerned(List.of(), complete);
    Map<Integer, Long> before = devices.completeUntil(concerned);
    TreeMap<String, Long> greatest = new TreeMap<>();
    complete.forEach(one -> greatest.merge(one.device(), one.micros(), Math::max));
    int news = 0;
    for (Map.Entry<String, Long> one : greatest.entrySet()) {
      news += devices.completeUntil(one.getKey(), one.getValue()) ? 1 : 0;
    }
    List<Marks.Touch> touched = new ArrayList<>();
    devices
        .completeUntil(concerned)
        .forEach(
            (machine, until) -> {
              // A state that nobody vouched for may have counted as unknown. Before the first such
              // word it counted as known for some time after the last event, which is over now.
              Long from = before.get(machine);
              if (from == null) {
                touched.add(new Marks.Touch(machine, Marks.ALWAYS));
              } else if (from < until) {
                touched.add(new Marks.Touch(machine, new Span(from, until)));
              }
            });
    marks.add("complete", touched);
    return news;
  }
}
