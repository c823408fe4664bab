package io.linewright.edge.app.log;

import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.app.sparkplug.StoredAliases;
import io.linewright.edge.log.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A record of the log, without its place.
 *
 * @param device Sparkplug device id; empty for the node itself
 * @param kind what the payload is
 * @param samples number of samples in it
 * @param firstSourceMicros oldest source time in it
 * @param lastSourceMicros newest source time in it
 * @param payload its content, never changed
 * @param priority what goes first when the log is full
 * @param completeMicros before this source time nothing of the device is in later records of its
 *     group; {@link #LAST_OF_GROUP} for the last one
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
public record LogRecord(
    String device,
    Kind kind,
    int samples,
    long firstSourceMicros,
    long lastSourceMicros,
    byte[] payload,
    PriorityClass priority,
    long completeMicros) {

  /** No further record of the device follows in the same group. */
  public static final long LAST_OF_GROUP = Long.MAX_VALUE;

  /** A record of the class that its kind has, and the last of its device in its group. */
  public LogRecord(
      String device,
      Kind kind,
      int samples,
      long firstSourceMicros,
      long lastSourceMicros,
      byte[] payload) {
    this(
        device,
        kind,
        samples,
        firstSourceMicros,
        lastSourceMicros,
        payload,
        kind == Kind.SAMPLES ? PriorityClass.SAMPLES : PriorityClass.EVENTS,
        LAST_OF_GROUP);
  }

  /** What a payload is; the order is the number in the file. */
  public enum Kind {
    /** Sparkplug metrics of {@link SampleMetrics}. */
    SAMPLES,
    /** UTF-8 JSON of a SamplesLost event. */
    LOSS,
    /** UTF-8 JSON of a CommandProgress event. */
    PROGRESS
  }

  /** What the collector holds, as a record of that device. */
  public static LogRecord of(String device, PriorityClass priority, SampleMetrics metrics) {
    return new LogRecord(
        device,
        Kind.SAMPLES,
        metrics.count(),
        metrics.firstMicros(),
        metrics.lastMicros(),
        metrics.toBytes(),
        priority,
        LAST_OF_GROUP);
  }

  /**
   * Its values as a loss.
   *
   * @param equipment path of its device
   */
  public Loss lost(String equipment, String reason) {
    Set<Long> tags = new TreeSet<>();
    if (kind == Kind.SAMPLES) {
      StoredAliases.read(payload, tags::add);
    }
    return new Loss(
        equipment,
        LossBook.instant(firstSourceMicros),
        LossBook.instant(lastSourceMicros),
        (long) samples,
        reason,
        tags);
  }

  /** A group in its order, each record with what the later ones of its device still hold back. */
  static List<LogRecord> completed(List<LogRecord> group) {
    Map<String, Long> later = new HashMap<>();
    List<LogRecord> reversed = new ArrayList<>(group.size());
    for (LogRecord record : group.reversed()) {
      Long oldest = later.get(record.device);
      reversed.add(oldest == null ? record : record.completeBefore(oldest));
      later.merge(record.device, record.firstSourceMicros, Math::min);
    }
    return reversed.reversed();
  }

  private LogRecord completeBefore(long micros) {
    return new LogRecord(
        device, kind, samples, firstSourceMicros, lastSourceMicros, payload, priority, micros - 1);
  }

  /**
   * A record at its place.
   *
   * @param position its position in its lane
   * @param gatewayMicros when its group was closed
   * @param content what was stored
   */
  public record Stored(long position, long gatewayMicros, LogRecord content) {}
}
