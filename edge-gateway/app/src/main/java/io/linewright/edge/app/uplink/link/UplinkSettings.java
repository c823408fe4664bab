package io.linewright.edge.app.uplink.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * How the gateway reaches its broker, and figures that are not in the gateway's file.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}; several, separated by commas: the
 *     node walks over them in this order
 * @param username user name; empty: none
 * @param password its password
 * @param ssl trust and keys for {@code ssl://}; empty: the JVM's own
 * @param keepAlive MQTT keep-alive, 1 s to 18 h
 * @param callTimeout longest wait for any answer of the broker
 * @param patience how long a confirmation may stand still before records are sent again
 * @param rebirthInterval shortest time between two births
 * @param backOffMin first wait after a failed connection
 * @param backOffMax longest wait after a failed connection
 * @param windowBytes most unconfirmed bytes per lane
 * @param diskReserve bytes of the disk that the log leaves to others
 * @param bufferSamples samples held before the log; drivers wait when they are reached
 * @param housekeeping time between two deletions of what is confirmed
 */
public record UplinkSettings(
    String url,
    Optional<String> username,
    Optional<String> password,
    Optional<SSLContext> ssl,
    Duration keepAlive,
    Duration callTimeout,
    Duration patience,
    Duration rebirthInterval,
    Duration backOffMin,
    Duration backOffMax,
    long windowBytes,
    long diskReserve,
    int bufferSamples,
    Duration housekeeping) {

  /** Defaults for a broker without user. */
  public static UplinkSettings of(String url) {
    return new UplinkSettings(
        url,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofSeconds(30),
        32L << 20,
        200L << 20,
        50_000,
        Duration.ofSeconds(2));
  }

  /**
   * The servers, in the order in which they are tried.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<String> servers() {
    List<String> servers = Stream.of(url.split(",")).map(String::strip).toList();
    if (servers.isEmpty() || servers.contains("")) {
      throw new IllegalArgumentException(
          "'%s' is no list of brokers: write tcp://host:port, several separated by commas"
              .formatted(url));
    }
    return servers;
  }

  /** The same with a user. */
  public UplinkSettings withUser(String name, String secret) {
    return new UplinkSettings(
        url,
        Optional.of(name),
        Optional.of(secret),
        ssl,
        keepAlive,
        callTimeout,
        patience,
        rebirthInterval,
        backOffMin,
        backOffMax,
        windowBytes,
        diskReserve,
        bufferSamples,
        housekeeping);
  }

  /** The same with trust and keys of its own. */
  public UplinkSettings withSsl(SSLContext context) {
    return new UplinkSettings(
        url,
        username,
        password,
        Optional.of(context),
        keepAlive,
        callTimeout,
        patience,
        rebirthInterval,
        backOffMin,
        backOffMax,
        windowBytes,
        diskReserve,
        bufferSamples,
        housekeeping);
  }

  /** The same with another keep-alive. */
  public UplinkSettings withKeepAlive(Duration interval) {
    return new UplinkSettings(
        url,
        username,
        password,
        ssl,
        interval,
        callTimeout,
        patience,
        rebirthInterval,
        backOffMin,
        backOffMax,
        windowBytes,
        diskReserve,
        bufferSamples,
        housekeeping);
  }

  /** The same with another disk reserve. */
  public UplinkSettings withDiskReserve(long bytes) {
    return new UplinkSettings(
        url,
        username,
        password,
        ssl,
        keepAlive,
        callTimeout,
        patience,
        rebirthInterval,
        backOffMin,
        backOffMax,
        windowBytes,
        bytes,
        bufferSamples,
        housekeeping);
  }
}
