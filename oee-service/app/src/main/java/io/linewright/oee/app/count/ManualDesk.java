package io.linewright.oee.app.count;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.OeeSettings;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.log.ManualLog;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.CountCorrections;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes reports of manual stations. States and what is worked on become events of the station's
 * log. Items become corrections, since they are so many more than before, in whatever order reports
 * come; a counter that always reads 0 says that the station counts.
 */
final class ManualDesk {

  /** A report; null is what is not said. */
  record Report(
      EquipmentPath station,
      long micros,
      @Nullable String state,
      @Nullable String order,
      @Nullable String product,
      @Nullable String lot,
      Map<CountKind, Quantity> counts) {

    Report {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    boolean isEmpty() {
      return state == null && order == null && product == null && lot == null && counts.isEmpty();
    }
  }

  /** What was taken; {@code repeated}: it had been reported before. */
  record Taken(long id, boolean repeated) {}

  private record Before(long id, String request) {}

  private final MasterBooks books;
  private final Machines machines;
  private final Tracks tracks;
  private final LineRows lines;
  private final ManualLog log;
  private final CountDesk counts;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final OeeSettings settings;

  ManualDesk(
      MasterBooks books,
      Machines machines,
      Tracks tracks,
      LineRows lines,
      ManualLog log,
      CountDesk counts,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      OeeSettings settings) {
    this.books = books;
    this.machines = machines;
    this.tracks = tracks;
    this.lines = lines;
    this.log = log;
    this.counts = counts;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.settings = settings;
  }

  /**
   * Takes a report.
   *
   * @param content as it was sent, JSON
   */
  Taken take(Report report, String content, Author author, Requester who) {
    EquipmentPath station = report.station();
    if (!books.current().manualStations().containsKey(station)) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "unknown-machine",
          "%s is no manual station; say that it is by manual-stations of the master data"
              .formatted(station));
    }
    CountDesk.requireRight(station, who);
    requirePlausible(report.micros(), author.atMicros());
    machines.ensure(Map.of(station, report.micros()));
    return author.once(
        () ->
            transaction.execute(
                status -> {
                  machines.hold();
                  Machine machine =
                      machines
                          .at(station.toString(), report.micros())
                          .orElseThrow(() -> new IllegalStateException("no machine at " + station));
                  lines.lock(List.of(machine.lineId()));
                  Optional<Before> before = before(author);
                  if (before.isPresent()) {
                    author.requireSame(before.get().request());
                    return new Taken(before.get().id(), true);
                  }
                  long id = add(machine, report, content, author);
                  log.write(machine, station, events(machine, report));
                  report
                      .counts()
                      .forEach(
                          (kind, items) -> {
                            if (items.millionths() != 0) {
                              counts.add(
                                  machine,
                                  station,
                                  new CountDesk.Wish(
                                      report.micros(), kind, items, "reported by hand"),
                                  id,
                                  author.further());
                            }
                          });
                  return new Taken(id, false);
                }));
  }

  private void requirePlausible(long micros, long now) {
    long oldest = now - settings.oldest().toNanos() / 1_000;
    long newest = now + settings.future().toNanos() / 1_000;
    if (micros < oldest || micros > newest) {
      throw new IllegalArgumentException(
          "time must lie between %s before and %s after now"
              .formatted(settings.oldest(), settings.future()));
    }
  }

  private Optional<Before> before(Author author) {
    return jdbc.sql(
            "SELECT report_id, request FROM manual_report WHERE by = ? AND idempotency_key = ?")
        .params(Arrays.asList(author.by(), author.idempotencyKey()))
        .query((row, n) -> new Before(row.getLong(1), row.getString(2)))
        .optional();
  }

  private long add(Machine machine, Report report, String content, Author author) {
    return jdbc.sql(
            "INSERT INTO manual_report (machine_id, report_time, content, by, at, idempotency_key,"
                + " request) VALUES (?, ?, ?::jsonb, ?, ?, ?, ?) RETURNING report_id")
        .params(
            Arrays.asList(
                machine.id(),
                Times.at(report.micros()),
                content,
                author.by(),
                Times.at(author.atMicros()),
                author.idempotencyKey(),
                author.request()))
        .query(Long.class)
        .single();
  }

  private List<MachineEvent> events(Machine machine, Report report) {
    List<MachineEvent> events = new ArrayList<>();
    if (report.state() != null) {
      events.add(new StateSaid(key(report, TrackKind.STATE, "state"), report.state(), 0));
    }
    addContext(events, report, TrackKind.ORDER, "order", report.order());
    addContext(events, report, TrackKind.PRODUCT, "product", report.product());
    addContext(events, report, TrackKind.LOT, "lot", report.lot());
    for (CountKind kind : report.counts().keySet()) {
      TrackKind track = TrackKind.valueOf(kind.name());
      EventKey key = key(report, track, CountCorrections.name(kind));
      if (isFirst(machine, key)) {
        events.add(new CountRead(key, 0.0, 0));
      }
    }
    return events;
  }

  private static void addContext(
      List<MachineEvent> events, Report report, TrackKind kind, String tag, @Nullable String said) {
    if (said != null) {
      events.add(new ContextSaid(key(report, kind, tag), said, 0));
    }
  }

  private static EventKey key(Report report, TrackKind kind, String tag) {
    return new EventKey(report.micros(), new TrackName(kind, tag), 0);
  }

  /** Whether nothing was counted there by then. */
  private boolean isFirst(Machine machine, EventKey key) {
    return tracks.of(List.of(machine.id())).stream()
        .filter(track -> track.name().equals(key.track()))
        .noneMatch(track -> track.firstMicros() != null && track.firstMicros() <= key.micros());
  }
}
