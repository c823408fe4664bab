package io.linewright.ingest.gateway;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a gateway says of itself in tags {@code health/FIGURE}, {@code
 * connection/ID/FIGURE} and {@code device/PLACE/FIGURE}; other names are figures of the gateway
 * under their own name.
 */
public final class GatewayReport {

  private static final String CONNECTION = "connection/";
  private static final String DEVICE = "device/";

  /**
   * One connection, one device or the gateway itself.
   *
   * @param name id of the connection, place of the device, empty for the gateway
   * @param figures what is known, by the last part of the name
   */
  public record Part(String name, Map<String, SampleValue> figures) {

    /** A figure that is a text; null if it is not known. */
    public @Nullable String text(String figure) {
      return figures.get(figure) instanceof StringValue(String text) ? text : null;
    }

    /** A figure that is a whole number; null if it is not known. */
    public @Nullable Long number(String figure) {
      return figures.get(figure) instanceof IntegerValue(long number) ? number : null;
    }

    /** A figure that is a number; null if it is not known. */
    public @Nullable Double real(String figure) {
      return figures.get(figure) instanceof DoubleValue(double number) ? number : null;
    }

    /** A figure that is true or false; null if it is not known. */
    public @Nullable Boolean truth(String figure) {
      return figures.get(figure) instanceof BooleanValue(boolean truth) ? truth : null;
    }
  }

  private final Map<String, SampleValue> gateway = new TreeMap<>();
  private final Map<String, Map<String, SampleValue>> connections = new TreeMap<>();
  private final Map<String, Map<String, SampleValue>> devices = new TreeMap<>();

  /**
   * Takes the value of one tag.
   *
   * @param value null if the tag has none now
   */
  public void add(String tagName, @Nullable SampleValue value) {
    if (value == null) {
      return;
    }
    int end = tagName.lastIndexOf('/');
    if (tagName.startsWith(CONNECTION) && end >= CONNECTION.length()) {
      put(connections, tagName.substring(CONNECTION.length(), end), tagName, end, value);
    } else if (tagName.startsWith(DEVICE) && end >= DEVICE.length()) {
      put(devices, tagName.substring(DEVICE.length(), end), tagName, end, value);
    } else {
      gateway.put(tagName, value);
    }
  }

  private static void put(
      Map<String, Map<String, SampleValue>> parts,
      String part,
      String tagName,
      int end,
      SampleValue value) {
    parts.computeIfAbsent(part, p -> new TreeMap<>()).put(tagName.substring(end + 1), value);
  }

  /** The gateway itself; figures by the whole name of the tag. */
  public Part gateway() {
    return new Part("", gateway);
  }

  /** The connections, by id. */
  public List<Part> connections() {
    return parts(connections);
  }

  /** The devices, by place. */
  public List<Part> devices() {
    return parts(devices);
  }

  /** Number of bad tags of all devices. */
  public long badTags() {
    return devices().stream()
        .map(device -> Optional.ofNullable(device.number("bad-tags")))
        .mapToLong(count -> count.orElse(0L))
        .sum();
  }

  /** How many devices are in a state. */
  public long devicesIn(Predicate<@Nullable String> state) {
    return devices().stream().filter(device -> state.test(device.text("state"))).count();
  }

  private static List<Part> parts(Map<String, Map<String, SampleValue>> all) {
    List<Part> parts = new ArrayList<>();
    all.forEach((name, figures) -> parts.add(new Part(name, Map.copyOf(figures))));
    return parts;
  }
}
