package io.linewright.oee.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the fold knows of one line: logs of days in UTC of its machines. How far results were
 * computed is not here, so that nothing that the worker does makes a state out of date.
 *
 * @param line path of the line, not empty
 * @param logs by machine and day; a day that is not here was not loaded, one without events has an
 *     empty log
 */
public record OeeState(String line, Map<String, Map<LocalDate, EventLog>> logs) {

  /**
   * A log.
   *
   * @param machine whose
   * @param day in UTC
   */
  public record MachineDay(String machine, LocalDate day) {}

  /**
   * @throws IllegalArgumentException if the line has no path
   */
  public OeeState {
    if (line.isEmpty()) {
      throw new IllegalArgumentException("a state must be of a line");
    }
    Map<String, Map<LocalDate, EventLog>> copy = new HashMap<>();
    logs.forEach((machine, days) -> copy.put(machine, Map.copyOf(days)));
    logs = Map.copyOf(copy);
  }

  /** Nothing is loaded. */
  public static OeeState of(String line) {
    return new OeeState(line, Map.of());
  }

  /**
   * The days that must be loaded before these events are folded: the fold takes a day that is not
   * loaded for one without events.
   */
  public Set<MachineDay> missing(Collection<Heard> events) {
    Set<MachineDay> missing = new LinkedHashSet<>();
    for (Heard heard : events) {
      LocalDate day = heard.event().key().day();
      if (!logs.getOrDefault(heard.machine(), Map.of()).containsKey(day)) {
        missing.add(new MachineDay(heard.machine(), day));
      }
    }
    return missing;
  }

  /** With logs that were loaded; they take the place of those that are there. */
  public OeeState with(Map<MachineDay, EventLog> loaded) {
    Map<String, Map<LocalDate, EventLog>> all = new HashMap<>(logs);
    loaded.forEach(
        (of, log) -> {
          Map<LocalDate, EventLog> days = new HashMap<>(all.getOrDefault(of.machine(), Map.of()));
          days.put(of.day(), log);
          all.put(of.machine(), days);
        });
    return new OeeState(line, all);
  }

  /** How many events it holds in memory. */
  public long size() {
    return logs.values().stream()
        .flatMap(days -> days.values().stream())
        .mapToLong(EventLog::size)
        .sum();
  }

  /**
   * SHA-256 of the events, 64 hexadecimal digits: states with the same events have the same, in
   * whatever order these came and whichever empty days are loaded.
   */
  public String hash() {
    MessageDigest digest = sha256();
    update(digest, line.getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(logs)
        .forEach(
            (machine, days) ->
                new TreeMap<>(days)
                    .forEach(
                        (day, log) -> {
                          if (log.size() > 0) {
                            update(digest, machine.getBytes(StandardCharsets.UTF_8));
                            update(digest, day.toString().getBytes(StandardCharsets.UTF_8));
                            update(digest, EventPacking.pack(log));
                          }
                        }));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With the length before it, so that no two lists of parts give the same bytes. */
  private static void update(MessageDigest digest, byte[] part) {
    digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) ':');
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
