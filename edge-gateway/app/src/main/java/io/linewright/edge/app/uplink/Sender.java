package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.edge.app.uplink.link.MqttLink;
import io.linewright.edge.app.uplink.link.NodeTopics;
import io.linewright.edge.app.uplink.link.UplinkEvent;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.fold.Step;
import io.linewright.edge.log.Window;
import io.linewright.edge.sparkplug.EdgeNodeFact;
import io.linewright.edge.sparkplug.EdgeNodeInput;
import io.linewright.edge.sparkplug.EdgeNodeSession;
import io.linewright.edge.sparkplug.EdgeNodeState;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending thread: performs what {@link EdgeNodeSession} decides and sends what {@link Lanes}
 * hands out. It connects again for ever.
 */
final class Sender implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final int MAX_EVENTS = 10_000;
  private static final int BURST = 128;
  private static final long IDLE_MILLIS = 50;

  private final GatewayIdentity gateway;
  private final NodeTopics topics;
  private final UplinkSettings settings;
  private final RecordLog log;
  private final Births births;
  private final LogKeeper keeper;
  private final SendBooks books;
  private final BdSeqFile bdSeqFile;
  private final InstantSource clock;
  private final BlockingQueue<UplinkEvent> events = new ArrayBlockingQueue<>(MAX_EVENTS);
  private final AtomicBoolean storedPending = new AtomicBoolean();
  private final Messages messages;
  private final Lanes lanes;

  private EdgeNodeSession session;
  private EdgeNodeState state;
  private @Nullable MqttLink link;
  private long epoch;
  private long nextConnectMillis;
  private int failures;
  private boolean stopping;
  private volatile boolean ready;

  Sender(
      GatewayIdentity gateway,
      UplinkSettings settings,
      Window window,
      RecordLog log,
      Births births,
      LogKeeper keeper,
      SendBooks books,
      BdSeqFile bdSeqFile,
      InstantSource clock) {
    this.gateway = gateway;
    this.topics = new NodeTopics(gateway.group(), gateway.node());
    this.settings = settings;
    this.log = log;
    this.births = births;
    this.messages = new Messages(log, births, clock);
    this.keeper = keeper;
    this.books = books;
    this.bdSeqFile = bdSeqFile;
    this.clock = clock;
    this.lanes = new Lanes(gateway, settings, window, log, keeper, books, now());
    this.session = newSession();
    this.state = EdgeNodeState.start(bdSeqFile.next());
    this.epoch = log.positions().epoch();
  }

  private EdgeNodeSession newSession() {
    return new EdgeNodeSession(
        gateway.confirm() == Confirm.BRIDGE,
        settings.rebirthInterval().toMillis(),
        births.devices());
  }

  /** Whether births are out and the host is there. Any thread. */
  boolean ready() {
    return ready;
  }

  /** Wakes the thread because there are new records. Any thread. */
  void stored() {
    if (storedPending.compareAndSet(false, true)) {
      offer(new UplinkEvent.Stored());
    }
  }

  /** Asks for births because the set of metrics has changed. Any thread. */
  void metricsChanged() {
    offer(new UplinkEvent.MetricsChanged());
  }

  /** Ends the thread after the death is announced. Any thread. */
  void stop() {
    events.clear();
    offer(new UplinkEvent.Stop());
  }

  /**
   * A full queue drops the event: confirmations come again, and the loop looks at the log anyway.
   */
  private void offer(UplinkEvent event) {
    if (!events.offer(event)) {
      LOG.warn("Too many MQTT messages wait; one is passed over: {}", event.getClass());
    }
  }

  @Override
  public void run() {
    try {
      boolean more = false;
      while (!stopping) {
        UplinkEvent event = more ? events.poll() : events.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        while (event != null) {
          handle(event);
          event = events.poll();
        }
        tick();
        more = ready && log.positions().epoch() == epoch && sendBurst();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      LOG.error("The sending thread of the gateway ended; values stay in the log", broken);
      throw broken;
    } finally {
      ready = false;
    }
  }

  private void handle(UplinkEvent event) throws InterruptedException {
    switch (event) {
      case UplinkEvent.Stored() -> storedPending.set(false);
      case UplinkEvent.MetricsChanged() -> {
        session = newSession();
        apply(new EdgeNodeInput.RebirthRequested(now()));
      }
      case UplinkEvent.Lost(MqttLink of, String reason) -> {
        if (of == link) {
          lost(new IOException(reason));
        }
      }
      case UplinkEvent.Arrived(MqttLink of, String topic, byte[] payload) -> {
        if (of == link) {
          arrived(topic, payload);
        }
      }
      case UplinkEvent.Stop() -> {
        stopping = true;
        apply(new EdgeNodeInput.Stop());
      }
    }
  }

  private void arrived(String topic, byte[] payload) throws InterruptedException {
    if (topic.equals(SparkplugTopic.state(gateway.host()))) {
      Optional<Confirmation.HostState> host = Confirmation.readState(payload);
      if (host.isPresent()) {
        apply(new EdgeNodeInput.HostState(host.get().online(), host.get().timestamp(), now()));
      } else {
        books.unreadable();
      }
    } else if (topic.equals(topics.confirmation())) {
      Confirmation.read(payload)
          .ifPresentOrElse(told -> lanes.confirmed(told, epoch, now()), books::unreadable);
    } else if (topic.equals(topics.of(MessageType.NCMD, Optional.empty()))) {
      command(payload);
    }
  }

  private void command(byte[] payload) throws InterruptedException {
    try {
      boolean rebirth =
          PayloadCodec.decode(payload).metrics().stream()
              .anyMatch(
                  metric ->
                      Births.REBIRTH.equals(metric.name()) && Boolean.TRUE.equals(metric.value()));
      if (rebirth) {
        apply(new EdgeNodeInput.RebirthRequested(now()));
      }
    } catch (SparkplugFormatException broken) {
      books.unreadable();
      LOG.warn("A command to the node cannot be read: {}", broken.getMessage());
    }
  }

  private void tick() throws InterruptedException {
    long now = now();
    if (log.positions().epoch() != epoch) {
      apply(new EdgeNodeInput.RebirthRequested(now));
    }
    if (state instanceof EdgeNodeState.Offline && !stopping && now >= nextConnectMillis) {
      apply(new EdgeNodeInput.Connect());
    }
    apply(new EdgeNodeInput.Tick(now));
    lanes.tick(ready, now);
  }

  /** Sends some records; tells whether there may be more to send at once. */
  private boolean sendBurst() throws InterruptedException {
    try {
      for (int i = 0; i < BURST; i++) {
        Lanes.Next next = lanes.next();
        if (next == null || !send(next)) {
          return false;
        }
      }
      return true;
    } catch (LogException unreadable) {
      LOG.error("Stored values cannot be read: {}", unreadable.getMessage());
      if (unreadable.kind() == LogException.Kind.DAMAGED) {
        keeper.reportUnreadable(unreadable);
      }
      return false;
    }
  }

  private boolean send(Lanes.Next next) throws InterruptedException {
    Step<EdgeNodeState, EdgeNodeFact> step = session.step(state, new EdgeNodeInput.DataReady());
    if (step.facts().isEmpty()
        || !(step.facts().getFirst() instanceof EdgeNodeFact.PublishData(int seq))) {
      return false;
    }
    LogRecord.Stored record = next.record();
    LogRecord content = record.content();
    byte[] payload = messages.of(next.lane(), record, seq, epoch, next.historical());
    if (!publish(topics.data(content.device()), payload)) {
      return false;
    }
    state = step.state();
    lanes.sent(next, now());
    return true;
  }

  private void apply(EdgeNodeInput input) throws InterruptedException {
    Step<EdgeNodeState, EdgeNodeFact> step = session.step(state, input);
    state = step.state();
    for (EdgeNodeFact fact : step.facts()) {
      if (!perform(fact)) {
        return;
      }
    }
    boolean online = state instanceof EdgeNodeState.Online && link != null;
    if (online && !ready) {
      LOG.info("Node {}/{} is online", gateway.group(), gateway.node());
    }
    ready = online;
  }

  /** Does what was decided; false if the connection broke, so that the rest is void. */
  private boolean perform(EdgeNodeFact fact) throws InterruptedException {
    return switch (fact) {
      case EdgeNodeFact.Open(int bdSeq) -> open(bdSeq);
      case EdgeNodeFact.Close(int bdSeq, boolean announce) -> close(bdSeq, announce);
      case EdgeNodeFact.PublishNodeBirth(int bdSeq) -> {
        epoch = log.positions().epoch();
        yield publish(
            topics.of(MessageType.NBIRTH, Optional.empty()), births.node(bdSeq, epoch, now()));
      }
      case EdgeNodeFact.PublishDeviceBirth(String device, int seq) ->
          publish(
              topics.of(MessageType.DBIRTH, Optional.of(device)),
              births.device(device, seq, epoch, now()));
      case EdgeNodeFact.PublishData(int seq) -> true;
      case EdgeNodeFact.SendAgain() -> {
        lanes.restart(now());
        yield true;
      }
    };
  }

  private boolean open(int bdSeq) throws InterruptedException {
    try {
      bdSeqFile.used(bdSeq);
      MqttLink fresh = new MqttLink(settings, topics.clientId(), death(bdSeq), this::offer);
      link = fresh;
      fresh.subscribe(
          topics.of(MessageType.NCMD, Optional.empty()),
          topics.of(MessageType.DCMD, Optional.of("+")),
          SparkplugTopic.state(gateway.host()),
          topics.confirmation());
      failures = 0;
      apply(new EdgeNodeInput.Connected(now()));
      return false; // the state has moved on; the facts of the new one are done
    } catch (IOException failed) {
      lost(failed);
      return false;
    }
  }

  private void lost(IOException failure) throws InterruptedException {
    ready = false;
    long most = settings.backOffMax().toMillis();
    long wait = Math.min(most, settings.backOffMin().toMillis() << Math.min(failures, 16));
    failures++;
    wait = wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
    nextConnectMillis = now() + wait;
    LOG.warn("No uplink: {}. Next attempt in {} ms", failure.getMessage(), wait);
    apply(new EdgeNodeInput.ConnectionLost());
  }

  private boolean close(int bdSeq, boolean announce) {
    MqttLink old = link;
    link = null;
    ready = false;
    if (old != null) {
      if (announce) {
        old.leave(death(bdSeq));
      } else {
        old.abandon();
      }
    }
    return true;
  }

  private boolean publish(String topic, byte[] payload) throws InterruptedException {
    MqttLink current = link;
    if (current == null) {
      return false;
    }
    try {
      current.publish(topic, payload);
      return true;
    } catch (IOException failed) {
      lost(failed);
      return false;
    }
  }

  private MqttLink.Message death(int bdSeq) {
    return new MqttLink.Message(
        topics.of(MessageType.NDEATH, Optional.empty()), Births.death(bdSeq, now()));
  }

  private long now() {
    return clock.millis();
  }
}
