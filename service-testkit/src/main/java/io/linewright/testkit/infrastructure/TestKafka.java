package io.linewright.testkit.infrastructure;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker with its own controller (KRaft) in this JVM: plain text, no authentication,
 * loopback only, topics are not created by themselves.
 */
public final class TestKafka implements AutoCloseable {

  private static final int NODE = 1;

  private final Path directory;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  private TestKafka(Path directory, int port, int controllerPort) {
    this.directory = directory;
    this.port = port;
    this.controllerPort = controllerPort;
    this.server = launch();
  }

  /** Starts a broker on free ports; it answers when this returns. */
  public static TestKafka start() {
    Path directory = TestDirectory.create("kafka");
    int port = FreePorts.next();
    int controllerPort = FreePorts.next();
    format(directory);
    return new TestKafka(directory, port, controllerPort);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** A new admin client; the caller closes it. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** Stops the broker and starts it again on the same port with its data. */
  public void restart() {
    stop();
    resume();
  }

  /** Stops the broker; its data stay. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
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

  private static void format(Path directory) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setUnstableFeatureVersionsEnabled(false)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception failed) {
      throw new IllegalStateException("Cannot prepare a Kafka data directory", failed);
    }
  }

  private KafkaRaftServer launch() {
    KafkaRaftServer next = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
    next.startup();
    return next;
  }

  private Properties properties() {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE));
    p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    p.put("controller.listener.names", "CONTROLLER");
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", directory.toString());
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.num.partitions", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("log.cleaner.dedupe.buffer.size", "4194304");
    p.put("log.cleaner.threads", "1");
    p.put("log.retention.check.interval.ms", "1000");
    p.put("controlled.shutdown.enable", "false");
    return p;
  }
}
