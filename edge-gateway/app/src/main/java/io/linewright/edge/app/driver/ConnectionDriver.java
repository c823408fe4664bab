package io.linewright.edge.app.driver;

import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.DriverStatus.State;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.change.FileChange;
import io.linewright.edge.liveness.BackOff;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The driver of a connection with its tags; another one can take its place when the gateway's file
 * changes.
 */
public final class ConnectionDriver implements Driver {

  /** Makes the part that speaks the protocol. */
  @FunctionalInterface
  public interface LinkMaker {

    /**
     * The link of a connection.
     *
     * @param tagsByUnit all its tags, by unit id of their devices
     */
    DeviceLink link(Map<Integer, List<TagChannel>> tagsByUnit, StageCounters counters);
  }

  /**
   * What all drivers of the gateway work with.
   *
   * @param sink takes all values
   * @param clock the gateway's clock
   * @param directory keeps what must survive a restart
   * @param random jitter of pauses
   */
  public record Surroundings(
      SampleSink sink, InstantSource clock, Path directory, RandomGenerator random) {}

  /** Lets nothing of a driver through that should have ended and has not. */
  private static final class Gate implements SampleSink {

    private final SampleSink sink;
    private volatile boolean shut;

    Gate(SampleSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(EquipmentPath device, TagName tag, Sample sample)
        throws InterruptedException {
      requireOpen();
      sink.accept(device, tag, sample);
    }

    @Override
    public void made(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
      requireOpen();
      sink.made(device, tag, sample);
    }

    @Override
    public long deviceMicros(EquipmentPath device, long gatewayMicros) {
      return sink.deviceMicros(device, gatewayMicros);
    }

    private void requireOpen() throws InterruptedException {
      if (shut) {
        throw new InterruptedException("the driver was closed");
      }
    }
  }

  private final FileChange.Part part;
  private final Path directory;
  private final StageCounters counters = new StageCounters();
  private final List<TagChannel> tags = new ArrayList<>();
  private final Gate gate;
  private final DeviceLink link;
  private final Supervisor supervisor;
  private volatile boolean replaced;

  /** Prepares the driver; nothing is connected yet. */
  public ConnectionDriver(FileChange.Part part, LinkMaker maker, Surroundings around) {
    this.part = part;
    this.directory = around.directory();
    this.gate = new Gate(around.sink());
    Map<Integer, List<TagChannel>> byUnit = new TreeMap<>();
    for (DeviceSettings device : part.devices()) {
      List<TagChannel> ofDevice = TagChannel.of(device, gate, around.clock(), counters);
      tags.addAll(ofDevice);
      byUnit.computeIfAbsent(device.unitId(), unit -> new ArrayList<>()).addAll(ofDevice);
    }
    this.link = maker.link(byUnit, counters);
    this.supervisor =
        new Supervisor(id(), link, tags, counters, directory, BackOff.DEFAULT, around.random());
  }

  /** Id of the connection. */
  public String id() {
    return part.connection().id();
  }

  /** The connection and its devices, as in the file that it was made of. */
  public FileChange.Part part() {
    return part;
  }

  /** The part that speaks the protocol. */
  public DeviceLink link() {
    return link;
  }

  /** Books since the start. */
  public Counts counts() {
    return counters.counts();
  }

  @Override
  public void start() {
    supervisor.start();
  }

  /**
   * Starts after others that have been closed: tags that they had go on as they stood, and the
   * books of the same connection go on.
   */
  public void startAfter(List<ConnectionDriver> closed) {
    Map<TagKey, TagChannel> before = new HashMap<>();
    for (ConnectionDriver other : closed) {
      other.tags.forEach(tag -> before.put(tag.settings().description().key(), tag));
      if (other.id().equals(id())) {
        counters.follow(other.counters);
      }
    }
    for (TagChannel tag : tags) {
      TagChannel same = before.get(tag.settings().description().key());
      if (same != null) {
        tag.follow(same);
      }
    }
    supervisor.startAfterAnother();
  }

  /** Tells that another driver will take its place, or that the connection is gone. */
  public void replaced() {
    replaced = true;
  }

  /** Forgets on disk that its tags were marked: the connection is gone. */
  public void forget() {
    new SilenceMark(directory, id()).clear();
  }

  @Override
  public DriverStatus status() {
    DriverStatus status = supervisor.status();
    return replaced && status.state() == State.STOPPED
        ? new DriverStatus(
            id(),
            State.CONNECTING,
            "begins anew: the gateway's file has changed",
            status.counts(),
            status.devices())
        : status;
  }

  @Override
  public void close() {
    supervisor.close();
    gate.shut = true;
  }
}
