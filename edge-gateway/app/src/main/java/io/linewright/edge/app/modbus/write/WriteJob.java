package io.linewright.edge.app.modbus.write;

import io.linewright.edge.app.driver.write.PendingWrite;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import io.linewright.edge.modbus.value.Encoded;
import io.linewright.edge.modbus.write.WriteRequest;
import io.linewright.model.sample.DataType;

/**
 * One value to be written to one place.
 *
 * @param place where the value goes
 * @param type of the tag
 * @param value as registers
 * @param request the one request that writes it
 * @param pending whether it may still be sent, and how it ended
 */
record WriteJob(
    ModbusRegister place,
    DataType type,
    Encoded value,
    WriteRequest request,
    PendingWrite pending) {

  ReadBlock readBack() {
    return ReadBlock.of(new Slot(0, place));
  }
}
