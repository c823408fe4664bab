package io.linewright.edge.app.modbus.write;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.driver.write.PendingWrite;
import io.linewright.edge.app.modbus.wire.Pdus;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.ExceptionCodes;
import io.linewright.edge.modbus.value.Decoded;
import io.linewright.edge.modbus.value.Encoded;
import io.linewright.edge.modbus.value.RegisterDecoder;
import io.linewright.edge.modbus.value.RegisterEncoder;
import io.linewright.edge.modbus.write.WritePlanner;
import io.linewright.edge.modbus.write.WritePlanner.Plan;
import io.linewright.edge.modbus.write.WriteRequest;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one unit, one after the other. A write is sent once, and again only if the device
 * said that it was too busy to carry it out. Then the value is read back, some times if the device
 * needs a moment; a write without answer is read back as well, and counts if the device holds the
 * value.
 *
 * <p>Any thread may submit; all else belongs to the connection's thread.
 */
public final class WriteDesk {

  /** Most writes of a unit that wait. */
  static final int MAX_WAITING = 64;

  private static final StatusCode BAD_NOT_WRITABLE = new StatusCode(0x803B0000);
  private static final StatusCode BAD_OUT_OF_RANGE = new StatusCode(0x803C0000);
  private static final StatusCode BAD_TOO_MANY_OPERATIONS = new StatusCode(0x80100000);

  private static final long FIRST_PATIENCE = Duration.ofMillis(10).toNanos();
  private static final int BUSY_TRIES = 8;

  /** Pauses before the first and each further look at what the device holds. */
  private static final List<Duration> LOOKS =
      List.of(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(450));

  private enum Step {
    WRITE,
    READ_BACK
  }

  private final Set<Integer> functions;
  private final ArrayBlockingQueue<WriteJob> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private @Nullable WriteJob current;
  private Step step = Step.WRITE;
  private int tries;
  private long notBefore;
  private @Nullable String doubt;

  /**
   * @param functions function codes that writes may use
   */
  public WriteDesk(Set<Integer> functions) {
    this.functions = Set.copyOf(functions);
  }

  /**
   * Queues a write.
   *
   * @param place of a tag
   * @param type of the tag
   * @param patience time after which it is not sent any more
   */
  public CompletableFuture<WriteOutcome> submit(
      ModbusRegister place, DataType type, SampleValue value, Duration patience) {
    Encoded encoded = RegisterEncoder.encode(value, place);
    if (encoded instanceof Encoded.Refused refused) {
      return refused(BAD_OUT_OF_RANGE, refused.reason());
    }
    Plan plan = WritePlanner.plan(List.of(new WritePlanner.Item(place, encoded)), functions);
    if (plan instanceof Plan.Refused refused) {
      return refused(BAD_NOT_WRITABLE, refused.reason());
    }
    WriteRequest request = ((Plan.Requests) plan).requests().getFirst();
    WriteJob job = new WriteJob(place, type, encoded, request, new PendingWrite(patience));
    if (!waiting.offer(job)) {
      return refused(
          BAD_TOO_MANY_OPERATIONS, MAX_WAITING + " writes wait for this unit; try again later");
    }
    job.pending().expireInTime(() -> waiting.remove(job));
    return job.pending().outcome();
  }

  private static CompletableFuture<WriteOutcome> refused(StatusCode status, String reason) {
    return CompletableFuture.completedFuture(new WriteOutcome.Refused(status, reason));
  }

  /** Nanoseconds until there is something to send; {@link Long#MAX_VALUE} if nothing waits. */
  public long waitNanos(long nanoTime) {
    if (current == null) {
      return waiting.isEmpty() ? Long.MAX_VALUE : 0;
    }
    return Math.max(0, notBefore - nanoTime);
  }

  /** The bytes of the next request; null if there is none to be sent now. */
  public byte @Nullable [] next(long nanoTime) {
    while (current == null) {
      WriteJob job = waiting.poll();
      if (job == null) {
        return null;
      }
      begin(job, nanoTime);
    }
    if (nanoTime - notBefore < 0) {
      return null;
    }
    if (step == Step.WRITE && current.pending().late(nanoTime)) {
      end(new WriteOutcome.Refused(busyStatus(), "the device was busy until the patience ended"));
      return next(nanoTime);
    }
    return step == Step.WRITE ? Pdus.request(current.request()) : Pdus.request(current.readBack());
  }

  private void begin(WriteJob job, long nanoTime) {
    if (job.pending().late(nanoTime)) {
      job.pending().expire();
    } else if (job.pending().take()) {
      current = job;
      step = Step.WRITE;
      tries = 0;
      notBefore = nanoTime;
      doubt = null;
    }
  }

