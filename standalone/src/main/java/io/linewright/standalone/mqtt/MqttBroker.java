package io.linewright.standalone.mqtt;

import com.codahale.metrics.Counter;
import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.linewright.mqtt.CredentialsFile;
import io.linewright.mqtt.MqttAccessExtension;
import io.linewright.mqtt.MqttUser;
import io.linewright.standalone.StartFailure;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HiveMQ in this process. Embedded, it lets strangers in, ends the process on some uncaught
 * exceptions and takes over logging; none of that here.
 */
public final class MqttBroker implements AutoCloseable {

  /** Largest packet in bytes: a birth of 10,000 tags with their descriptions fits. */
  static final int MAX_PACKET_BYTES = 8 * 1024 * 1024;

  /** Messages kept per client that is slow; beyond it they are dropped, counted and sent again. */
  static final int MAX_QUEUED_MESSAGES = 20_000;

  private static final Logger log = LoggerFactory.getLogger(MqttBroker.class);
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 20;
  private static final String DROPPED = "com.hivemq.messages.dropped.count";

  private final EmbeddedHiveMQ broker;

  private MqttBroker(EmbeddedHiveMQ broker) {
    this.broker = broker;
  }

  /**
   * Starts the broker.
   *
   * @param directory where it keeps its configuration and what it must not forget
   * @param listener where clients find it; with TLS, nobody is heard without
   * @param users everybody who may connect
   * @throws StartFailure if it does not start within a minute
   */
  public static MqttBroker start(
      Path directory, Listener listener, int port, Collection<MqttUser> users) throws StartFailure {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    EmbeddedHiveMQ broker = null;
    try {
      broker = configured(directory, listener, port, users);
      // Set by its constructor to "let everybody in if no extension objects".
      InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
      broker.start().get(START_SECONDS, TimeUnit.SECONDS);
      return new MqttBroker(broker);
    } catch (IOException | ExecutionException | TimeoutException anyReason) {
      closeQuietly(broker);
      throw new StartFailure(
          "The MQTT broker does not start on " + listener.boundAt(port) + ": " + reason(anyReason),
          anyReason);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      closeQuietly(broker);
      throw new StartFailure("Interrupted while the MQTT broker started", stopped);
    } finally {
      // Its own handler calls System.exit for exceptions it takes for unrecoverable.
      Thread.setDefaultUncaughtExceptionHandler(before != null ? before : MqttBroker::logUncaught);
    }
  }

  private static EmbeddedHiveMQ configured(
      Path directory, Listener listener, int port, Collection<MqttUser> users) throws IOException {
    Path conf = PrivateFiles.createDirectory(directory.resolve("conf"));
    Path data = PrivateFiles.createDirectory(directory.resolve("data"));
    Path extensions = PrivateFiles.createDirectory(directory.resolve("extensions"));
    PrivateFiles.write(conf.resolve("config.xml"), configuration(conf, listener, port));
    Path credentials = conf.resolve("credentials");
    PrivateFiles.write(credentials, CredentialsFile.format(users));
    limitResources();
    EmbeddedExtension access =
        EmbeddedExtension.builder()
            .withId("linewright-mqtt-access")
            .withName("Linewright MQTT access")
            .withVersion("1")
            .withExtensionMain(new MqttAccessExtension(credentials))
            .build();
    return EmbeddedHiveMQ.builder()
        .withConfigurationFolder(conf)
        .withDataFolder(data)
        .withExtensionsFolder(extensions)
        .withEmbeddedExtension(access)
        .withoutLoggingBootstrap()
        .build();
  }

  private static String configuration(Path conf, Listener listener, int port) throws IOException {
    if (listener.tls().isEmpty()) {
      return BrokerConfiguration.plain(listener.bind(), port);
    }
    BrokerKeyStore keys = BrokerKeyStore.write(conf.resolve("server.p12"), listener.tls().get());
    return BrokerConfiguration.secure(listener.bind(), port, keys);
  }

  // Its defaults are made for a machine of its own; changing the number of buckets later would
  // need a migration of stored data, so it must stay as it is.
  private static void limitResources() {
    InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(8);
    InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(8);
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);
    InternalConfigurations.PERSISTENCE_STARTUP_THREAD_POOL_SIZE.set(4);
    InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
    InternalConfigurations.QOS_0_MEMORY_LIMIT_PER_CLIENT_BYTES.set(32 * 1024 * 1024);
    InternalConfigurations.NOT_WRITABLE_QUEUE_SIZE.set(MAX_QUEUED_MESSAGES);
  }

  private static void logUncaught(Thread thread, Throwable failure) {
    log.error("uncaught in thread {}", thread.getName(), failure);
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Messages the broker has dropped since it started, because a client was too slow for them. */
  public long dropped() {
    Map<String, Counter> counters = broker.getMetricRegistry().getCounters();
    Counter counter = counters.get(DROPPED);
    return counter == null ? 0 : counter.getCount();
  }

  @Override
  public void close() {
    try {
      broker.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stubborn) {
      log.warn("the MQTT broker did not stop in {} s", STOP_SECONDS, stubborn);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(broker);
  }

  private static void closeQuietly(@Nullable EmbeddedHiveMQ broker) {
    if (broker == null) {
      return;
    }
    try {
      broker.close();
    } catch (ExecutionException notRunning) {
      log.debug("the MQTT broker was not running", notRunning);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
