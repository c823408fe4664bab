package io.linewright.edge.app.driver;

import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every sample by tag name, with the time of its arrival. */
public final class RecordingSink implements SampleSink {

  /** A sample and the {@link System#nanoTime} at which it came. */
  public record Arrived(Sample sample, long nanoTime) {}

  private final Map<String, List<Arrived>> byTag = new ConcurrentHashMap<>();

  @Override
  public void accept(EquipmentPath device, TagName tag, Sample sample) {
    byTag
        .computeIfAbsent(tag.value(), t -> new CopyOnWriteArrayList<>())
        .add(new Arrived(sample, System.nanoTime()));
  }

  public List<Arrived> arrived(String tag) {
    return byTag.getOrDefault(tag, List.of());
  }

  public List<Sample> samples(String tag) {
    return arrived(tag).stream().map(Arrived::sample).toList();
  }

  /** Status of the sample with the latest source time: what a reader of the tag sees. */
  public StatusCode latest(String tag) {
    return samples(tag).stream()
        .max((a, b) -> Long.compare(a.sourceMicros(), b.sourceMicros()))
        .map(Sample::status)
        .orElse(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
  }

  public int tags() {
    return byTag.size();
  }
}
