package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.DataDirectoryLock;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.app.tag.DeviceState;
import io.linewright.edge.app.tag.LiveTags;
import io.linewright.edge.app.tag.SampleBuffer;
import io.linewright.edge.app.tag.StoredSamples;
import io.linewright.edge.app.tag.TagRegistry;
import io.linewright.edge.app.tag.TagState;
import io.linewright.edge.app.uplink.books.DriverStatus;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.edge.app.uplink.books.StageCounters;
import io.linewright.edge.app.uplink.link.HostMessages;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.log.Bounds;
import io.linewright.edge.log.Window;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's way to the platform: every value that drivers hand in is stored on disk, sent as
 * Sparkplug B, and deleted only when the platform confirms that it has it. Works, and takes values,
 * whether or not there is a broker.
 */
public final class Uplink implements SampleSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(15);

  /** Without confirmations the window is time, not count; this only bounds memory. */
  private static final Window UNCONFIRMED_HOST = new Window(200_000, 512L << 20);

  private final RecordLog log;
  private final LiveTags tags;
  private final SampleBuffer buffer;
  private final LogKeeper keeper;
  private final Sender sender;
  private final SendBooks books = new SendBooks();
  private final ProgressQueue progress = new ProgressQueue();
  private final DataDirectoryLock directory;
  private final InstantSource clock;
  private final Supplier<DriverStatus> drivers;
  private final Thread logging;
  private final Thread sending;

  private Uplink(Builder parts, DataDirectoryLock directory) throws LogException {
    EdgeFile file = parts.file;
    this.directory = directory;
    this.clock = parts.clock;
    this.drivers = parts.drivers;
    this.log = RecordLog.open(parts.dataDirectory, logSettings(parts), parts.clock);
    EquipmentPath gateway = TagRegistry.gatewayPath(file.gateway());
    this.tags = new LiveTags(file, of -> ownTags(parts, of, gateway), log);
    log.replay(this::restore);
    Window window =
        file.gateway().confirm() == Confirm.NONE
            ? UNCONFIRMED_HOST
            : new Window(file.log().windowRecords(), parts.settings.windowBytes());
    this.buffer = new SampleBuffer(parts.settings.bufferSamples(), file.log().groupSamples());
    this.keeper =
        new LogKeeper(
            buffer,
            log,
            tags,
            file.log(),
            window,
            parts.settings.housekeeping(),
            parts.clock,
            new LogKeeper.Surroundings(
                this::ready,
                this::counters,
                this::stored,
                this::metricsChanged,
                progress,
                parts.fault));
    this.sender =
        new Sender(
            file.gateway(),
            parts.settings,
            window,
            log,
            new Births(tags),
            keeper,
            books,
            parts.hostMessages,
            new BdSeqFile(parts.dataDirectory),
            () -> tags.get().lostDevices(),
            file.log().liveRatio(),
            parts.clock,
            () -> System.nanoTime() / 1_000_000);
    this.logging = new Thread(keeper, "edge-log");
    this.sending = new Thread(sender, "edge-uplink");
    if (parts.meters != null) {
      new UplinkMeters(log, keeper, books, buffer).bindTo(parts.meters);
    }
  }

  private static List<TagDescription> ownTags(Builder parts, EdgeFile file, EquipmentPath gateway) {
    List<TagDescription> own = new ArrayList<>(StageCounters.descriptions(gateway));
    own.addAll(parts.ownTags.apply(file, gateway));
    return own;
  }

  private static RecordLog.Settings logSettings(Builder parts) {
    return new RecordLog.Settings(
        new Bounds(parts.file.log().maxBytes(), parts.settings.diskReserve()),
        parts.file.log().maxAge(),
        TagRegistry.gatewayPath(parts.file.gateway()).toString(),
        Map.of());
  }

  private void restore(byte[] payload) {
    try {
      StoredSamples.restore(payload, tags.get());
    } catch (SparkplugFormatException broken) {
      LOG.error("A stored record cannot be read back: {}", broken.getMessage());
    }
  }

  /**
   * Takes in what another file declares, on top of what there is: from now on its values are
   * accepted, and they leave behind births that tell of them. If this fails, nothing has changed.
   *
   * @throws LogException if the log cannot be written
   * @throws InterruptedException if interrupted meanwhile
   */
  public void declare(EdgeFile next) throws LogException, InterruptedException {
    keeper.work().call(() -> tags.declare(next, sender::metricsChanged));
  }

  /**
   * Gives up what a file does not declare: nothing of it may be handed in any more. What was handed
   * in before is stored, and births tell of it until the last of it has left. While the log cannot
   * be written, it is only kept longer.
   *
   * @throws InterruptedException if interrupted meanwhile
   */
  public void forget(EdgeFile next) throws InterruptedException {
    try {
      keeper.work().call(() -> tags.forget(next));
    } catch (LogException failed) {
      LOG.error("What left the gateway's file is given up later: {}", failed.getMessage());
    }
  }

  private void start() {
    logging.start();
    sending.start();
  }

  @Override
  public void accept(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
    buffer.put(tags.get().tag(device, tag), sample);
  }

  @Override
  public void accept(EquipmentPath device, TagName tag, StampedSample stamped)
      throws InterruptedException {
    buffer.put(tags.get().tag(device, tag), stamped.sample(), stamped.rawMicros());
  }

  @Override
  public void made(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
    accept(device, tag, StampedSample.made(sample));
  }

  /** The newest value of a published tag, also from before a restart; null if there is none. */
  public @Nullable StampedSample last(EquipmentPath device, TagName tag) {
    TagState state = tags.get().tag(device, tag);
    Sample last = state.last();
    return last == null ? null : new StampedSample(last, state.lastRawMicros());
  }

  /**
   * Takes a value of a tag of the gateway itself; one that it does not publish is passed over.
   *
   * @throws InterruptedException if the gateway stops while this call waits
   */
  public void tell(TagName tag, Sample sample) throws InterruptedException {
    TagState own = tags.get().ownTag(tag);
    if (own != null) {
      buffer.put(own, sample);
    }
  }

  /**
   * Takes a step of a command, to be told to the platform. It is not stored yet when this returns.
   *
   * @throws InterruptedException if interrupted while too many wait to be stored
   */
  public void tell(CommandProgress step) throws InterruptedException {
    progress.tell(step);
  }

  /** The devices with their published tags, without the gateway itself. */
  public List<DeviceState> devices() {
    return tags.get().devices().stream().filter(device -> !device.id().isEmpty()).toList();
  }

  /** Whether values leave at once: births are out and the host is online. */
  public boolean ready() {
    return sender.ready();
  }

  /** Whether values are stored and looked after: both threads are at work. */
  public boolean running() {
    return logging.isAlive() && sending.isAlive();
  }

  /** Records that wait to be confirmed, both lanes. */
  public long unconfirmedRecords() {
    return log.positions().unconfirmed(Lane.LIVE) + log.positions().unconfirmed(Lane.BACKFILL);
  }

  /** Records of the backlog that wait to be confirmed. */
  public long backlogRecords() {
    return log.positions().unconfirmed(Lane.BACKFILL);
  }

  /** How long the oldest record of the backlog has waited; zero if there is none. */
  public Duration backlogAge() {
    long oldest = log.positions().oldestBacklogMicros();
    long millis = oldest == Long.MAX_VALUE ? 0 : clock.millis() - oldest / 1000;
    return Duration.ofMillis(Math.max(0, millis));
  }

  /** Bytes of the log in use. */
  public long logBytes() {
    return log.usedBytes();
  }

  /** Records that could not be sent and were set aside. */
  public long setAsideRecords() {
    return log.setAsideRecords();
  }

  /** Samples stored, confirmed and lost over the life of the log. */
  public RecordLog.Totals totals() {
    return log.totals();
  }

  private void stored() {
    sender.stored();
  }

  private void metricsChanged() {
    sender.metricsChanged();
  }

  private StageCounters.Values counters() {
    RecordLog.Totals totals = log.totals();
    return new StageCounters.Values(
        drivers.get(),
        totals.in(),
        totals.out(),
        totals.lost(),
        keeper.repeats(),
        books.samples(),
        books.resent(),
        backlogRecords(),
        backlogAge().toMillis(),
        log.usedBytes(),
        log.setAsideRecords());
  }

  /**
   * Stores what was handed in, announces the death of the node and closes the log. Values that are
   * not confirmed stay for the next start.
   */
  @Override
  public void close() {
    try {
      keeper.stop();
      boolean stored = logging.join(STOP_WAIT);
      sender.stop();
      boolean left = sending.join(STOP_WAIT);
      if (!stored || !left) {
        LOG.error("The uplink did not stop in time; the log is closed as after a crash");
        return;
      }
      log.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (LogException failed) {
      LOG.error("The log could not be closed: {}", failed.getMessage());
    } finally {
      directory.close();
    }
  }

  /** Puts an uplink together. */
  public static final class Builder {

    private final EdgeFile file;
    private final Path dataDirectory;
    private final UplinkSettings settings;
    private InstantSource clock = InstantSource.system();
    private Consumer<String> fault = point -> {};
    private Supplier<DriverStatus> drivers = () -> DriverStatus.NONE;
    private BiFunction<EdgeFile, EquipmentPath, List<TagDescription>> ownTags =
        (file, gateway) -> List.of();
    private HostMessages hostMessages = HostMessages.IGNORED;
    private @Nullable MeterRegistry meters;

    private Builder(EdgeFile file, Path dataDirectory, UplinkSettings settings) {
      this.file = file;
      this.dataDirectory = dataDirectory;
      this.settings = settings;
    }

    /** The gateway's clock; the system's by default. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Called at named points, for fault drills. */
    public Builder faultPoints(Consumer<String> reached) {
      fault = reached;
      return this;
    }

    /** Books of the drivers, for the gateway's own tags. */
    public Builder driverStatus(Supplier<DriverStatus> status) {
      drivers = status;
      return this;
    }

    /** Further tags of the gateway itself, by its file and path; see {@link Uplink#tell}. */
    public Builder ownTags(BiFunction<EdgeFile, EquipmentPath, List<TagDescription>> tags) {
      ownTags = tags;
      return this;
    }

    /** Takes commands and the platform's time, on the sending thread. */
    public Builder hostMessages(HostMessages taker) {
      hostMessages = taker;
      return this;
    }

    /** Where figures of the uplink are kept. */
    public Builder meters(MeterRegistry registry) {
      meters = registry;
      return this;
    }

    /**
     * Opens the log and starts; returns without waiting for the broker.
     *
     * @throws LogException if the data directory is in use or cannot be used, or its log is of
     *     another release; the message says what to do
     */
    public Uplink start() throws LogException {
      DataDirectoryLock directory = DataDirectoryLock.take(dataDirectory);
      try {
        Uplink uplink = new Uplink(this, directory);
        uplink.start();
        return uplink;
      } catch (LogException | RuntimeException failed) {
        directory.close();
        throw failed;
      }
    }
  }

  /**
   * Begins to put an uplink together.
   *
   * @param file the gateway's file
   * @param dataDirectory where the log lives; created if missing, used by one process only
   * @param settings how to reach the broker
   */
  public static Builder builder(EdgeFile file, Path dataDirectory, UplinkSettings settings) {
    return new Builder(file, dataDirectory, settings);
  }
}
