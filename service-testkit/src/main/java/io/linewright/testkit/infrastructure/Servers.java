package io.linewright.testkit.infrastructure;

import java.util.function.Supplier;

/** The servers that tests share, each started when it is first asked for. */
public final class Servers {

  private final Supplier<TestKafka> kafka;
  private final Supplier<TestPostgres> postgres;
  private final Supplier<TestMqtt> mqtt;

  Servers(Supplier<TestKafka> kafka, Supplier<TestPostgres> postgres, Supplier<TestMqtt> mqtt) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.mqtt = mqtt;
  }

  public TestKafka kafka() {
    return kafka.get();
  }

  public TestPostgres postgres() {
    return postgres.get();
  }

  public TestMqtt mqtt() {
    return mqtt.get();
  }
}
