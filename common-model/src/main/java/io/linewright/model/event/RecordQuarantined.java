package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A stage could not process a record and set it aside.
 *
 * @param stage who set it aside: {@code bridge}, {@code ingest}
 * @param origin where it came from: Kafka or MQTT topic
 * @param partition Kafka partition; null for MQTT
 * @param offset Kafka offset; null for MQTT
 * @param cause one sentence for people
 * @param payload original bytes in Base64; cut after 64 KiB
 * @param size size of the original in bytes
 */
public record RecordQuarantined(
    String stage,
    String origin,
    @Nullable Integer partition,
    @Nullable Long offset,
    String cause,
    String payload,
    int size) {}
