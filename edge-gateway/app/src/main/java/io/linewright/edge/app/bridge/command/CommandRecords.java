package io.linewright.edge.app.bridge.command;

import io.linewright.edge.command.Command;
import io.linewright.edge.host.command.DeliveryInput;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the records of commands and of their results. */
record CommandRecords(JsonMapper json) {

  /**
   * What a record says; empty if it says nothing for the delivery.
   *
   * @param inherited whether it was written before this bridge started
   */
  List<CommandArrival> read(ConsumerRecord<byte[], byte[]> read, boolean inherited) {
    byte[] bytes = read.value() == null ? new byte[0] : read.value();
    try {
      if (read.topic().equals(Topic.COMMANDS.topicName())) {
        return List.of(
            new CommandArrival.Input(
                new DeliveryInput.Requested(
                    command(json.readValue(bytes, CommandRequested.class)), inherited)));
      }
      CommandProgress step = json.readValue(bytes, CommandProgress.class);
      return answers(read, step)
          ? List.of(
              new CommandArrival.Input(new DeliveryInput.Answered(UUID.fromString(step.id()))))
          : List.of();
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      String id = "%s/%d/%d".formatted(read.topic(), read.partition(), read.offset());
      return List.of(
          new CommandArrival.Unreadable(
              id,
              read.topic(),
              "it is no %s: %s"
                  .formatted(
                      read.topic().equals(Topic.COMMANDS.topicName()) ? "command" : "step",
                      unreadable.getMessage()),
              bytes,
              Instant.ofEpochMilli(read.timestamp())));
    }
  }

  /** A gateway's word whatever it is; anybody's end. */
  private static boolean answers(ConsumerRecord<byte[], byte[]> read, CommandProgress step) {
    return source(read).startsWith("/edge/")
        || CommandStep.of(step.step())
            .orElseThrow(() -> new IllegalArgumentException("no step is called " + step.step()))
            .isFinal();
  }

  private static String source(ConsumerRecord<byte[], byte[]> read) {
    @Nullable Header header = read.headers().lastHeader("ce_source");
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Command command(CommandRequested asked) {
    DataType type =
        DataType.of(asked.type())
            .orElseThrow(() -> new IllegalArgumentException("no type is called " + asked.type()));
    return new Command(
        UUID.fromString(asked.id()),
        TagKey.parse(asked.tag()),
        SampleText.parse(type, asked.value()),
        present(asked.requester(), "requester"),
        present(asked.requestedAt(), "requestedAt"),
        present(asked.expiresAt(), "expiresAt"),
        asked.reason() == null ? "" : asked.reason());
  }

  /** JSON may leave out what the record promises. */
  private static <T> T present(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }
}
