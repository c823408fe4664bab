package io.linewright.ingest.gateway;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a trip stopped, as far as the end of it can tell. */
public enum StallStage {
  /** This service does not store telemetry at the moment. */
  INGEST("ingest"),
  /** Records wait in Kafka, or Kafka does not answer. */
  KAFKA("kafka"),
  /** The bridge does not carry. */
  BRIDGE("bridge"),
  /** The bridge saw the gateway leave the broker. */
  GATEWAY_OFFLINE("gateway-offline"),
  /** The bridge carries, but has nothing of the gateway, which did not take its leave. */
  GATEWAY_SILENT("gateway-silent"),
  /** Nothing tells. */
  UNKNOWN("unknown");

  /**
   * Records in Kafka from which on they count as waiting. Fewer may be the end marks of
   * transactions, or what a bridge that died left open: nobody will ever store those.
   */
  public static final long MANY_WAITING = 200;

  private final String text;

  StallStage(String text) {
    this.text = text;
  }

  /** As it is told: {@code gateway-offline}. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * What is known at a standstill.
   *
   * @param storing whether this service is able to store telemetry
   * @param kafkaAnswers whether Kafka does
   * @param bridgeMoves whether canaries of the bridge come; null if none is known
   * @param waiting offsets of telemetry in Kafka that are not stored; empty if not known
   * @param online whether the gateway is connected, as the bridge says; null if not known
   */
  public record Signs(
      boolean storing,
      boolean kafkaAnswers,
      @Nullable Boolean bridgeMoves,
      OptionalLong waiting,
      @Nullable Boolean online) {}

  /** The last stage before which everything is in order. */
  public static StallStage of(Signs signs) {
    if (!signs.kafkaAnswers()) {
      return KAFKA;
    }
    if (!signs.storing()) {
      return INGEST;
    }
    boolean waiting = signs.waiting().orElse(0) >= MANY_WAITING;
    Boolean bridge = signs.bridgeMoves();
    if (bridge == null) {
      return waiting ? KAFKA : UNKNOWN;
    }
    if (!bridge) {
      return waiting ? KAFKA : BRIDGE;
    }
    return Boolean.FALSE.equals(signs.online()) ? GATEWAY_OFFLINE : GATEWAY_SILENT;
  }
}
