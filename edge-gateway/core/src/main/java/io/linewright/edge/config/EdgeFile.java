package io.linewright.edge.config;

import java.util.List;

/**
 * The content of one gateway file, checked.
 *
 * @param gateway who the gateway is
 * @param log bounds of the log on disk
 * @param connections ways to machines, by unique id
 * @param devices what is read; each names one of the connections
 * @param publication which tags may leave the gateway
 */
public record EdgeFile(
    GatewayIdentity gateway,
    LogSettings log,
    List<Connection> connections,
    List<DeviceSettings> devices,
    Publication publication) {

  public EdgeFile {
    connections = List.copyOf(connections);
    devices = List.copyOf(devices);
  }

  /** A file that says nothing of classes. */
  public EdgeFile(
      GatewayIdentity gateway,
      LogSettings log,
      List<Connection> connections,
      List<DeviceSettings> devices) {
    this(gateway, log, connections, devices, Publication.DEFAULT);
  }
}
