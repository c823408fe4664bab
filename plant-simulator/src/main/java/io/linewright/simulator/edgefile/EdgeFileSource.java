package io.linewright.simulator.edgefile;

import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.tag.PlantTag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a gateway must know to read the plant.
 *
 * @param tags all tags
 * @param places registers of the tags on Modbus
 * @param opcUaHost where the OPC UA server is reached
 * @param modbusHost where the Modbus server is reached
 * @param opcUaPort TCP port
 * @param modbusPort TCP port; without meaning if nothing is on Modbus
 * @param username OPC UA user
 * @param passwordFile file with that user's password
 * @param trustDirectory directory with the server's certificate
 * @param pollInterval Modbus poll interval that the plant counts on
 * @param publishingInterval OPC UA publishing interval
 * @param speed simulated seconds per second
 */
public record EdgeFileSource(
    List<PlantTag> tags,
    List<RegisterPlace> places,
    String opcUaHost,
    String modbusHost,
    int opcUaPort,
    int modbusPort,
    String username,
    Path passwordFile,
    Path trustDirectory,
    Duration pollInterval,
    Duration publishingInterval,
    double speed) {

  public EdgeFileSource {
    tags = List.copyOf(tags);
    places = List.copyOf(places);
  }

  /** A host as it stands in an address: IPv6 in brackets. */
  public static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
