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
   * @param username user name; empty: anonymous or by certificate
   * @param passwordFile file that holds the password and nothing else; empty if there is no user
   * @param userCertificate certificate by which the user identifies; empty: another way
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
      Optional<UserCertificate> userCertificate,
      Optional<Path> trustDir,
      Duration publishingInterval)
      implements Connection {

    /** Anonymous, or with user name and password. */
    public OpcUa(
        String id,
        String endpoint,
        String policy,
        String mode,
        Optional<String> username,
        Optional<Path> passwordFile,
        Optional<Path> trustDir,
        Duration publishingInterval) {
      this(
          id,
          endpoint,
          policy,
          mode,
          username,
          passwordFile,
          Optional.empty(),
          trustDir,
          publishingInterval);
    }
  }

  /**
   * A user's X.509 identity (OPC UA part 4, clause 7.40.5).
   *
   * @param certificate file with the certificate, DER or PEM
   * @param key file with its private key, PKCS#8, DER or PEM, not encrypted
   */
  record UserCertificate(Path certificate, Path key) {}

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
