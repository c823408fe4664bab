package io.linewright.edge.app.driver;

import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.liveness.OwnStamps;
import io.linewright.edge.liveness.Recovery;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tag on its way to the sink: knows whether the gateway marked it Bad, and what its device said
 * last. For one thread.
 */
public final class TagChannel {

  private static final Logger LOG = LoggerFactory.getLogger(TagChannel.class);

  /** OPC UA Bad_OutOfRange: a state that the state map does not name. */
  private static final StatusCode BAD_OUT_OF_RANGE = new StatusCode(0x803C0000);

  /**
   * What lies further ahead of the gateway's clock is no bound for its own times: no historian
   * takes it, so that it is never the newest of a tag.
   */
  static final long MOST_AHEAD_MICROS = Duration.ofDays(1).toNanos() / 1000;

  private final EquipmentPath device;
  private final TagSettings settings;
  private final Map<String, Integer> stateMap;
  private final SampleSink sink;
  private final InstantSource clock;
  private final StageCounters counters;
  private @Nullable Sample last;
  private @Nullable StatusCode mark;

  /** Said already because the device was asked; comes once more if it also notifies of it. */
  private @Nullable Sample foretold;

  private @Nullable Sample looked;
  private int looks;
  private long firstAskedMicros;
  private long markedMicros;
  private long newestMicros = Long.MIN_VALUE;
  private OwnStamps stamps = new OwnStamps();
  private boolean mismatchLogged;

  private TagChannel(
      DeviceSettings device,
      TagSettings settings,
      SampleSink sink,
      InstantSource clock,
      StageCounters counters) {
    this.device = device.path();
    this.settings = settings;
    boolean state = settings.description().role() == TagRole.MACHINE_STATE;
    this.stateMap = state ? device.stateMap() : Map.of();
    this.sink = sink;
    this.clock = clock;
    this.counters = counters.device(device.path());
  }

  /** The channels of all tags of a device. */
  public static List<TagChannel> of(
      DeviceSettings device, SampleSink sink, InstantSource clock, StageCounters counters) {
    return device.tags().stream()
        .map(tag -> new TagChannel(device, tag, sink, clock, counters))
        .toList();
  }

  /** The tag's entry in the gateway file. */
  public TagSettings settings() {
    return settings;
  }

  /** The type that values must have: the declared one, except before a state map (any text). */
  public DataType wireType() {
    return stateMap.isEmpty() ? settings.description().type() : DataType.STRING;
  }

  /** Whether the tag is Bad because the gateway said so. */
  public boolean marked() {
    return mark != null;
  }

  /** Whether the gateway marked the tag with this status. */
  boolean markedAs(StatusCode status) {
    return status.equals(mark);
  }

  /**
   * Hands on a value of the device.
   *
   * @param value of the {@linkplain #wireType wire type}; null if the device gives none
   * @param sourceMicros the source's time
   */
  public void deliver(@Nullable SampleValue value, StatusCode status, long sourceMicros)
      throws InterruptedException {
    counters.received();
    Sample sample = mapped(value, status, sourceMicros);
    if (value instanceof SampleValue.StringValue raw && sample.value() == null) {
      aside(sample.status(), sourceMicros, "state '" + raw.value() + "' is not in state-map");
    } else {
      emit(sample, true);
    }
  }

  /**
   * Sets a value of the device aside and sends a Bad sample without value in its place.
   *
   * @param reason for the log, which has the first one only
   */
  public void setAside(StatusCode status, long sourceMicros, String reason)
      throws InterruptedException {
    counters.received();
    aside(status, sourceMicros, reason);
  }

  private void aside(StatusCode status, long sourceMicros, String reason)
      throws InterruptedException {
    counters.setAside();
    if (!mismatchLogged) {
      mismatchLogged = true;
      LOG.warn("{}: {}; the tag is Bad ({}) until that changes", key(), reason, status);
    }
    emit(new Sample(null, status, sourceMicros, 0), false);
  }

  private void emit(Sample sample, boolean genuine) throws InterruptedException {
    boolean known = sample.equals(last) || sample.equals(foretold);
    if (!known) {
      send(sample);
    }
    count(genuine, !known);
    last = sample;
    looked = null; // what was seen before it says nothing of what holds now
    if (mark != null && Recovery.ends(markedMicros, sample)) {
      mark = null;
    }
  }

