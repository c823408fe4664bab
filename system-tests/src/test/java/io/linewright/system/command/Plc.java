package io.linewright.system.command;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.linewright.testkit.infrastructure.FreePorts;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A controller with holding registers that anybody may write. */
final class Plc implements AutoCloseable {

  private final ProcessImage image = new ProcessImage();
  private final ModbusTcpServer server;
  private final int port;

  Plc() throws Exception {
    port = FreePorts.next();
    server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> {
                  config.bindAddress = "127.0.0.1";
                  config.port = port;
                }),
            new ReadWriteModbusServices() {
              @Override
              protected Optional<ProcessImage> getProcessImage(int unitId) {
                return Optional.of(image);
              }
            });
    server.start();
  }

  int port() {
    return port;
  }

  void set(int register, int value) {
    byte[] bytes = ByteBuffer.allocate(2).putShort((short) value).array();
    image.with(tx -> tx.writeHoldingRegisters(registers -> registers.put(register, bytes)));
  }

  int get(int register) {
    byte[] bytes =
        image.get(tx -> tx.readHoldingRegisters(r -> r.getOrDefault(register, new byte[2])));
    return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
