package io.linewright.edge.app.command;

import io.linewright.edge.command.Command;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.SampleValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The commands of a DCMD message: each metric is one, and says by its properties who wants it until
 * when. A metric without them is a plain Sparkplug write, which is never executed.
 *
 * @param commands those that can be understood, in the order of the message
 * @param refusals one sentence for each of the others
 */
record CommandMessage(List<Command> commands, List<String> refusals) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1000;

  CommandMessage {
    commands = List.copyOf(commands);
    refusals = List.copyOf(refusals);
  }

  /** Reads a message to the device at that path. */
  static CommandMessage read(EquipmentPath device, Payload payload) {
    List<Command> commands = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Metric metric : payload.metrics()) {
      try {
        commands.add(command(device, metric));
      } catch (IllegalArgumentException refused) {
        refusals.add("metric %s: %s".formatted(metric.name(), refused.getMessage()));
      }
    }
    return new CommandMessage(commands, refusals);
  }

  private static Command command(EquipmentPath device, Metric metric) {
    String name = metric.name();
    if (name == null) {
      throw new IllegalArgumentException("a command names its metric");
    }
    return new Command(
        UUID.fromString(text(metric, LinewrightMetrics.COMMAND_ID, LONGEST_NAME)),
        new TagKey(device, new TagName(name)),
        value(metric),
        text(metric, LinewrightMetrics.REQUESTER, LONGEST_NAME),
        time(metric, LinewrightMetrics.REQUESTED_AT),
        time(metric, LinewrightMetrics.EXPIRES_AT),
        metric.properties().containsKey(LinewrightMetrics.COMMAND_REASON)
            ? text(metric, LinewrightMetrics.COMMAND_REASON, LONGEST_REASON)
            : "");
  }

  private static String text(Metric metric, String property, int longest) {
    if (metric.properties().get(property) instanceof String text && text.length() <= longest) {
      return text;
    }
    throw new IllegalArgumentException(
        "property %s is missing, is no text or is longer than %d".formatted(property, longest));
  }

  private static Instant time(Metric metric, String property) {
    if (metric.properties().get(property) instanceof Number millis) {
      return Instant.ofEpochMilli(millis.longValue());
    }
    throw new IllegalArgumentException("property %s is missing or no number".formatted(property));
  }

  private static SampleValue value(Metric metric) {
    Object raw = metric.value();
    if (raw == null || metric.unsupported()) {
      throw new IllegalArgumentException("it has no value of a kind that can be written");
    }
    Optional<SparkplugType> type = SparkplugType.of(metric.type());
    Object value = type.isPresent() ? type.get().read(raw).orElse(raw) : raw;
    return switch (value) {
      case Boolean truth -> SampleValue.of(truth.booleanValue());
      case Long number -> SampleValue.of(number.longValue());
      case Float number -> SampleValue.of(number.doubleValue());
      case Double number -> SampleValue.of(number.doubleValue());
      case String text -> {
        bounded(text.getBytes(StandardCharsets.UTF_8));
        yield SampleValue.of(text);
      }
      case byte[] bytes -> new SampleValue.BytesValue(bounded(bytes));
      default ->
          throw new IllegalArgumentException("it has no value of a kind that can be written");
    };
  }

  private static byte[] bounded(byte[] bytes) {
    if (bytes.length > SampleValue.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the value has %d bytes, at most %d are possible"
              .formatted(bytes.length, SampleValue.MAX_BYTES));
    }
    return bytes;
  }
}
