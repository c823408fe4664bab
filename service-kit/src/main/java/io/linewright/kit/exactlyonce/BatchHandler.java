package io.linewright.kit.exactlyonce;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a service does with the records of a topic. The same records may come again after a
 * rollback; what was prepared or stored then never happened.
 *
 * @param <P> what {@link #prepare} hands to {@link #store}
 */
public interface BatchHandler<P> {

  /**
   * Everything that can be done before the transaction: decode, register names, make partitions.
   * May use short transactions of its own for what is harmless if nothing follows.
   */
  P prepare(List<ConsumerRecord<byte[], byte[]>> records);

  /**
   * Writes to the database, inside the transaction that also moves the offsets.
   *
   * @param transactionTime the database's time, right after the transaction's begin
   */
  Stored store(P prepared, Instant transactionTime);

  /**
   * Keeps what cannot be processed, inside the same transaction.
   *
   * @throws PauseRequestedException if there is no room for more
   */
  void setAside(List<SetAside> refused);

  /**
   * Whether {@link #prepare} may run on a thread of its own, for the records that come next, while
   * {@link #store} still works on those before. It must then not rest on what {@code store}
   * changes.
   */
  default boolean preparesAhead() {
    return false;
  }

  /** Forgets what was derived from a transaction that has not, or perhaps not, committed. */
  default void dropCaches() {}
}