  /**
   * Hands on what the device says when it is asked, after a silence and when all that it told by
   * itself is dealt with; ends the mark unless a notification of that value is still to come (see
   * {@link Recovery}). Does nothing if the tag is not {@link #marked()}.
   *
   * @param value of the {@linkplain #wireType wire type}; null if the device gives none
   * @param sourceMicros the source's time
   * @param askedMicros the gateway's clock before the device was asked
   */
  public void present(
      @Nullable SampleValue value, StatusCode status, long sourceMicros, long askedMicros)
      throws InterruptedException {
    if (mark == null) {
      return;
    }
    Sample present = mapped(value, status, sourceMicros);
    if (looked != null && Recovery.same(looked, present)) {
      looks++;
    } else {
      looks = 1;
      firstAskedMicros = sink.deviceMicros(device, askedMicros);
    }
    looked = present;
    List<Sample> said = Recovery.ofPresent(last, markedMicros, present, firstAskedMicros, looks);
    for (Sample sample : said) {
      if (sample == present) {
        send(sample);
        counters.received();
        counters.handedOn();
        last = present;
      } else {
        sendMade(sample);
        counters.made();
      }
    }
    if (!said.isEmpty()) {
      foretold = said.getFirst();
      mark = null;
      looked = null;
    }
  }

  private Sample mapped(@Nullable SampleValue value, StatusCode status, long sourceMicros) {
    if (!stateMap.isEmpty() && value instanceof SampleValue.StringValue raw) {
      Integer state = stateMap.get(raw.value());
      return state == null
          ? new Sample(null, BAD_OUT_OF_RANGE, sourceMicros, 0)
          : new Sample(SampleValue.of(state.longValue()), status, sourceMicros, 0);
    }
    return new Sample(value, status, sourceMicros, 0);
  }

  private void count(boolean genuine, boolean sent) {
    if (genuine && sent) {
      counters.handedOn();
    } else if (genuine) {
      counters.repeated();
    } else if (sent) {
      counters.made();
    }
  }

  /**
   * Makes the tag Bad by the gateway's own knowledge, without value and with the present time: that
   * of the device's clock as far as it is known, or a mark by a clock that is ahead would stand
   * over the values that follow it. Nothing is sent if it is marked with this status already.
   */
  public void mark(StatusCode status) throws InterruptedException {
    if (status.equals(mark)) {
      return;
    }
    long at = nextMark();
    sendMade(new Sample(null, status, at, 0));
    counters.made();
    mark = status;
    markedMicros = at;
    looked = null;
  }

  /**
   * The time of a mark that would be made now: later than everything that was said of the tag, or
   * an old good value would stay the newest; also if the clock has been set back since.
   */
  long nextMark() {
    long now = sink.deviceMicros(device, nowMicros());
    long floor = last == null ? Long.MIN_VALUE : last.sourceMicros();
    for (long said : new long[] {newestMicros, markedMicros}) {
      if (said <= now + MOST_AHEAD_MICROS) {
        floor = Math.max(floor, said);
      }
    }
    return Math.max(now, floor + 1);
  }

  private void send(Sample sample) throws InterruptedException {
    sink.accept(device, name(), sample);
    newestMicros = Math.max(newestMicros, sample.sourceMicros());
  }

  private void sendMade(Sample sample) throws InterruptedException {
    sink.made(device, name(), sample);
    newestMicros = Math.max(newestMicros, sample.sourceMicros());
  }

  /** Takes over a mark that an earlier run of the gateway sent. */
  void markedBefore(StatusCode status, long micros) {
    mark = status;
    markedMicros = micros;
  }

  /** Takes over how the tag stood with the driver before; that one has ended. */
  void follow(TagChannel before) {
    last = before.last;
    mark = before.mark;
    foretold = before.foretold;
    markedMicros = before.markedMicros;
    newestMicros = before.newestMicros;
    stamps = before.stamps;
  }

  /** When the tag was marked; meaningless while it is not {@link #marked()}. */
  long markedMicros() {
    return markedMicros;
  }

  /** The gateway's clock in microseconds since 1970. */
  public long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  /** The device's clock for a value that stands now: later than a mark that it ends. */
  public long presentMicros() {
    long now = sink.deviceMicros(device, stamps.next(nowMicros()));
    if (mark == null) {
      return now;
    }
    if (markedMicros - now > MOST_AHEAD_MICROS) {
      markedMicros = now - 1; // made before the clock was set back, by so much that nobody took it
    }
    return Math.max(now, markedMicros + 1);
  }

  private TagName name() {
    return settings.description().key().name();
  }

  /** Path and name, for messages. */
  public String key() {
    TagDescription description = settings.description();
    return description.key().toString();
  }
}
