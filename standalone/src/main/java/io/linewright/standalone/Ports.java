package io.linewright.standalone;

import io.linewright.standalone.tls.BindAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TCP ports in use; all in [1, 65535].
 *
 * @param http dashboard and REST
 * @param opcUa OPC UA server of the simulated plant
 * @param modbus Modbus server of the simulated plant
 * @param kafkaController for Kafka's own use, like the rest on the loopback address
 * @param ingest REST of the ingest-service, behind the gateway
 * @param oee REST of the oee-service, behind the gateway
 * @param bridge health and metrics of the bridge
 * @param edge health and metrics of the edge gateway
 * @param furtherIngests REST of the second and later instances of the ingest-service
 */
record Ports(
    int http,
    int kafka,
    int mqtt,
    int postgres,
    int opcUa,
    int modbus,
    int kafkaController,
    int ingest,
    int oee,
    int bridge,
    int edge,
    List<Integer> furtherIngests) {

  Ports {
    furtherIngests = List.copyOf(furtherIngests);
  }

  /**
   * Takes the wanted ports, or free ones where the options say so.
   *
   * @throws StartFailure if a wanted port is taken
   */
  static Ports choose(UpOptions options, BindAddress bind) throws StartFailure {
    List<ServerSocket> held = new ArrayList<>();
    try {
      InetAddress address = bind.address();
      // Modbus has no TLS: it never leaves the machine.
      InetAddress modbus = bind.beyondLoopback() ? InetAddress.getLoopbackAddress() : address;
      boolean free = options.freePorts;
      return new Ports(
          hold(held, address, options.port, 8080, free, "dashboard and REST", "--port"),
          hold(held, address, options.kafkaPort, 9092, free, "Kafka", "--kafka-port"),
          hold(held, address, options.mqttPort, 1883, free, "MQTT", "--mqtt-port"),
          hold(held, address, options.postgresPort, 15432, free, "PostgreSQL", "--postgres-port"),
          plant(options)
              ? hold(held, address, options.opcUaPort, 4840, free, "OPC UA", "--opcua-port")
              : 0,
          plant(options)
              ? hold(held, modbus, options.modbusPort, 5020, free, "Modbus", "--modbus-port")
              : 0,
          inside(held),
          inside(held),
          inside(held),
          inside(held),
          inside(held),
          furtherIngests(options, held));
    } finally {
      held.forEach(Ports::closeQuietly);
    }
  }

  private static boolean plant(UpOptions options) {
    return options.simulated();
  }

  private static List<Integer> furtherIngests(UpOptions options, List<ServerSocket> held)
      throws StartFailure {
    List<Integer> ports = new ArrayList<>();
    for (int instance = 2; instance <= options.ingestInstances(); instance++) {
      ports.add(inside(held));
    }
    return ports;
  }

  private static int inside(List<ServerSocket> held) throws StartFailure {
    return hold(held, InetAddress.getLoopbackAddress(), 0, 0, true, "use inside", "");
  }

  // All are held until all are known, so that two free ones never are the same.
  private static int hold(
      List<ServerSocket> held,
      InetAddress address,
      @Nullable Integer wanted,
      int usual,
      boolean free,
      String purpose,
      String option)
      throws StartFailure {
    int port = wanted != null ? wanted : free ? 0 : usual;
    try {
      ServerSocket socket = new ServerSocket();
      held.add(socket);
      socket.bind(new InetSocketAddress(address, port));
      return socket.getLocalPort();
    } catch (IOException | IllegalArgumentException taken) {
      throw new StartFailure(
          "Port "
              + port
              + " on "
              + address.getHostAddress()
              + ", wanted for "
              + purpose
              + ", cannot be used: "
              + taken.getMessage()
              + ". Stop the program that has it, or choose another port with "
              + option
              + " N or free ones with --free-ports.",
          taken);
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      return;
    }
  }
}
