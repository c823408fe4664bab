package io.linewright.kit.outbox;

import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.topic.Topic;
import java.time.Instant;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events that leave with the transaction that caused them. They are rows until the relay has sent
 * them; a transaction that rolls back takes its events and their sequence numbers back.
 */
public final class Outbox {

  private static final String NEXT_SEQUENCE =
      """
      INSERT INTO outbox_sequence AS s (source, key, last) VALUES (?, ?, 1)
      ON CONFLICT (source, key) DO UPDATE SET last = s.last + 1 RETURNING last
      """;
  private static final String INSERT =
      "INSERT INTO outbox (topic, key, headers, payload) VALUES (?, ?, ?::jsonb, ?)";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final RelaySignal signal;

  Outbox(JdbcClient jdbc, JsonMapper json, RelaySignal signal) {
    this.jdbc = jdbc;
    this.json = json;
    this.signal = signal;
  }

  /**
   * Adds an event to the running transaction.
   *
   * @param topic where it goes
   * @param key record key: events of one source and key are numbered without gap and keep their
   *     order
   * @param source {@code ce_source} of this service
   * @param id {@code ce_id}, deterministic: the same fact always gets the same
   * @param time when it happened
   * @throws IllegalStateException if no transaction is active: the event could get lost or lie
   */
  public void add(
      Topic topic,
      String key,
      String source,
      String id,
      String type,
      Instant time,
      String subject,
      Object data) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("an event needs the transaction that causes it");
    }
    long sequence =
        jdbc.sql(NEXT_SEQUENCE).params(source, key).query((row, n) -> row.getLong(1)).single();
    var event =
        new CloudEvent<>(id, source, type, time, subject, OptionalLong.of(sequence), null, data);
    jdbc.sql(INSERT)
        .params(
            topic.topicName(),
            key,
            json.writeValueAsString(CloudEventHeaders.of(event)),
            json.writeValueAsBytes(data))
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            signal.raise();
          }
        });
  }
}
