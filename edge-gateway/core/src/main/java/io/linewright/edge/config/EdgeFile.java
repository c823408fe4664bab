package io.linewright.edge.config;

import java.util.List;

/**
 * The content of one gateway file, checked.
 *
 * @param gateway who the gateway is
 * @param log bounds of the log on disk
 * @param connections ways to machines, by unique id
 * @param devices what is read; each names one of the connections
 */
public record EdgeFile(
    GatewayIdentity gateway,
    LogSettings log,
    List<Connection> connections,
    List<DeviceSettings> devices) {

  public EdgeFile {
    connections = List.copyOf(connections);
    devices = List.copyOf(devices);
  }
}
