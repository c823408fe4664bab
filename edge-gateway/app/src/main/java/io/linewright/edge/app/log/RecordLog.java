package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.LogDatabase;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.log.loss.SetAsideShelf;
import io.linewright.edge.log.Bounds;
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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
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

  /**
   * Bounds and names.
   *
   * @param bounds bytes
   * @param maxAge oldest record kept
   * @param gatewayEquipment path under which losses of the whole gateway are told
   * @param equipment path of a device by its Sparkplug id
   * @param usableBytes free bytes of the disk that a file is on
   */
  public record Settings(
      Bounds bounds,
      Duration maxAge,
      String gatewayEquipment,
      Map<String, String> equipment,
      ToLongFunction<Path> usableBytes) {

    /** With the disk's own word. */
    public Settings(
        Bounds bounds, Duration maxAge, String gatewayEquipment, Map<String, String> equipment) {
      this(bounds, maxAge, gatewayEquipment, equipment, path -> path.toFile().getUsableSpace());
    }

    Settings with(Map<String, String> paths) {
      return new Settings(bounds, maxAge, gatewayEquipment, paths, usableBytes);
    }

    /** Path under which losses of a device are told. */
    String pathOf(String device) {
      return equipment.getOrDefault(device, gatewayEquipment);
    }
  }

  /**
   * Samples over the life of the file.
   *
   * @param in stored
   * @param out confirmed
   * @param lost dropped
   */
  public record Totals(long in, long out, long lost) {

    Totals plus(long moreIn, long moreOut, long moreLost) {
      return new Totals(in + moreIn, out + moreOut, lost + moreLost);
    }
  }

  private final LogFile file;
  private final InstantSource clock;
  private final LanePositions positions = new LanePositions();
  private Settings settings;
  private volatile AliasTable aliases;
  private final Object fence = new Object();
  private long entry;
  private volatile long setAside;
  private volatile Totals totals;
  private volatile long usedBytes;

  private RecordLog(LogFile file, Settings settings, InstantSource clock) throws LogException {
    this.file = file;
    this.settings = settings;
    this.clock = clock;
    this.aliases = file.write(() -> AliasTable.load(file.writer()));
    this.setAside = file.write(() -> SetAsideShelf.count(file.writer()));
    LogStart start = file.write(() -> LogStart.of(file, positions, this::unknownLoss));
    this.entry = start.entry();
    this.totals = start.totals();
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

  private Loss damaged(Instant from, Path aside) {
    return unknownLoss(
        from, "the gateway's log file was damaged and set aside as " + aside.getFileName());
  }

  private Loss unknownLoss(Instant from, String reason) {
    Instant now = clock.instant();
    Instant begin = from.isAfter(now) ? now : from;
    return new Loss(settings.gatewayEquipment(), begin, now, null, reason, Set.of());
  }

  /** Takes in where the devices stand, by their Sparkplug ids; losses are told there. */
  public void knowEquipment(Map<String, String> paths) {
    settings = settings.with(Map.copyOf(paths));
  }

  /**
   * Gives every metric its alias; metrics that were declared before and are not wanted stay known
   * until their records have left. If this fails, nothing has changed.
   *
   * @return the wanted ones with their aliases, in order
   */
  public List<Alias> declare(List<Alias> wanted) throws LogException {
    AliasTable next = aliases.copy();
    long live = positions.appended(Lane.LIVE);
    long backfill = positions.appended(Lane.BACKFILL);
    long now = clock.millis();
    List<Alias> declared =
        file.write(() -> next.declare(file.writer(), wanted, live, backfill, now));
    aliases = next;
    return declared;
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
    long samples = file.write(() -> LogReader.replay(file, visitor));
    totals = totals.plus(samples, 0, 0);
  }

  /** Stores one group durably; when this returns it survives a loss of power. */
  public void append(List<LogRecord> records, Lane lane, long gatewayMicros) throws LogException {
    List<LogRecord> group = LogRecord.completed(records);
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
  public void lose(Loss loss) throws LogException {
    file.write(
        () -> {
          LossBook.add(file.writer(), loss);
          return loss;
        });
    Long count = loss.count();
    totals = totals.plus(0, 0, count == null ? 0 : count);
  }

  /**
   * Makes room for a group: drops what is too old, then the oldest records of the lowest class,
   * until the bounds are kept. Each drop is entered as a loss.
   *
   * @param oldestKept gateway time before which a record is too old
   * @param diskFull whether the disk refused to take more
   * @return whether there is room now
   */
  public boolean makeRoom(long groupBytes, long oldestKept, boolean diskFull) throws LogException {
    LogEviction.Outcome outcome;
    synchronized (fence) {
      LogEviction eviction = new LogEviction(file, settings, positions, aliases);
      outcome = file.write(() -> eviction.makeRoom(groupBytes, oldestKept, diskFull));
      for (LogEviction.Cleared cleared : outcome.cleared()) {
        confirmedGone(cleared.lane(), cleared.upTo(), cleared.deleted());
      }
      outcome.dropped().forEach(this::enter);
    }
    usedBytes = outcome.usedBytes();
    if (!outcome.dropped().isEmpty()) {
      file.write(this::look);
    }
    return outcome.room();
  }

  private void enter(LogEviction.Dropped dropped) {
    if (dropped.upTo() == 0) {
      positions.dropped(dropped.lane(), dropped.records());
    } else {
      positions.delete(dropped.lane(), dropped.upTo(), dropped.records());
    }
    totals = totals.plus(0, 0, dropped.samples());
    LOG.warn(
        "{} samples of the {} lane were dropped: {}",
        dropped.samples(),
        dropped.lane(),
        dropped.reason());
  }

  /**
   * Puts a record that cannot be sent onto the shelf, and enters its values as a loss.
   *
   * @return whether it was still there
   */
  public boolean setAside(Lane lane, long position, String reason) throws LogException {
    synchronized (fence) {
      List<LogRecord.Stored> found = file.read(reader -> LogReader.at(reader, lane, position));
      if (found.isEmpty()) {
        return false;
      }
      LogRecord record = found.getFirst().content();
      Loss loss =
          record.lost(
              settings.pathOf(record.device()),
              "a record could not be sent and was set aside: " + reason);
      Housekeeping housekeeping = new Housekeeping(file, positions, aliases);
      setAside = file.write(() -> housekeeping.setAside(lane, position, loss, reason));
      positions.dropped(lane, 1);
      totals = totals.plus(0, 0, record.samples());
      LOG.error(
          "A record of {} was set aside, {} values: {}", record.device(), loss.count(), reason);
      return true;
    }
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
    Housekeeping housekeeping = new Housekeeping(file, positions, aliases);
    Housekeeping.Done done =
        file.write(() -> housekeeping.run(lastSamples, lossLane, gatewayMicros, entry, totals));
    entry += done.losses().size();
    if (lossLane != null) {
      positions.append(lossLane, done.losses(), gatewayMicros);
    }
    for (Lane lane : Lane.values()) {
      confirmedGone(lane, done.upTo().get(lane.ordinal()), done.deleted().get(lane.ordinal()));
    }
    file.write(this::look);
    return done.forgotten();
  }

  private void confirmedGone(Lane lane, long upTo, LogTables.Deleted deleted) {
    positions.delete(lane, upTo, deleted.records());
    totals = totals.plus(0, deleted.samples(), 0);
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
    entry =
        file.write(
            () -> {
              LogStart start = LogStart.of(file, positions, this::unknownLoss);
              aliases.rewrite(file.writer());
              return start.entry();
            });
    setAside = 0;
    lose(damaged(lastKnown, aside));
  }

  /**
   * Records behind a position, oldest first. Sending thread; what it has been given is not dropped
   * as long as anything else can be.
   */
  public List<LogRecord.Stored> read(Lane lane, long after, int limit, long maxBytes)
      throws LogException {
    synchronized (fence) {
      List<LogRecord.Stored> records =
          file.read(reader -> LogReader.read(reader, lane, after, limit, maxBytes));
      if (!records.isEmpty()) {
        positions.fetch(lane, records.getLast().position());
      }
      return records;
    }
  }

  /** Where the lanes stand. Any thread. */
  public LanePositions positions() {
    return positions;
  }

  /** Samples stored, confirmed and lost over the life of the file. */
  public Totals totals() {
    return totals;
  }

  /** Records on the shelf of those that could not be sent. */
  public long setAsideRecords() {
    return setAside;
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
