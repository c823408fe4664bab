package io.linewright.edge.app.bridge.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the topic {@code equipment} says already, so that a birth writes only what is new. Holds
 * what is committed, and beside it what the open transaction adds.
 */
public final class DeclaredEquipment {

  private final Map<String, String> committed = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();

  /** Starts anew from what was read. */
  public void reset(Map<String, String> equipment) {
    open.clear();
    committed.clear();
    committed.putAll(equipment);
  }

  /**
   * Whether the record says something new; if so, it counts as written in the open transaction.
   *
   * @param onlyIfAbsent true if any record of that key will do
   */
  public boolean isNew(ProducerRecord<byte[], byte[]> declaration, boolean onlyIfAbsent) {
    String key = new String(declaration.key(), StandardCharsets.UTF_8);
    String content = new String(declaration.value(), StandardCharsets.UTF_8);
    String present = open.getOrDefault(key, committed.getOrDefault(key, ""));
    if (present.equals(content) || (onlyIfAbsent && !present.isEmpty())) {
      return false;
    }
    open.put(key, content);
    return true;
  }

  /** Whether anybody has declared it. */
  public boolean has(String key) {
    return open.containsKey(key) || committed.containsKey(key);
  }

  /** The open transaction was committed. */
  public void commit() {
    committed.putAll(open);
    open.clear();
  }
}
