package io.linewright.simulator;

import io.linewright.simulator.plant.PlantDescription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the simulator runs.
 *
 * @param plant what is simulated
 * @param address local address of the OPC UA server
 * @param host name or address by which OPC UA clients reach it
 * @param modbusAddress local address of the Modbus server
 * @param opcUaPort TCP port, 0 for a free one
 * @param modbusPort TCP port, 0 for a free one
 * @param dataDirectory where key, certificate and password are kept; created if absent
 * @param username the OPC UA user
 * @param passwordFile file with that user's password; empty: {@code opcua-password} in the data
 *     directory, made with a random password if absent
 * @param truthFile where the ground truth goes; empty: nowhere
 * @param edgeFile where the gateway file goes; empty: none is written
 * @param speed simulated seconds per second, 0.01 to 10,000
 * @param registerPatience how long a register that was polled keeps its value for a gateway that
 *     stays away, 1 s or more
 * @param duration real time after which values stand still; empty: never
 * @param waitForGateway longest wait for a gateway that reads everything before the first change;
 *     empty: no wait
 * @param pollInterval Modbus poll interval of the gateway, 10 ms to 1 min
 * @param publishingInterval OPC UA publishing interval of the gateway, 10 ms to 10 min
 * @param allowInsecure whether OPC UA clients may connect without encryption
 */
public record SimulatorOptions(
    PlantDescription plant,
    String address,
    String host,
    String modbusAddress,
    int opcUaPort,
    int modbusPort,
    Path dataDirectory,
    String username,
    Optional<Path> passwordFile,
    Optional<Path> truthFile,
    Optional<Path> edgeFile,
    double speed,
    Duration registerPatience,
    Optional<Duration> duration,
    Optional<Duration> waitForGateway,
    Duration pollInterval,
    Duration publishingInterval,
    boolean allowInsecure) {

  /**
   * @throws IllegalArgumentException if speed or an interval is out of bounds
   */
  public SimulatorOptions {
    if (!(speed >= 0.01 && speed <= 10_000)) {
      throw new IllegalArgumentException("speed must be 0.01 to 10000, not " + speed);
    }
    if (registerPatience.toMillis() < 1000) {
      throw new IllegalArgumentException(
          "register patience must be at least 1 s: " + registerPatience);
    }
    if (pollInterval.toMillis() < 10 || pollInterval.toMillis() > 60_000) {
      throw new IllegalArgumentException("poll interval must be 10 ms to 1 min: " + pollInterval);
    }
    if (publishingInterval.toMillis() < 10 || publishingInterval.toMillis() > 600_000) {
      throw new IllegalArgumentException(
          "publishing interval must be 10 ms to 10 min: " + publishingInterval);
    }
  }

  /** Options with the usual values: loopback, free ports, real time, no files but its own. */
  public static Builder builder(PlantDescription plant, Path dataDirectory) {
    return new Builder(plant, dataDirectory);
  }

  /** Collects options. */
  public static final class Builder {
    private final PlantDescription plant;
    private final Path dataDirectory;
    private String address = "127.0.0.1";
    private String host = "127.0.0.1";
    private String modbusAddress = "127.0.0.1";
    private int opcUaPort;
    private int modbusPort;
    private Optional<Path> passwordFile = Optional.empty();
    private Optional<Path> truthFile = Optional.empty();
    private Optional<Path> edgeFile = Optional.empty();
    private double speed = 1;
    private Duration registerPatience = Duration.ofSeconds(60);
    private Optional<Duration> duration = Optional.empty();
    private Optional<Duration> waitForGateway = Optional.empty();
    private Duration pollInterval = Duration.ofMillis(250);
    private Duration publishingInterval = Duration.ofMillis(250);
    private boolean allowInsecure;

    private Builder(PlantDescription plant, Path dataDirectory) {
      this.plant = plant;
      this.dataDirectory = dataDirectory;
    }

    /** Local address of both servers; default loopback. */
    public Builder address(String value) {
      address = value;
      host = value;
      modbusAddress = value;
      return this;
    }

    /** Name or address by which OPC UA clients reach the server; default its address. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /** Local address of the Modbus server, which has neither TLS nor passwords. */
    public Builder modbusAddress(String value) {
      modbusAddress = value;
      return this;
    }

    /** TCP ports, 0 for free ones; default 0. */
    public Builder ports(int opcUa, int modbus) {
      opcUaPort = opcUa;
      modbusPort = modbus;
      return this;
    }

    /** File with the password of the OPC UA user; made with a random one if absent. */
    public Builder passwordFile(Path value) {
      passwordFile = Optional.of(value);
      return this;
    }

    /** Where the ground truth goes. */
    public Builder truthFile(Path value) {
      truthFile = Optional.of(value);
      return this;
    }

    /** Where the gateway file goes. */
    public Builder edgeFile(Path value) {
      edgeFile = Optional.of(value);
      return this;
    }

    /** Simulated seconds per second, 0.01 to 10,000; default 1. */
    public Builder speed(double value) {
      speed = value;
      return this;
    }

    /** Real time of changes after which values stand still; default for ever. */
    public Builder duration(Duration value) {
      duration = Optional.of(value);
      return this;
    }

    /**
     * How long a register that was polled keeps its value for a gateway that stays away, 1 s or
     * more; default 60 s.
     */
    public Builder registerPatience(Duration value) {
      registerPatience = value;
      return this;
    }

    /** Holds the first change until a gateway reads every tag, at most that long. */
    public Builder waitForGateway(Duration longest) {
      waitForGateway = Optional.of(longest);
      return this;
    }

    /** Modbus poll interval of the gateway, 10 ms to 1 min; default 250 ms. */
    public Builder pollInterval(Duration value) {
      pollInterval = value;
      return this;
    }

    /** OPC UA publishing interval of the gateway, 10 ms to 10 min; default 250 ms. */
    public Builder publishingInterval(Duration value) {
      publishingInterval = value;
      return this;
    }

    /** Whether OPC UA clients may connect without encryption; default no. */
    public Builder allowInsecure(boolean value) {
      allowInsecure = value;
      return this;
    }

    /**
     * The options collected.
     *
     * @throws IllegalArgumentException if speed or an interval is out of bounds
     */
    public SimulatorOptions build() {
      return new SimulatorOptions(
          plant,
          address,
          host,
          modbusAddress,
          opcUaPort,
          modbusPort,
          dataDirectory,
          "edge",
          passwordFile,
          truthFile,
          edgeFile,
          speed,
          registerPatience,
          duration,
          waitForGateway,
          pollInterval,
          publishingInterval,
          allowInsecure);
    }
  }
}
