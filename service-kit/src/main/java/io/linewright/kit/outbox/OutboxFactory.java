package io.linewright.kit.outbox;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.KafkaClients;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Makes an outbox and the relay that it wakes. */
public final class OutboxFactory {

  private final RelaySignal signal = new RelaySignal();

  public Outbox outbox(JdbcClient jdbc, JsonMapper json) {
    return new Outbox(jdbc, json, signal);
  }

  public OutboxRelay relay(
      DataSource dataSource,
      KafkaClients clients,
      JsonMapper json,
      FaultPoints faults,
      InstantSource clock) {
    return new OutboxRelay(dataSource, clients, json, signal, faults, clock);
  }
}
