package io.linewright.edge.app.command;

import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.command.Command;
import io.linewright.edge.command.CommandFact;
import io.linewright.edge.command.CommandFold;
import io.linewright.edge.command.CommandInput;
import io.linewright.edge.command.CommandInput.WriteResult;
import io.linewright.edge.command.CommandRules;
import io.linewright.edge.command.CommandStage;
import io.linewright.edge.command.CommandState;
import io.linewright.edge.command.HostClock;
import io.linewright.edge.command.Observed;
import io.linewright.edge.fold.Step;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides on commands: performs what {@link CommandFold} says, and nothing
 * before the memory on disk has it.
 */
public final class CommandDesk implements AutoCloseable {

  /** Takes what is told to the platform and brings it there, also over restarts. */
  @FunctionalInterface
  public interface ProgressSink {
    void tell(CommandProgress progress) throws InterruptedException;

    /** The switch that stops all writes: told at the start and when it was turned. */
    default void stopped(boolean on) throws InterruptedException {}
  }

  /** Makes the input of the moment at which it is looked at. */
  private interface Arrival {
    CommandInput at(Instant now);
  }

  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
  private static final int MAX_WAITING = 2000;
  private static final long TICK_MILLIS = 500;
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final CommandStore store;
  private final TagWriter writer;
  private final ProgressSink sink;
  private final InstantSource clock;
  private final Map<TagKey, Observed> plant = new ConcurrentHashMap<>();
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicReference<HostClock> hostClock = new AtomicReference<>(HostClock.UNKNOWN);
  private final AtomicLong passedOver = new AtomicLong();
  private final Thread thread = new Thread(this::run, "edge-commands");
  private volatile CommandFold fold;
  private volatile Map<EquipmentPath, Set<TagName>> looked;
  private volatile Set<TagKey> checked = Set.of();
  private volatile boolean stopping;
  private CommandState state;

  /**
   * @param store closed by {@link #close}
   * @throws CommandStoreException if what is remembered cannot be read
   */
  CommandDesk(
      CommandRules rules,
      CommandStore store,
      TagWriter writer,
      ProgressSink sink,
      InstantSource clock)
      throws CommandStoreException {
    this.fold = new CommandFold(rules);
    this.looked = looked(rules);
    this.store = store;
    this.writer = writer;
    this.sink = sink;
    this.clock = clock;
    this.state = store.load();
  }

  /**
   * Judges by other rules from now on, commands under way included. What was seen of a tag that the
   * new rules do not name is forgotten. Any thread.
   */
  public void take(CommandRules rules) {
    fold = new CommandFold(rules);
    looked = looked(rules);
    plant.keySet().removeIf(tag -> !looksAt(tag.equipment(), tag.name()));
  }

  private static Map<EquipmentPath, Set<TagName>> looked(CommandRules rules) {
    Map<EquipmentPath, Set<TagName>> tags = new HashMap<>();
    rules
        .guards()
        .forEach(
            (tag, guard) -> {
              look(tags, tag);
              guard.conditions().forEach(condition -> look(tags, condition.tag()));
            });
    return tags;
  }

  private static void look(Map<EquipmentPath, Set<TagName>> tags, TagKey tag) {
    tags.computeIfAbsent(tag.equipment(), device -> new HashSet<>()).add(tag.name());
  }

  private boolean looksAt(EquipmentPath device, TagName name) {
    Set<TagName> tags = looked.get(device);
    return tags != null && tags.contains(name);
  }

  /** The sink, and before it a look at every value that passes. */
  public SampleSink watching(SampleSink sink) {
    return new SampleSink() {
      @Override
      public void accept(EquipmentPath device, TagName tag, Sample sample)
          throws InterruptedException {
        seen(device, tag, sample);
        sink.accept(device, tag, sample);
      }

      @Override
      public void accept(EquipmentPath device, TagName tag, StampedSample stamped)
          throws InterruptedException {
        seen(device, tag, stamped.sample());
        sink.accept(device, tag, stamped);
      }

      @Override
      public void made(EquipmentPath device, TagName tag, Sample sample)
          throws InterruptedException {
        seen(device, tag, sample);
        sink.made(device, tag, sample);
      }

      @Override
      public long deviceMicros(EquipmentPath device, long gatewayMicros) {
        return sink.deviceMicros(device, gatewayMicros);
      }
    };
  }

  /**
   * A desk with the memory in a directory.
   *
   * @param sink takes the steps, in order; what it was told last may not have arrived when the
   *     gateway is stopped, and is told again
   * @param clock the gateway's clock
   * @throws CommandStoreException if the memory cannot be used; nothing may be executed then
   */
  public static CommandDesk open(
      Path directory, CommandRules rules, TagWriter writer, ProgressSink sink, InstantSource clock)
      throws CommandStoreException {
    return new CommandDesk(rules, CommandStore.open(directory), writer, sink, clock);
  }

