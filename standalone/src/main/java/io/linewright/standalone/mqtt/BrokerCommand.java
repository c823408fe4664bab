package io.linewright.standalone.mqtt;

import io.linewright.mqtt.CredentialsFile;
import io.linewright.standalone.Logs;
import io.linewright.standalone.StartFailure;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The MQTT broker of {@code up} in a process of its own, so that a fault drill can kill it. */
@Command(
    name = "broker",
    description = "Starts the MQTT broker alone, with the users of a data directory of 'up'.",
    mixinStandardHelpOptions = true,
    hidden = true)
public final class BrokerCommand implements Callable<Integer> {

  @Option(
      names = "--users",
      paramLabel = "FILE",
      required = true,
      description = "Who may connect: DATA/mqtt/conf/credentials of a running platform.")
  private Path users = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where the broker keeps what it must not forget; not that of 'up'.")
  private Path data = Path.of("");

  @Option(names = "--port", paramLabel = "N", required = true, description = "TCP port.")
  private int port;

  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    try {
      PrivateFiles.createDirectory(data);
      Logs.configure(PrivateFiles.createDirectory(data.resolve("logs")));
      MqttBroker broker =
          MqttBroker.start(
              data, Listener.plain("127.0.0.1"), port, CredentialsFile.read(users).values());
      // SIGTERM ends the process when this hook is through; the main thread only waits.
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
      System.out.println("ready {\"mqtt_port\":" + port + "}");
      ended.await();
      return 0;
    } catch (IOException | StartFailure cannotStart) {
      System.err.println("linewright: " + cannotStart.getMessage());
      return 1;
    }
  }
}
