package io.linewright.testkit.infrastructure;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import com.hivemq.extension.sdk.api.ExtensionMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A HiveMQ broker in this JVM, loopback only. It lets every client in: access rules are the
 * business of {@code mqtt-access} and are tested there.
 */
public final class TestMqtt implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      <?xml version="1.0"?>
      <hivemq>
        <listeners>
          <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
        </listeners>
        <mqtt>
          <queued-messages><max-queue-size>100000</max-queue-size></queued-messages>
        </mqtt>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
      </hivemq>
      """;

  private final Path directory;
  private final int port;
  private final @Nullable ExtensionMain extension;
  private EmbeddedHiveMQ server;

  private TestMqtt(Path directory, int port, @Nullable ExtensionMain extension) {
    this.directory = directory;
    this.port = port;
    this.extension = extension;
    this.server = launch();
  }

  /** Starts a broker on a free port; it accepts connections when this returns. */
  public static TestMqtt start() {
    return launched(null);
  }

  /** The same with an extension that sees every packet. */
  public static TestMqtt start(ExtensionMain extension) {
    return launched(extension);
  }

  private static TestMqtt launched(@Nullable ExtensionMain extension) {
    Path directory = TestDirectory.create("mqtt");
    int port = FreePorts.next();
    try {
      for (String name : new String[] {"conf", "data", "extensions"}) {
        Files.createDirectory(directory.resolve(name));
      }
      Files.writeString(directory.resolve("conf/config.xml"), CONFIGURATION.formatted(port));
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot prepare the broker's directory", failed);
    }
    return new TestMqtt(directory, port, extension);
  }

  public int port() {
    return port;
  }

  /** Address for clients, {@code tcp://127.0.0.1:PORT}. */
  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Stops the broker; its retained messages stay. */
  public void stop() {
    await(server.stop());
  }

  /** Starts the broker again after {@link #stop()}, same port and data. */
  public void resume() {
    server = launch();
  }

  @Override
  public void close() {
    stop();
    TestDirectory.delete(directory);
  }

  private EmbeddedHiveMQ launch() {
    EmbeddedHiveMQBuilder builder =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(directory.resolve("conf"))
            .withDataFolder(directory.resolve("data"))
            .withExtensionsFolder(directory.resolve("extensions"))
            .withoutLoggingBootstrap();
    if (extension != null) {
      builder.withEmbeddedExtension(
          EmbeddedExtension.builder()
              .withId("tap")
              .withName("tap")
              .withVersion("1")
              .withExtensionMain(extension)
              .build());
    }
    EmbeddedHiveMQ next = builder.build();
    await(next.start());
    return next;
  }

  private static void await(CompletableFuture<Void> step) {
    try {
      step.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("The MQTT broker did not start or stop", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while the MQTT broker changes state", interrupted);
    }
  }
}
