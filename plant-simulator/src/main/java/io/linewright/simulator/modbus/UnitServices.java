package io.linewright.simulator.modbus;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers reads of coils and holding registers; everything else is an illegal function. */
final class UnitServices implements ModbusServices {

  private final Map<Integer, RegisterUnit> units;

  UnitServices(Map<Integer, RegisterUnit> units) {
    this.units = Map.copyOf(units);
  }

  @Override
  public ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    RegisterUnit unit = unit(unitId);
    if (!unit.hasRegisters(request.address(), request.quantity())) {
      throw new ModbusResponseException(
          FunctionCode.READ_HOLDING_REGISTERS, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
    return new ReadHoldingRegistersResponse(
        unit.readRegisters(request.address(), request.quantity()));
  }

  @Override
  public ReadCoilsResponse readCoils(
      ModbusRequestContext context, int unitId, ReadCoilsRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    RegisterUnit unit = unit(unitId);
    if (!unit.hasCoils(request.address(), request.quantity())) {
      throw new ModbusResponseException(
          FunctionCode.READ_COILS, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
    return new ReadCoilsResponse(unit.readCoils(request.address(), request.quantity()));
  }

  private RegisterUnit unit(int unitId) throws UnknownUnitIdException {
    @Nullable RegisterUnit unit = units.get(unitId);
    if (unit == null) {
      throw new UnknownUnitIdException(unitId);
    }
    return unit;
  }
}