  /** Starts; commands of before are looked after first. */
  public void start() {
    offer(CommandInput.Restarted::new);
    thread.start();
  }

  /** A command came in. Any thread. */
  public void requested(Command command) {
    offer(now -> new CommandInput.Requested(command, Map.copyOf(plant), now));
  }

  /** The switch that stops all writes was turned. Any thread. */
  void stopAll(boolean stopped) {
    offer(now -> new CommandInput.StopAll(stopped, now));
  }

  /** A driver tells a value. Any thread; cheap for tags that no guard names. */
  void seen(EquipmentPath device, TagName name, Sample sample) {
    if (!looksAt(device, name)) {
      return;
    }
    TagKey tag = new TagKey(device, name);
    Observed value = new Observed(sample.value(), sample.status(), now());
    plant.put(tag, value);
    if (checked.contains(tag)) {
      offer(now -> new CommandInput.ValueSeen(tag, value, now));
    }
  }

  /** A message of the platform arrived that carries its time. Any thread. */
  void heard(long sentMillis) {
    long now = clock.millis();
    hostClock.updateAndGet(known -> known.heard(sentMillis, now));
  }

  /** Messages that no outcome was told for. Any thread. */
  public long passedOver() {
    return passedOver.get();
  }

  private Instant now() {
    return hostClock.get().correct(clock.instant());
  }

  private void offer(Arrival arrival) {
    if (!arrivals.offer(arrival)) {
      passedOver.incrementAndGet();
      LOG.warn("Too many commands wait; one message is passed over");
    }
  }

  private void run() {
    try {
      sink.stopped(state.stopped());
      while (!stopping) {
        Arrival arrival = arrivals.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        Instant now = now();
        take(arrival == null ? new CommandInput.Tick(now) : arrival.at(now));
        if (arrival != null) {
          take(new CommandInput.Tick(now));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      LOG.error("The thread of commands ended; nothing is written any more", broken);
      throw broken;
    }
  }

  private void take(CommandInput input) throws InterruptedException {
    Step<CommandState, CommandFact> step = fold.step(state, input);
    if (step.facts().isEmpty()) {
      return;
    }
    try {
      store.store(step.facts());
    } catch (CommandStoreException failed) {
      passedOver.incrementAndGet();
      LOG.error("{}", failed.getMessage());
      return;
    }
    state = step.state();
    watch();
    for (CommandFact fact : step.facts()) {
      perform(fact);
    }
  }

  private void watch() {
    Set<TagKey> tags = new HashSet<>();
    state
        .known()
        .values()
        .forEach(
            known -> {
              if (known.stage() instanceof CommandStage.Checking) {
                tags.add(known.command().tag());
              }
            });
    checked = Set.copyOf(tags);
  }

  private void perform(CommandFact fact) throws InterruptedException {
    switch (fact) {
      case CommandFact.Tell(CommandProgress progress) -> {
        LOG.info("Command {}: {} {}", progress.id(), progress.step(), progress.detail());
        sink.tell(progress);
      }
      case CommandFact.Write(Command command, Duration patience) -> write(command);
      case CommandFact.PassedOver(UUID id, String reason) -> {
        passedOver.incrementAndGet();
        LOG.warn("Command {} is passed over: {}", id, reason);
      }
      case CommandFact.Remember remember -> {}
      case CommandFact.Forget forget -> {}
      case CommandFact.RememberStop(boolean stopped) -> {
        LOG.warn("Writes are {}", stopped ? "stopped" : "allowed again");
        sink.stopped(stopped);
      }
    }
  }

  /** The disk took its time: what is left of the command's life counts from now. */
  private void write(Command command) {
    Duration patience = Duration.between(now(), command.expiresAt());
    if (patience.isNegative() || patience.isZero()) {
      ended(command.id(), new WriteOutcome.Expired(), null);
      return;
    }
    writer
        .write(command.tag(), command.value(), patience)
        .whenComplete((outcome, failure) -> ended(command.id(), outcome, failure));
  }

  private void ended(UUID id, @Nullable WriteOutcome outcome, @Nullable Throwable failure) {
    WriteResult result =
        switch (outcome) {
          case WriteOutcome.Verified verified -> new WriteResult.Verified(verified.held());
          case WriteOutcome.Differs differs -> new WriteResult.Differs(differs.held());
          case WriteOutcome.Refused refused ->
              new WriteResult.Refused(refused.reason() + " (" + refused.status() + ")");
          case WriteOutcome.Expired expired -> new WriteResult.Expired();
          case WriteOutcome.Unknown unknown -> new WriteResult.Unknown(unknown.reason());
          case null -> new WriteResult.Unknown("the driver failed: " + failure);
        };
    offer(now -> new CommandInput.WriteEnded(id, result, now));
  }

  /** Ends the thread; a write that is under way is judged after the next start. */
  @Override
  public void close() throws CommandStoreException {
    stopping = true;
    try {
      if (thread.isAlive() && !thread.join(STOP_WAIT)) {
        LOG.error("The thread of commands did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
