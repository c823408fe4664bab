package io.linewright.ingest.app.command;

import io.linewright.ingest.app.command.CommandStore.Subject;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.command.CommandHistory;
import io.linewright.ingest.command.Speaker;
import io.linewright.ingest.command.Told;
import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.event.EventTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Enters what bridge and gateways tell of commands; what this service told itself is a repeat. */
final class CommandHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  private static final int MAX_DETAIL = 2_000;

  /** What a record says. */
  private record Word(UUID command, String tag, Told told) {}

  /** What became of it. */
  private enum Outcome {
    ENTERED,
    REPEATED,
    NOT_OURS
  }

  private final CommandStore store;
  private final Quarantine quarantine;
  private final JsonMapper json;
  private final Runnable strangers;

  /**
   * @param strangers run for each word on a command that is not in the table
   */
  CommandHandler(CommandStore store, Quarantine quarantine, JsonMapper json, Runnable strangers) {
    this.store = store;
    this.quarantine = quarantine;
    this.json = json;
    this.strangers = strangers;
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> prepare(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records;
  }

  @Override
  public Stored store(List<ConsumerRecord<byte[], byte[]>> records, Instant transactionTime) {
    List<SetAside> refused = new ArrayList<>();
    Map<Outcome, Integer> outcomes = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        outcomes.merge(enter(word(record)), 1, Integer::sum);
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(
            SetAside.whole(record, "not progress of a command: " + unreadable.getMessage()));
      }
    }
    int entered = outcomes.getOrDefault(Outcome.ENTERED, 0);
    int strange = outcomes.getOrDefault(Outcome.NOT_OURS, 0);
    int repeated = outcomes.getOrDefault(Outcome.REPEATED, 0) + strange;
    return new Stored(
        new StageCounts(records.size(), entered, refused.size(), repeated),
        refused,
        () -> {
          for (int i = 0; i < strange; i++) {
            strangers.run();
          }
        });
  }

  @Override
  public void setAside(List<SetAside> refused) {
    quarantine.keep("ingest.commands", refused, false);
  }

  private Outcome enter(Word word) {
    Optional<Subject> command = store.lock(word.command());
    if (command.isEmpty()) {
      return Outcome.NOT_OURS;
    }
    if (!command.get().tag().equals(word.tag())) {
      throw new IllegalArgumentException(
          "command %s is one to %s, not to %s"
              .formatted(word.command(), command.get().tag(), word.tag()));
    }
    CommandHistory before = store.history(command.get().number());
    CommandHistory after = before.after(word.told());
    if (after.equals(before)) {
      return Outcome.REPEATED;
    }
    store.tell(command.get().number(), word.told(), after.step());
    return Outcome.ENTERED;
  }

  private Word word(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException("it is empty");
    }
    @Nullable CommandProgress progress = json.readValue(value, CommandProgress.class);
    if (progress == null
        || progress.id() == null
        || progress.tag() == null
        || progress.step() == null
        || progress.at() == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    CloudEvent<CommandProgress> event = CloudEventHeaders.read(headers(record), progress);
    if (!event.type().equals(EventTypes.COMMAND_PROGRESS)) {
      throw new IllegalArgumentException("unknown ce_type '" + event.type() + "'");
    }
    Speaker speaker =
        Speaker.of(event.source())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "ce_source '%s' has no say here".formatted(event.source())));
    CommandStep step =
        CommandStep.of(progress.step())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown step '" + progress.step() + "'"));
    Instant at = progress.at().truncatedTo(ChronoUnit.MICROS); // what the table keeps
    return new Word(
        UUID.fromString(progress.id()),
        progress.tag(),
        new Told(speaker, step, at, detail(progress.detail())));
  }

  private static String detail(@Nullable String text) {
    String detail = text == null ? "" : text.replace('\0', '?');
    return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
