package io.linewright.simulator;

import io.linewright.simulator.modbus.PlantModbusServer;
import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.opcua.OpcUaOptions;
import io.linewright.simulator.opcua.PlantOpcUaServer;
import io.linewright.simulator.tag.PlantTag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The plant's servers.
 *
 * @param opcUa always there
 * @param modbus empty if no machine speaks Modbus
 */
record PlantServers(PlantOpcUaServer opcUa, Optional<PlantModbusServer> modbus)
    implements AutoCloseable {

  static PlantServers start(
      SimulatorOptions options,
      ServerAccess access,
      List<PlantTag> tags,
      List<RegisterPlace> places)
      throws IOException {
    PlantOpcUaServer opcUa =
        PlantOpcUaServer.start(
            tags.stream().filter(tag -> tag.machine().modbus().isEmpty()).toList(),
            tags.size(),
            access.identity(),
            new OpcUaOptions(
                options.address(),
                options.host(),
                options.opcUaPort(),
                options.username(),
                access.password(),
                options.allowInsecure(),
                options.speed()));
    try {
      return new PlantServers(opcUa, startModbus(options, places));
    } catch (IOException | RuntimeException e) {
      opcUa.close();
      throw e;
    }
  }

  int modbusPort() {
    return modbus.map(PlantModbusServer::port).orElse(0);
  }

  @Override
  public void close() {
    modbus.ifPresent(PlantModbusServer::close);
    opcUa.close();
  }

  private static Optional<PlantModbusServer> startModbus(
      SimulatorOptions options, List<RegisterPlace> places) throws IOException {
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            PlantModbusServer.start(
                places,
                options.modbusAddress(),
                options.modbusPort(),
                options.pollInterval(),
                options.registerPatience()));
  }
}
