package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.edge.app.uplink.link.Confirmation;
import io.linewright.edge.app.uplink.link.ConnectPause;
import io.linewright.edge.app.uplink.link.HostMessages;
import io.linewright.edge.app.uplink.link.HostWord;
import io.linewright.edge.app.uplink.link.Mailbox;
import io.linewright.edge.app.uplink.link.MqttLink;
import io.linewright.edge.app.uplink.link.NodeLink;
import io.linewright.edge.app.uplink.link.NodeTopics;
import io.linewright.edge.app.uplink.link.RefusedMessageException;
import io.linewright.edge.app.uplink.link.UplinkEvent;
import io.linewright.edge.app.uplink.link.UplinkEvents;
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
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending thread: performs what {@link EdgeNodeSession} decides and sends what {@link Lanes}
 * hands out. It connects again for ever.
 */
final class Sender implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final int BURST = 128;
  private static final long IDLE_MILLIS = 50;
  private static final long SETTLE_MILLIS = 100;

  private final GatewayIdentity gateway;
  private final NodeTopics topics;
  private final UplinkSettings settings;
  private final RecordLog log;
  private final Births births;
  private final LogKeeper keeper;
  private final Mailbox mailbox;
  private final BdSeqFile bdSeqFile;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final UplinkEvents events = new UplinkEvents();
  private final Messages messages;
  private final Lanes lanes;

  private EdgeNodeSession session;
  private EdgeNodeState state;
  private final NodeLink link;
  private final ConnectPause pause;
  private final DeviceWatch devices;
  private long epoch;
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
      HostMessages others,
      BdSeqFile bdSeqFile,
      Supplier<Set<String>> lostDevices,
      int liveRatio,
      InstantSource clock,
      LongSupplier ticker) {
    this.gateway = gateway;
    this.topics = new NodeTopics(gateway.group(), gateway.node());
    this.settings = settings;
    this.log = log;
    this.births = births;
    this.messages = new Messages(log, births, clock);
    this.keeper = keeper;
    this.mailbox = new Mailbox(gateway.host(), topics, others, books);
    this.bdSeqFile = bdSeqFile;
    this.clock = clock;
    this.ticker = ticker;
    this.lanes = new Lanes(gateway, settings, window, log, keeper, books, liveRatio, now());
    this.link = new NodeLink(topics, gateway.host(), settings, events::offer);
    this.pause = new ConnectPause(settings.backOffMin(), settings.backOffMax());
    this.devices = new DeviceWatch(lostDevices);
    this.session = newSession();
    this.state = EdgeNodeState.start(bdSeqFile.next(), settings.servers().size());
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
    events.stored();
  }

  /** Has births sent before anything else because the set of metrics has changed. Any thread. */
  void metricsChanged() {
    events.metricsChanged();
  }

  /** Ends the thread after the death is announced. Any thread. */
  void stop() {
    events.stop();
  }

  @Override
  public void run() {
    try {
      boolean more = false;
      while (!stopping) {
        UplinkEvent event = events.next(more ? 0 : IDLE_MILLIS);
        while (event != null) {
          handle(event);
          event = events.next(0);
        }
        tick();
        more = ready && settled() && log.positions().epoch() == epoch && sendBurst();
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

  /** A request for births that crosses our births on the way finds no data behind them. */
  private boolean settled() {
    return state instanceof EdgeNodeState.Online online
        && Math.abs(now() - online.bornAtMillis()) >= SETTLE_MILLIS;
  }

  private void handle(UplinkEvent event) throws InterruptedException {
    switch (event) {
      case UplinkEvent.Stored(), UplinkEvent.MetricsChanged() -> {} // it woke the thread
      case UplinkEvent.Lost(MqttLink of, String reason) -> {
        if (link.is(of)) {
          lost(new IOException(reason));
        }
      }
      case UplinkEvent.Arrived(MqttLink of, String topic, byte[] payload) -> {
        if (link.is(of)) {
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
    switch (mailbox.read(topic, payload)) {
      case HostWord.State(StateMessage told) -> hostTold(told);
      case HostWord.Confirmed(Confirmation told) -> lanes.confirmed(told, epoch, now());
      case HostWord.BirthsWanted() -> apply(new EdgeNodeInput.RebirthRequested(now()));
      case HostWord.Nothing() -> {}
    }
  }

  private void hostTold(StateMessage told) throws InterruptedException {
    if (told.online() && told.timestamp() < state.servers().hostTime()) {
      LOG.warn(
          "Host {} says that it is online, but with an older time ({}) than before ({}); it is passed"
              + " over. Was its clock set back?",
          gateway.host(),
          told.timestamp(),
          state.servers().hostTime());
    }
    apply(new EdgeNodeInput.HostState(told.online(), told.timestamp(), now()));
  }

  /** Devices that are there no more die first: nothing of them has been left behind. */
  private void announce() throws InterruptedException {
    EdgeNodeSession next = newSession();
    Set<String> announced = Set.copyOf(next.devices());
    for (String device : session.devices()) {
      if (!announced.contains(device)) {
        apply(new EdgeNodeInput.DeviceLost(device));
      }
    }
    session = next;
    apply(new EdgeNodeInput.RebirthRequested(now()));
  }

  private void tick() throws InterruptedException {
    long now = now();
    if (events.takeBirthsDue()) {
      announce();
    }
    if (log.positions().epoch() != epoch) {
      apply(new EdgeNodeInput.RebirthRequested(now));
    }
    if (state instanceof EdgeNodeState.Offline && !stopping && pause.over(now)) {
      apply(new EdgeNodeInput.Connect());
    }
    apply(new EdgeNodeInput.Tick(now));
    for (EdgeNodeInput change : devices.changes(now)) {
      apply(change);
    }
    lanes.tick(ready, now);
  }

  /** Sends some records; tells whether there may be more to send at once. */
  private boolean sendBurst() throws InterruptedException {
    try {
      for (int i = 0; i < BURST; i++) {
        Lanes.Next next = lanes.next(now());
        // Whatever a record needs was declared before it was stored, and so before it was read.
        if (next == null || events.birthsDue() || !send(next)) {
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
    String device = next.record().content().device();
    Step<EdgeNodeState, EdgeNodeFact> step =
        session.step(state, new EdgeNodeInput.DataReady(device));
    if (step.facts().isEmpty()
        || !(step.facts().getLast() instanceof EdgeNodeFact.PublishData(int seq))) {
      return false;
    }
    boolean birthFirst = step.facts().size() > 1;
    try {
      byte[] payload = messages.of(next, seq, epoch);
      for (EdgeNodeFact before : step.facts().subList(0, step.facts().size() - 1)) {
        if (!perform(before)) {
          return false;
        }
      }
      if (!link.publish(topics.data(device), payload)) {
        return false;
      }
      state = step.state();
      devices.sent(device, now());
      lanes.sent(next, now());
    } catch (RefusedMessageException | IllegalStateException impossible) {
      lanes.setAside(next, String.valueOf(impossible.getMessage()));
      if (birthFirst) {
        // A birth may have left with a number that the state does not know of.
        apply(new EdgeNodeInput.RebirthRequested(now()));
      }
    } catch (IOException failed) {
      lost(failed);
      return false;
    }
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
    boolean online = state instanceof EdgeNodeState.Online && link.isOpen();
    if (online && !ready) {
      pause.succeeded();
      LOG.info("Node {}/{} is online", gateway.group(), gateway.node());
    }
    ready = online;
  }

  /** Does what was decided; false if the connection broke, so that the rest is void. */
  private boolean perform(EdgeNodeFact fact) throws InterruptedException {
    return switch (fact) {
      case EdgeNodeFact.Open(int bdSeq, int server) -> open(bdSeq, server);
      case EdgeNodeFact.Close(int bdSeq, boolean announce) -> close(bdSeq, announce);
      case EdgeNodeFact.PublishNodeBirth(int bdSeq) -> {
        epoch = log.positions().epoch();
        yield publish(
            topics.of(MessageType.NBIRTH, Optional.empty()), births.node(bdSeq, epoch, wall()));
      }
      case EdgeNodeFact.PublishDeviceBirth(String device, int seq) ->
          publish(
              topics.of(MessageType.DBIRTH, Optional.of(device)),
              births.device(device, seq, epoch, wall()));
      case EdgeNodeFact.PublishDeviceDeath(String device, int seq) ->
          publish(
              topics.of(MessageType.DDEATH, Optional.of(device)), Births.deviceDeath(seq, wall()));
      case EdgeNodeFact.PublishData(int seq) -> true;
      case EdgeNodeFact.SendAgain() -> {
        lanes.restart(now());
        yield true;
      }
    };
  }

  private boolean open(int bdSeq, int server) throws InterruptedException {
    try {
      bdSeqFile.used(bdSeq);
      link.open(server, Births.death(bdSeq, wall()));
      apply(new EdgeNodeInput.Connected(now()));
      return false; // the state has moved on; the facts of the new one are done
    } catch (IOException failed) {
      lost(failed);
      return false;
    }
  }

  private void lost(IOException failure) throws InterruptedException {
    if (ready) {
      lanes.broke();
    }
    ready = false;
    long wait = pause.failed(now());
    LOG.warn("No uplink: {}. Next attempt in {} ms", failure.getMessage(), wait);
    apply(new EdgeNodeInput.ConnectionLost());
  }

  private boolean close(int bdSeq, boolean announce) {
    ready = false;
    if (announce && link.isOpen()) {
      pause.left(now(), state.servers().choice());
    }
    link.close(announce, Births.death(bdSeq, wall()));
    return true;
  }

  private boolean publish(String topic, byte[] payload) throws InterruptedException {
    try {
      return link.publish(topic, payload);
    } catch (IOException failed) {
      lost(failed);
      return false;
    }
  }

  /** Waits are measured by a counter that does not jump when the clock is set. */
  private long now() {
    return ticker.getAsLong();
  }

  private long wall() {
    return clock.millis();
  }
}
