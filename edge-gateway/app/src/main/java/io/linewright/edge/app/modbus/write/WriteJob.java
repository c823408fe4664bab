package io.linewright.edge.app.modbus.write;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import io.linewright.edge.modbus.value.Encoded;
import io.linewright.edge.modbus.write.WriteRequest;
import io.linewright.model.sample.DataType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One value to be written to one place. Either it is taken in time, or it expires, never both. */
final class WriteJob {

  private final ModbusRegister place;
  private final DataType type;
  private final Encoded value;
  private final WriteRequest request;
  private final long deadline;
  private final CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean decided = new AtomicBoolean();

  /**
   * @param place where the value goes
   * @param type of the tag
   * @param value as registers
   * @param request the one request that writes it
   * @param deadline nano time after which it must not be sent
   */
  WriteJob(
      ModbusRegister place, DataType type, Encoded value, WriteRequest request, long deadline) {
    this.place = place;
    this.type = type;
    this.value = value;
    this.request = request;
    this.deadline = deadline;
  }

  ModbusRegister place() {
    return place;
  }

  DataType type() {
    return type;
  }

  Encoded value() {
    return value;
  }

  WriteRequest request() {
    return request;
  }

  ReadBlock readBack() {
    return ReadBlock.of(new Slot(0, place));
  }

  boolean late(long nanoTime) {
    return nanoTime - deadline >= 0;
  }

  /** Takes the job for sending; false if it has expired. */
  boolean take() {
    return decided.compareAndSet(false, true);
  }

  /** Ends the job if nobody took it. */
  void expire() {
    if (decided.compareAndSet(false, true)) {
      outcome.complete(new WriteOutcome.Expired());
    }
  }

  CompletableFuture<WriteOutcome> outcome() {
    return outcome;
  }
}
