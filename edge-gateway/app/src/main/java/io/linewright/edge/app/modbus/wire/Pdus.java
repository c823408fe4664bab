package io.linewright.edge.app.modbus.wire;

import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.ModbusPduSerializer.DefaultResponseSerializer;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.ModbusPdu;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.write.WriteRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Requests as bytes, and what answers say. The library's decoders trust their input; every answer
 * is therefore checked against its request: function, length, and for writes the echo.
 */
public final class Pdus {

  private static final int EXCEPTION = 0x80;

  /** Bytes of a write request that the answer repeats (clauses 6.5, 6.6, 6.11 and 6.12). */
  private static final int ECHO = 5;

  /** The request of a read. */
  public static byte[] request(ReadBlock block) {
    int start = block.start();
    int count = block.count();
    return bytes(
        switch (block.table()) {
          case COIL -> new ReadCoilsRequest(start, count);
          case DISCRETE -> new ReadDiscreteInputsRequest(start, count);
          case HOLDING -> new ReadHoldingRegistersRequest(start, count);
          case INPUT -> new ReadInputRegistersRequest(start, count);
        });
  }

  /** The request of a write. */
  public static byte[] request(WriteRequest write) {
    return bytes(
        switch (write) {
          case WriteRequest.SingleCoil coil ->
              new WriteSingleCoilRequest(coil.address(), coil.on());
          case WriteRequest.SingleRegister one ->
              new WriteSingleRegisterRequest(one.address(), one.value());
          case WriteRequest.Coils coils ->
              new WriteMultipleCoilsRequest(coils.address(), coils.count(), coils.packed());
          case WriteRequest.Registers many ->
              new WriteMultipleRegistersRequest(
                  many.address(), many.wire().length / 2, many.wire());
          case WriteRequest.Mask mask ->
              new MaskWriteRegisterRequest(mask.address(), mask.and(), mask.or());
          case WriteRequest.WriteThenRead both ->
              new ReadWriteMultipleRegistersRequest(
                  both.address(),
                  both.wire().length / 2,
                  both.address(),
                  both.wire().length / 2,
                  both.wire());
        });
  }

  private static byte[] bytes(ModbusRequestPdu request) {
    ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_PDU);
    try {
      DefaultRequestSerializer.INSTANCE.encode(request, buffer);
    } catch (ModbusException unknown) {
      throw new IllegalStateException("the library cannot send " + request, unknown);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Exception code of an answer; 0 if it is none, -1 if it is one of wrong length. */
  public static int exceptionCode(byte[] answer) {
    if ((answer[0] & EXCEPTION) == 0) {
      return 0;
    }
    return answer.length == 2 ? answer[1] & 0xFF : -1;
  }

  /** The registers or packed bits of a read's answer; null if it does not fit the request. */
  public static byte @Nullable [] data(ReadBlock block, byte[] answer) {
    int expected = block.ofBits() ? (block.count() + 7) / 8 : 2 * block.count();
    return data(answer, expected);
  }

  /** The registers that {@link WriteRequest.WriteThenRead} brought; null if they do not fit. */
  public static byte @Nullable [] data(WriteRequest.WriteThenRead write, byte[] answer) {
    return data(answer, write.wire().length);
  }

  private static byte @Nullable [] data(byte[] answer, int expected) {
    if (answer.length != expected + 2 || (answer[1] & 0xFF) != expected) {
      return null;
    }
    return switch (decoded(answer)) {
      case ReadCoilsResponse r -> r.coils();
      case ReadDiscreteInputsResponse r -> r.inputs();
      case ReadHoldingRegistersResponse r -> r.registers();
      case ReadInputRegistersResponse r -> r.registers();
      case ReadWriteMultipleRegistersResponse r -> r.registers();
      case null, default -> null;
    };
  }

  private static @Nullable ModbusPdu decoded(byte[] answer) {
    try {
      return DefaultResponseSerializer.INSTANCE.decode(answer[0] & 0xFF, ByteBuffer.wrap(answer));
    } catch (ModbusException | RuntimeException broken) {
      return null;
    }
  }

  /** Whether an answer says that the write was carried out as asked. */
  public static boolean confirms(WriteRequest write, byte[] answer) {
    if (write instanceof WriteRequest.WriteThenRead both) {
      return data(both, answer) != null;
    }
    byte[] request = request(write);
    int repeated = write instanceof WriteRequest.Mask ? request.length : ECHO;
    return answer.length == repeated && Arrays.equals(answer, 0, repeated, request, 0, repeated);
  }

  private Pdus() {}
}
