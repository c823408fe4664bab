package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.LogDatabase;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.log.Bounds;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.telemetry.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log. One thread (the logging thread) calls everything that writes; {@link #read} and
 * {@link #positions} serve the sending thread beside it.
 */
public final class RecordLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
  private static final String FILE_NAME = "uplink.db";

  /** Records deleted at most in one go, so that no flush waits long behind it. */
  private static final int DELETE_CHUNK = 20_000;

  /**
   * Bounds and names.
   *
   * @param bounds bytes
   * @param maxAge oldest record kept
   * @param gatewayEquipment path under which losses of the whole gateway are told
   * @param equipment path of a device by its Sparkplug id
   */
  public record Settings(
      Bounds bounds, Duration maxAge, String gatewayEquipment, Map<String, String> equipment) {}

  /**
   * Samples over the life of the file.
   *
   * @param in stored
   * @param out confirmed
   * @param lost dropped
   */
  public record Totals(long in, long out, long lost) {

    private Totals plus(long moreIn, long moreOut, long moreLost) {
      return new Totals(in + moreIn, out + moreOut, lost + moreLost);
    }
  }

  private final LogFile file;
  private final Settings settings;
  private final InstantSource clock;
  private final LanePositions positions = new LanePositions();
  private final AliasTable aliases;
  private long entry;
  private volatile Totals totals = new Totals(0, 0, 0);
  private volatile long usedBytes;

  private RecordLog(LogFile file, Settings settings, InstantSource clock) throws LogException {
    this.file = file;
    this.settings = settings;
    this.clock = clock;
    this.aliases = file.write(() -> AliasTable.load(file.writer()));
    file.write(this::restore);
  }

  private static RecordLog openFile(Path path, Settings settings, InstantSource clock)
      throws LogException {
    LogFile file = LogFile.open(path);
    try {
      return new RecordLog(file, settings, clock);
    } catch (LogException failed) {
      file.close();
      throw failed;
    }
  }

  /**
   * Opens the log in a directory. A damaged file is set aside with a message, its loss is recorded
   * and a new epoch begins. After an unclean stop the time since the last record is recorded as a
   * loss of unknown size.
   *
   * @throws LogException {@code FOREIGN} if the file is of a newer release or of another program,
   *     {@code OTHER} if the directory cannot be used
   */
  public static RecordLog open(Path directory, Settings settings, InstantSource clock)
      throws LogException {
    Path path = directory.resolve(FILE_NAME);
    try {
      Files.createDirectories(directory);
      return openFile(path, settings, clock);
    } catch (LogException failed) {
      if (failed.kind() != LogException.Kind.DAMAGED) {
        throw failed;
      }
      Path aside = LogDatabase.setAside(path, failed, clock.millis());
      RecordLog fresh = openFile(path, settings, clock);
      fresh.lose(fresh.damaged(clock.instant().minus(settings.maxAge()), aside));
      return fresh;
    } catch (IOException unusable) {
      throw new LogException(
          LogException.Kind.OTHER, "data directory " + directory + " cannot be used: " + unusable);
    }
  }

  private SamplesLost damaged(Instant from, Path aside) {
    return unknownLoss(
        from, "the gateway's log file was damaged and set aside as " + aside.getFileName());
  }

  private SamplesLost unknownLoss(Instant from, String reason) {
    Instant now = clock.instant();
    return new SamplesLost(
        settings.gatewayEquipment(), from.isAfter(now) ? now : from, now, null, reason);
  }

  private boolean restore() throws SQLException {
    long epoch = file.statements().get("epoch");
    entry = file.statements().get("entry");
    totals =
        new Totals(
            file.statements().get("in"),
            file.statements().get("out"),
            file.statements().get("lost"));
    long lastGateway = file.statements().get("gateway");
    for (Lane lane : Lane.values()) {
      long appended =
          Math.max(file.statements().get("appended_" + lane), ask("max(position)", lane));
      long lowest = ask("min(position)", lane);
      positions.restore(
          lane,
          appended,
          file.statements().get("confirmed_" + lane),
          lowest == 0 ? appended : lowest - 1);
      lastGateway = Math.max(lastGateway, ask("max(gateway)", lane));
      entry = Math.max(entry, ask("max(entry)", lane));
    }
    if (epoch == 0) {
      positions.beginEpoch(file.statements().newEpoch());
    } else {
      positions.resumeEpoch(epoch);
      if (file.statements().get("clean") == 0) {
        LossBook.add(
            file.writer(),
            unknownLoss(
                LossBook.instant(lastGateway),
                "the gateway stopped without closing its log; values of its last group may be"
                    + " missing"));
      }
    }
    file.statements().set("clean", 0);
    look();
    return epoch == 0;
  }

  private long ask(String what, Lane lane) throws SQLException {
    return LogReader.number(
        file.writer(), "SELECT " + what + " FROM record WHERE lane = ?", lane.ordinal());
  }

  /**
   * Gives every metric its alias; metrics of earlier starts that are not wanted stay known until
   * their records have left.
   *
   * @return the wanted ones with their aliases, in order
   */
  public List<Alias> declare(List<Alias> wanted) throws LogException {
    return file.write(
        () ->
            aliases.declare(
                file.writer(),
                wanted,
                positions.appended(Lane.LIVE),
                positions.appended(Lane.BACKFILL)));
  }

  /** Metrics that only stored records still use. Any thread. */
  public Collection<Alias> retiredAliases() {
    return aliases.retired();
  }

  /**
   * Hands out what was stored of each tag, oldest first, as payloads: the newest sample of each tag
   * as of the last housekeeping, then every record since.
   */
  public void replay(Consumer<byte[]> visitor) throws LogException {
    long samples =
        file.write(
            () -> {
              LogReader.lastSamples(file.writer(), visitor);
              long since = 0;
              for (LogRecord.Stored record :
                  LogReader.tail(
                      file.writer(),
                      file.statements().get("appended_live"),
                      file.statements().get("appended_backfill"))) {
                since += record.content().samples();
                if (record.content().kind() == LogRecord.Kind.SAMPLES) {
                  visitor.accept(record.content().payload());
                }
              }
              return since;
            });
    totals = totals.plus(samples, 0, 0);
  }

  /** Stores one group durably; when this returns it survives a loss of power. */
  public void append(List<LogRecord> group, Lane lane, long gatewayMicros) throws LogException {
    file.write(
        () -> {
          file.statements().insert(group, lane, positions.appended(lane), entry, gatewayMicros);
          return group;
        });
    entry += group.size();
    positions.append(lane, group, gatewayMicros);
    totals = totals.plus(group.stream().mapToLong(LogRecord::samples).sum(), 0, 0);
  }

  /** Adds a loss to the book; it becomes a record of its own with {@link #maintain}. */
  public void lose(SamplesLost loss) throws LogException {
    file.write(
        () -> {
          LossBook.add(file.writer(), loss);
          return loss;
        });
    Long count = loss.count();
    totals = totals.plus(0, 0, count == null ? 0 : count);
  }

  /**
   * Makes room for a group: drops what is too old, then the oldest backlog, then the oldest live
   * records, until the bounds are kept. Each drop is entered as a loss.
   *
   * @return whether there is room now
   */
  public boolean makeRoom(long groupBytes, long gatewayMicros) throws LogException {
    LogEviction eviction = new LogEviction(file.path(), file.writer(), settings, positions);
    LogEviction.Outcome outcome = file.write(() -> eviction.makeRoom(groupBytes, gatewayMicros));
    usedBytes = outcome.usedBytes();
    for (LogEviction.Dropped dropped : outcome.dropped()) {
      positions.delete(dropped.lane(), dropped.upTo());
      totals = totals.plus(0, 0, dropped.samples());
      LOG.warn(
          "{} samples of the {} lane were dropped: {}",
          dropped.samples(),
          dropped.lane(),
          dropped.reason());
    }
    if (!outcome.dropped().isEmpty()) {
      file.write(this::look);
    }
    return outcome.room();
  }

  /**
   * Housekeeping in one transaction: keeps the newest sample of each tag, deletes what is
   * confirmed, and turns losses into records if a lane is given for them.
   *
   * @param lastSamples payload of the newest sample per alias, of all tags that changed
   * @param lossLane lane for loss records; null to keep them in the book for now
   * @return whether retired metrics were forgotten, so that new births are due
   */
  public boolean maintain(
      Map<Long, byte[]> lastSamples, @Nullable Lane lossLane, long gatewayMicros)
      throws LogException {
    record Done(List<LogRecord> losses, long[] deleted, long out, boolean forgotten) {}
    Done done =
        file.write(
            () -> {
              file.statements().keepLast(lastSamples);
              long[] deleted = {deletable(Lane.LIVE), deletable(Lane.BACKFILL)};
              long out = 0;
              for (Lane lane : Lane.values()) {
                out += file.statements().deleteUpTo(lane, deleted[lane.ordinal()]);
              }
              List<LogRecord> losses =
                  lossLane == null ? List.of() : LossBook.takeAll(file.writer());
              if (lossLane != null) {
                file.statements()
                    .insert(losses, lossLane, positions.appended(lossLane), entry, gatewayMicros);
              }
              file.statements()
                  .remember(
                      positions,
                      lossLane,
                      losses.size(),
                      entry,
                      gatewayMicros,
                      totals.plus(0, out, 0));
              boolean forgotten =
                  aliases.forgetDrained(
                      file.writer(),
                      positions.released(Lane.LIVE),
                      positions.released(Lane.BACKFILL));
              return new Done(losses, deleted, out, forgotten);
            });
    entry += done.losses().size();
    if (lossLane != null) {
      positions.append(lossLane, done.losses(), gatewayMicros);
    }
    for (Lane lane : Lane.values()) {
      positions.delete(lane, done.deleted()[lane.ordinal()]);
    }
    totals = totals.plus(0, done.out(), 0);
    file.write(this::look);
    return done.forgotten();
  }

  private long deletable(Lane lane) {
    long confirmed = positions.progress(lane).confirmed();
    return Math.min(confirmed, positions.deleted(lane) + DELETE_CHUNK);
  }

  private boolean look() throws SQLException {
    LogReader.seeBacklog(file.writer(), positions);
    return true;
  }

  /**
   * Begins a new epoch: the platform confirmed positions that this log never gave out, so the end
   * of the log was lost (a disk that lied, a restored copy).
   */
  public void beginEpoch(String reason, long fromMicros) throws LogException {
    long epoch =
        file.write(
            () -> {
              LossBook.add(file.writer(), unknownLoss(LossBook.instant(fromMicros), reason));
              file.statements().set("confirmed_live", 0);
              file.statements().set("confirmed_backfill", 0);
              return file.statements().newEpoch();
            });
    positions.beginEpoch(epoch);
    LOG.error("A new epoch of the log begins: {}", reason);
  }

  /** Sets a file aside that turned out to be damaged while in use, and goes on with a new one. */
  public void replaceDamaged(LogException why) throws LogException {
    Instant lastKnown =
        LossBook.instant(Math.min(positions.oldestBacklogMicros(), clock.millis() * 1000));
    Path aside = file.replace(why, clock.millis());
    Totals before = totals;
    file.write(
        () -> {
          restore();
          aliases.rewrite(file.writer());
          return true;
        });
    totals = before;
    lose(damaged(lastKnown, aside));
  }

  /** Records behind a position, oldest first. Sending thread. */
  public List<LogRecord.Stored> read(Lane lane, long after, int limit, long maxBytes)
      throws LogException {
    return file.read(reader -> LogReader.read(reader, lane, after, limit, maxBytes));
  }

  /** Where the lanes stand. Any thread. */
  public LanePositions positions() {
    return positions;
  }

  /** Samples stored, confirmed and lost over the life of the file. */
  public Totals totals() {
    return totals;
  }

  /** Bytes in use within the file. */
  public long usedBytes() {
    return usedBytes;
  }

  /** Closes the log as complete: the next start finds no gap. Call {@link #maintain} before. */
  @Override
  public void close() throws LogException {
    try {
      file.write(
          () -> {
            file.statements().set("clean", 1);
            return true;
          });
    } finally {
      file.close();
    }
  }
}
