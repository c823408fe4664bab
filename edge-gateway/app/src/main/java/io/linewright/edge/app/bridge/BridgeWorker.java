package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.kafka.BridgeFencedException;
import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.kafka.DeclaredEquipment;
import io.linewright.edge.app.bridge.kafka.HostRecord;
import io.linewright.edge.app.bridge.kafka.Snapshot;
import io.linewright.edge.app.bridge.mqtt.FrameQueue;
import io.linewright.edge.app.bridge.mqtt.Incoming;
import io.linewright.edge.app.bridge.mqtt.MessageBus;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.host.ledger.NodeCounts;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's one thread: takes messages, folds them, writes what follows in short transactions,
 * and confirms what is committed. Nothing is confirmed before; nothing is written twice after.
 */
final class BridgeWorker implements Runnable {

  /** Fault point: values are written, their transaction is not committed. */
  static final String BEFORE_COMMIT = "before-kafka-commit";

  /** Fault point: the transaction is committed, the gateway does not know it. */
  static final String BEFORE_CONFIRM = "between-kafka-commit-and-confirm";

  private static final Logger LOG = LoggerFactory.getLogger(BridgeWorker.class);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The report comes so often also when nothing changes: it is the canary of the bridge. */
  private static final long SILENT_REPORT_NANOS = 10_000_000_000L;

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final BridgeSettings settings;
  private final BridgeLog log;
  private final FrameQueue queue;
  private final MessageBus bus;
  private final BridgeStatus status;
  private final InstantSource clock;
  private final Consumer<String> faultPoints;
  private final Nodes nodes;
  private final DeclaredEquipment equipment;
  private final FrameFolder folder;
  private final CommandDelivery commands;
  private final Optional<StageReport> report;
  private final Confirmations confirmations = new Confirmations();
  private final ArrayDeque<Incoming> replay = new ArrayDeque<>();
  private volatile boolean stopping;
  private @Nullable OpenTransaction open;
  private long reported;
  private long lastReportSum = -1;
  private long lastReportNanos;
  private long lastCommitNanos;
  private long nextTickNanos;
  private long nextReportNanos;

  BridgeWorker(
      BridgeSettings settings,
      BridgeLog log,
      FrameQueue queue,
      MessageBus bus,
      BridgeStatus status,
      InstantSource clock,
      Consumer<String> faultPoints,
      Nodes nodes,
      DeclaredEquipment equipment,
      FrameFolder folder,
      CommandDelivery commands) {
    this.settings = settings;
    this.log = log;
    this.queue = queue;
    this.bus = bus;
    this.status = status;
    this.clock = clock;
    this.faultPoints = faultPoints;
    this.nodes = nodes;
    this.equipment = equipment;
    this.folder = folder;
    this.commands = commands;
    this.report = StageReport.of(settings);
  }

  /** Works until it is stopped, or another bridge takes over. */
  @Override
  public void run() {
    try {
      connect();
      while (!stopping) {
        try {
          work();
        } catch (KafkaException failed) {
          LOG.warn("A transaction failed; going back to what is committed", failed);
          connect();
        }
      }
      status.is(BridgeStatus.State.STOPPED, "shut down");
    } catch (BridgeFencedException takenOver) {
      LOG.error("The bridge stops: {}", takenOver.getMessage());
      status.is(BridgeStatus.State.STOPPED, String.valueOf(takenOver.getMessage()));
    } catch (InterruptedException stop) {
      status.is(BridgeStatus.State.STOPPED, "shut down");
      Thread.currentThread().interrupt();
    } catch (RuntimeException defect) {
      LOG.error("The bridge stops", defect);
      status.is(BridgeStatus.State.STOPPED, String.valueOf(defect));
    } finally {
      bus.wantOnline(false);
      log.close();
    }
  }

  /** Opens Kafka, for as long as it takes, and goes back to what was committed. */
  private void connect() throws InterruptedException, BridgeFencedException {
    long inDoubt = log.transaction();
    long pause = FIRST_PAUSE_MILLIS;
    while (!stopping) {
      try {
        Snapshot snapshot = log.open();
        restore(snapshot, inDoubt);
        status.is(BridgeStatus.State.RUNNING, "");
        bus.wantOnline(!stopping);
        return;
      } catch (KafkaException unavailable) {
        LOG.warn("Kafka does not take transactions; next try in {} ms", pause, unavailable);
        status.is(BridgeStatus.State.WAITING_FOR_KAFKA, String.valueOf(unavailable.getMessage()));
        bus.wantOnline(false); // gateways keep their values while no host is online
        queue.clear();
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
      }
    }
  }

