package io.linewright.edge.app;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Somebody on the broker who publishes what he likes. */
final class TestClient implements AutoCloseable {

  private final MqttClient client;

  TestClient(String url) throws MqttException {
    client = new MqttClient(url, "test-" + UUID.randomUUID(), new MemoryPersistence());
    client.connect();
  }

  void publish(String topic, String payload, boolean retained) throws MqttException {
    client.publish(
        topic, new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, retained, null));
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