  private static StatusCode busyStatus() {
    return ExceptionCodes.status(ExceptionCodes.BUSY);
  }

  /** The answer to the request that {@link #next} gave. */
  public void answered(byte[] answer, long nanoTime) {
    WriteJob job = current();
    int code = Pdus.exceptionCode(answer);
    if (step == Step.WRITE) {
      written(job, answer, code, nanoTime);
    } else if (code != 0) {
      looked("the device refuses to be read back (" + ExceptionCodes.name(code) + ")", nanoTime);
    } else {
      compare(job, Pdus.data(job.readBack(), answer), nanoTime);
    }
  }

  private void written(WriteJob job, byte[] answer, int code, long nanoTime) {
    if (code == ExceptionCodes.BUSY && tries < BUSY_TRIES) {
      notBefore = nanoTime + (FIRST_PATIENCE << tries);
      tries++;
    } else if (code == ExceptionCodes.ACKNOWLEDGE) {
      // The device has taken the write and works on it: sending it again would do it twice.
      readBack(1, nanoTime);
    } else if (code > 0) {
      end(
          new WriteOutcome.Refused(
              ExceptionCodes.status(code),
              "the device answers '" + ExceptionCodes.name(code) + "'"));
    } else if (code < 0 || !Pdus.confirms(job.request(), answer)) {
      doubt = "the answer does not belong to the write";
      readBack(0, nanoTime);
    } else if (job.request() instanceof WriteRequest.WriteThenRead both) {
      step = Step.READ_BACK;
      tries = 0;
      compare(job, Pdus.data(both, answer), nanoTime);
    } else {
      readBack(0, nanoTime);
    }
  }

  private void readBack(int look, long nanoTime) {
    step = Step.READ_BACK;
    tries = look;
    notBefore = nanoTime + LOOKS.get(look).toNanos();
  }

  private void compare(WriteJob job, byte @Nullable [] data, long nanoTime) {
    if (data == null) {
      looked("what was read back has the wrong length", nanoTime);
      return;
    }
    Decoded held = decoded(job, data);
    if (holds(job, data)) {
      end(
          held instanceof Decoded.Value value
              ? new WriteOutcome.Verified(value.value())
              : new WriteOutcome.Unknown("the device holds something else than it was sent"));
    } else if (tries + 1 < LOOKS.size()) {
      readBack(tries + 1, nanoTime);
    } else if (doubt != null) {
      end(new WriteOutcome.Unknown(doubt + ", and the device holds another value"));
    } else {
      end(
          held instanceof Decoded.Value value
              ? new WriteOutcome.Differs(value.value())
              : new WriteOutcome.Unknown("the device holds what is no value of the tag"));
    }
  }

  private static Decoded decoded(WriteJob job, byte[] data) {
    ModbusRegister place = job.place();
    if (place.ofBits()) {
      return RegisterDecoder.number(RegisterDecoder.bit(data, 0), place, job.type());
    }
    return RegisterDecoder.decode(data, 0, place, job.type());
  }

  private static boolean holds(WriteJob job, byte[] data) {
    return switch (job.value()) {
      case Encoded.Coil coil -> (data[0] & 1) != 0 == coil.on();
      case Encoded.Registers whole -> Arrays.equals(whole.wire(), data);
      case Encoded.Bit bit ->
          (((data[0] & 0xFF) << 8 | data[1] & 0xFF) & bit.mask()) != 0 == bit.on();
      case Encoded.Refused refused -> false;
    };
  }

  /** A look at what the device holds brought nothing. */
  private void looked(String problem, long nanoTime) {
    if (tries + 1 < LOOKS.size()) {
      readBack(tries + 1, nanoTime);
    } else {
      end(new WriteOutcome.Unknown(doubt == null ? problem : doubt + "; " + problem));
    }
  }

  /** No answer came in time to the request that {@link #next} gave. */
  public void timedOut(long nanoTime) {
    if (step == Step.WRITE) {
      doubt = "the write was not answered in time";
      readBack(0, nanoTime);
    } else {
      looked("the read-back was not answered in time", nanoTime);
    }
  }

  /**
   * The connection ended.
   *
   * @param outstanding whether a request of this unit's write was not answered
   */
  public void disconnected(boolean outstanding) {
    if (current != null && (outstanding || step == Step.READ_BACK)) {
      end(
          new WriteOutcome.Unknown(
              "the connection ended before the write was "
                  + (step == Step.WRITE ? "answered" : "read back")));
    }
  }

  private WriteJob current() {
    WriteJob job = current;
    if (job == null) {
      throw new IllegalStateException("an answer without a write");
    }
    return job;
  }

  private void end(WriteOutcome outcome) {
    WriteJob job = current();
    current = null;
    job.pending().outcome().complete(outcome);
  }
}