  private void restore(Snapshot snapshot, long inDoubt) {
    OpenTransaction failed = open;
    open = null;
    if (failed != null && log.contains(snapshot, inDoubt)) {
      finish(failed);
    } else if (failed != null) {
      failed.taken.reversed().forEach(replay::addFirst);
    }
    nodes.reconcile(snapshot.ledgers(), clock.instant());
    equipment.reset(snapshot.equipment());
    HostRecord host = snapshot.host();
    reported = host == null ? 0 : host.reported();
    snapshot
        .ledgers()
        .forEach(
            (node, ledger) -> {
              status.committed(node, ledger.counts());
              bus.confirm(node, ledger);
            });
    long now = System.nanoTime();
    lastCommitNanos = now;
    nextTickNanos = now;
    nextReportNanos = now;
  }

  /** Lets the worker finish what it has received, and end. */
  void stop() {
    stopping = true;
    bus.wantOnline(false);
  }

  private void work() throws InterruptedException {
    while (!stopping || open != null || !queue.isEmpty()) {
      Incoming next = replay.isEmpty() ? queue.poll(patience()) : replay.poll();
      boolean wake = next instanceof Incoming.CommandsWait;
      if (next != null && !wake) {
        folder.take(next, transaction());
      }
      long now = System.nanoTime();
      if (now - nextTickNanos >= 0) {
        nextTickNanos = now + TICK_NANOS;
        tick();
        wake = true;
      }
      if (wake && !stopping) {
        commands.run(clock.instant(), this::transaction);
      }
      if (now - nextReportNanos >= 0) {
        nextReportNanos = now + REPORT_NANOS;
        report.ifPresent(this::report);
      }
      OpenTransaction present = open;
      if (present != null && due(present, now)) {
        commit(present);
      }
      confirm();
    }
  }

  private OpenTransaction transaction() {
    OpenTransaction present = open;
    if (present == null) {
      log.begin();
      present = new OpenTransaction(System.nanoTime());
      open = present;
    }
    return present;
  }

  /** How long to wait for the next message, so that neither commit nor tick comes late. */
  private long patience() {
    long now = System.nanoTime();
    long wait = Math.min(nextTickNanos, nextReportNanos) - now;
    OpenTransaction present = open;
    if (present != null) {
      long commit =
          Math.min(
              lastCommitNanos + settings.shortestCommit().toNanos(),
              present.startedNanos + settings.longestCommit().toNanos());
      wait = Math.min(wait, commit - now);
    }
    return Math.max(0, wait);
  }

  private boolean due(OpenTransaction present, long now) {
    boolean idle = replay.isEmpty() && queue.isEmpty();
    return present.bytes() >= settings.transactionBytes().toBytes()
        || now - present.startedNanos >= settings.longestCommit().toNanos()
        || (idle && now - lastCommitNanos >= settings.shortestCommit().toNanos());
  }

  private void tick() {
    // Time alone rarely changes anything; a transaction is opened only if it does.
    OpenTransaction present = open == null ? new OpenTransaction(System.nanoTime()) : open;
    if (open == null && !folder.wouldTick(clock.instant())) {
      return;
    }
    if (open == null) {
      log.begin();
      open = present;
    }
    folder.tick(clock.instant(), present);
  }

  private void report(StageReport stage) {
    NodeCounts sum = status.total();
    long total = sum.in() + sum.setAside() + sum.duplicates() + sum.gaps();
    long now = System.nanoTime();
    if (total == lastReportSum && now - lastReportNanos < SILENT_REPORT_NANOS) {
      return;
    }
    lastReportSum = total;
    lastReportNanos = now;
    transaction();
    stage.declarations(clock.instant()).forEach(folder::declare);
    reported += StageReport.VALUES;
    NodeCounts counts = sum.plus(new NodeCounts(reported, reported, 0, 0, 0));
    log.send(log.writer().telemetry(stage.values(counts, clock.instant())));
  }

  private void commit(OpenTransaction present) {
    Map<NodeId, Ledger> changed = nodes.changedLedgers();
    faultPoints.accept(BEFORE_COMMIT);
    log.commit(changed, reported);
    faultPoints.accept(BEFORE_CONFIRM);
    open = null;
    lastCommitNanos = System.nanoTime();
    status.countTransaction();
    finish(present);
  }

  /** What may be done only now that the transaction is committed. */
  private void finish(OpenTransaction done) {
    Map<NodeId, Ledger> changed = nodes.changedLedgers();
    nodes.commit();
    equipment.commit();
    changed.forEach((node, ledger) -> status.committed(node, ledger.counts()));
    Set<NodeId> own =
        changed.entrySet().stream()
            .filter(entry -> entry.getValue().epoch() != 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    confirmations.note(own, done.confirmAgain);
    done.askForBirths.forEach(bus::requestBirths);
  }

  private void confirm() {
    for (NodeId node : confirmations.due(System.nanoTime())) {
      SessionState state = nodes.committed(node);
      if (state != null) {
        bus.confirm(node, state.ledger());
      }
    }
  }
}
