package io.linewright.simulator;

import io.linewright.simulator.opcua.ServerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the OPC UA server and its clients need to trust each other.
 *
 * @param identity key and certificate of the server
 * @param trustDirectory directory with the certificate, for clients
 * @param passwordFile file with the user's password
 * @param password its content
 */
record ServerAccess(
    ServerIdentity identity, Path trustDirectory, Path passwordFile, String password) {

  /** Reads what the data directory holds and makes what is missing. */
  static ServerAccess prepare(SimulatorOptions options) throws IOException {
    Path data = Files.createDirectories(options.dataDirectory()).toAbsolutePath();
    ServerIdentity identity = ServerIdentity.loadOrCreate(data, options.host());
    Path trust = data.resolve("trusted");
    identity.exportTo(trust);
    Path passwordFile = options.passwordFile().orElse(data.resolve("opcua-password"));
    return new ServerAccess(identity, trust, passwordFile, ServerIdentity.secret(passwordFile));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ServerAccess[" + passwordFile + "]";
  }
}
