package io.linewright.edge.app.modbus;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ModbusResponsePdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import io.linewright.edge.modbus.ReadBlock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Blocks as requests, and answers as bytes. */
final class ModbusReads {

  static CompletionStage<ModbusResponsePdu> send(
      ModbusTcpClient client, int unitId, ReadBlock block) {
    int start = block.start();
    int count = block.count();
    ModbusRequestPdu request =
        switch (block.table()) {
          case COIL -> new ReadCoilsRequest(start, count);
          case DISCRETE -> new ReadDiscreteInputsRequest(start, count);
          case HOLDING -> new ReadHoldingRegistersRequest(start, count);
          case INPUT -> new ReadInputRegistersRequest(start, count);
        };
    return client.sendAsync(unitId, request);
  }

  /** The bytes of an answer; null if it does not fit the request. */
  static byte @Nullable [] data(ReadBlock block, ModbusResponsePdu response) {
    byte[] data =
        switch (response) {
          case ReadCoilsResponse r -> r.coils();
          case ReadDiscreteInputsResponse r -> r.inputs();
          case ReadHoldingRegistersResponse r -> r.registers();
          case ReadInputRegistersResponse r -> r.registers();
          default -> new byte[0];
        };
    int expected = block.ofBits() ? (block.count() + 7) / 8 : 2 * block.count();
    return data.length == expected ? data : null;
  }

  private ModbusReads() {}
}
