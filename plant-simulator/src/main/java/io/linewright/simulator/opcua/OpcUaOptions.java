package io.linewright.simulator.opcua;

/**
 * How the OPC UA server is offered.
 *
 * @param address local address to bind
 * @param host name or address in the endpoint's URL
 * @param port TCP port, 0 for a free one
 * @param username the one user
 * @param password that user's password
 * @param allowInsecure whether clients may also connect without encryption
 * @param speed simulated seconds per second, greater than 0
 */
public record OpcUaOptions(
    String address,
    String host,
    int port,
    String username,
    String password,
    boolean allowInsecure,
    double speed) {

  /** Without the password. */
  @Override
  public String toString() {
    return "OpcUaOptions[" + address + ":" + port + ", user " + username + "]";
  }
}
