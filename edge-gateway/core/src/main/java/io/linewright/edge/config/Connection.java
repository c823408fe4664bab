package io.linewright.edge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A way to one or several machines. */
public sealed interface Connection {

  /** Unique in the file. */
  String id();

  /**
   * One OPC UA session.
   *
   * @param id unique in the file
   * @param endpoint {@code opc.tcp://host:port/path}
   * @param policy name of the security policy, {@code None} only when the file says so
   * @param mode {@code None}, {@code Sign} or {@code SignAndEncrypt}
   * @param username user name; empty: anonymous
   * @param passwordFile file that holds the password and nothing else; empty if there is no user
   * @param trustDir directory with the server certificates (DER or PEM) that are trusted
   * @param publishingInterval requested publishing interval
   */
  record OpcUa(
      String id,
      String endpoint,
      String policy,
      String mode,
      Optional<String> username,
      Optional<Path> passwordFile,
      Optional<Path> trustDir,
      Duration publishingInterval)
      implements Connection {}

  /**
   * One Modbus connection over TCP.
   *
   * @param id unique in the file
   * @param host host name or address
   * @param port TCP port
   * @param pollInterval time between two polls of the same register
   * @param timeout longest wait for an answer
   * @param options framing and what the device can do
   */
  record ModbusTcp(
      String id,
      String host,
      int port,
      Duration pollInterval,
      Duration timeout,
      ModbusOptions options)
      implements Connection {

    /** A Modbus TCP device with the standard's limits. */
    public ModbusTcp(String id, String host, int port, Duration pollInterval, Duration timeout) {
      this(id, host, port, pollInterval, timeout, ModbusOptions.DEFAULT);
    }
  }
}
