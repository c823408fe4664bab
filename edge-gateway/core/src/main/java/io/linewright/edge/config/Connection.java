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

  /** A way to Modbus units. */
  sealed interface Modbus extends Connection {

    /** Time between two polls of the same register. */
    Duration pollInterval();

    /** Longest wait for an answer. */
    Duration timeout();

    /** What the devices can do. */
    ModbusOptions options();
  }

  /**
   * One serial line with Modbus RTU.
   *
   * @param id unique in the file
   * @param port name of the device, as {@code /dev/ttyUSB0}
   * @param line how characters go over it
   * @param pollInterval time between two polls of the same register
   * @param timeout longest wait for an answer
   * @param options what the devices can do; framing and parallel units do not count
   */
  record ModbusRtu(
      String id,
      String port,
      SerialLine line,
      Duration pollInterval,
      Duration timeout,
      ModbusOptions options)
      implements Modbus {}

  /**
   * How characters of eight bits go over a serial line (MODBUS over Serial Line V1.02, clause
   * 2.5.1).
   *
   * @param baud bits per second, 300 to 921,600
   * @param stopBits 1 or 2
   */
  record SerialLine(int baud, Parity parity, int stopBits) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** From there on the silence does not get shorter. */
    private static final int FAST_BAUD = 19_200;

    private static final long FAST_SILENCE_NANOS = 1_750_000;

    /** What is sent behind the eight bits of a character to check them. */
    public enum Parity {
      NONE,
      EVEN,
      ODD
    }

    /** Time that so many characters take. */
    public long nanos(int characters) {
      int bits = 1 + 8 + (parity == Parity.NONE ? 0 : 1) + stopBits;
      return NANOS_PER_SECOND * bits * characters / baud;
    }

    /** Silence between two messages: 3.5 characters, above 19,200 baud 1.75 ms. */
    public long silenceNanos() {
      return baud > FAST_BAUD ? FAST_SILENCE_NANOS : nanos(7) / 2;
    }
  }

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
      implements Modbus {

    /** A Modbus TCP device with the standard's limits. */
    public ModbusTcp(String id, String host, int port, Duration pollInterval, Duration timeout) {
      this(id, host, port, pollInterval, timeout, ModbusOptions.DEFAULT);
    }
  }
}
