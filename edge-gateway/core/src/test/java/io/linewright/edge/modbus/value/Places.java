package io.linewright.edge.modbus.value;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;

/** Words for register tests. */
final class Places {

  static ModbusRegister place(Encoding encoding, WordOrder order) {
    return new ModbusRegister(Table.HOLDING, 0, encoding, order);
  }

  static ModbusRegister text(int length, Padding padding, WordOrder order) {
    return new ModbusRegister(
        Table.HOLDING, 0, Encoding.STRING, order, RegisterForm.text(length, padding));
  }

  static ModbusRegister bit(int bit, WordOrder order) {
    return new ModbusRegister(Table.HOLDING, 0, Encoding.BOOL, order, RegisterForm.ofBit(bit));
  }

  static ModbusRegister scaled(Encoding encoding, double scale, double offset) {
    return new ModbusRegister(
        Table.HOLDING, 0, encoding, WordOrder.ABCD, RegisterForm.scaled(scale, offset));
  }

  static Decoded decode(byte[] wire, ModbusRegister place, DataType type) {
    return place.encoding() == Encoding.STRING
        ? new Decoded.Value(SampleValue.of(RegisterDecoder.text(wire, 0, place)))
        : RegisterDecoder.number(RegisterDecoder.bits(wire, 0, place), place, type);
  }

  private Places() {}
}
