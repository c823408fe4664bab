package io.linewright.oee.app.log;

import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.OeeSettings;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.decode.Decoded;
import io.linewright.oee.app.decode.Decoded.Told;
import io.linewright.oee.app.decode.EventDecoder;
import io.linewright.oee.app.loss.DeviceNews;
import io.linewright.oee.app.loss.LastWords;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.setaside.SetAsides;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries machine events into the logs of their machines. In one transaction: the events, what of
 * the computed time they change, what is set aside, how far devices have told, losses and moves.
 */
final class EventHandler implements BatchHandler<List<Decoded>> {

  static final String STAGE = "oee.events";

  private static final String ROWS =
      "SELECT machine_id, revision, greatest(computed_until, reaches_until) FROM machine"
          + " WHERE machine_id = ANY (?)";

  private final EventDecoder decoder;
  private final Machines machines;
  private final LineRows lines;
  private final Marks marks;
  private final LogWriter writer;
  private final DeviceNews devices;
  private final LineCache cache;
  private final TrackBook tracks;
  private final SetAsides setAsides;
  private final LastWords words;
  private final JdbcClient jdbc;
  private final OeeSettings settings;

  EventHandler(
      EventDecoder decoder,
      Machines machines,
      LineRows lines,
      Marks marks,
      LogWriter writer,
      DeviceNews devices,
      LineCache cache,
      TrackBook tracks,
      SetAsides setAsides,
      LastWords words,
      JdbcClient jdbc,
      OeeSettings settings) {
    this.decoder = decoder;
    this.machines = machines;
    this.lines = lines;
    this.marks = marks;
    this.writer = writer;
    this.devices = devices;
    this.cache = cache;
    this.tracks = tracks;
    this.setAsides = setAsides;
    this.words = words;
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @Override
  public boolean preparesAhead() {
    return true;
  }

  /** Reads the records, and makes machines known that nobody has declared. */
  @Override
  public List<Decoded> prepare(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Decoded> decoded =
        records.stream().map(decoder::decode).flatMap(one -> one.stream()).toList();
    Map<EquipmentPath, Long> addresses = new HashMap<>();
    for (Decoded one : decoded) {
      if (one instanceof Told told) {
        addresses.merge(told.address().machine(), told.event().key().micros(), Math::min);
      }
    }
    machines.ensure(addresses);
    return decoded;
  }

  @Override
  public Stored store(List<Decoded> decoded, Instant transactionTime) {
    List<SetAside> refused = new ArrayList<>();
    for (Decoded.Moved moved : of(decoded, Decoded.Moved.class)) {
      machines.move(moved.equipmentId(), moved.to(), moved.micros());
    }
    machines.hold();
    for (Decoded.Refused unreadable : of(decoded, Decoded.Refused.class)) {
      refused.add(SetAside.whole(unreadable.record(), unreadable.cause()));
    }
    Map<Machine, List<Told>> told = byMachine(of(decoded, Told.class), transactionTime, refused);
    List<Decoded.Lost> lost = of(decoded, Decoded.Lost.class);
    List<Decoded.Complete> complete = of(decoded, Decoded.Complete.class);
    Map<Integer, Long> moved = moved(of(decoded, Decoded.Moved.class));
    Set<Integer> concerned = new TreeSet<>(devices.concerned(lost, complete));
    concerned.addAll(moved.keySet());
    lock(told.keySet(), concerned);
    Map<Integer, LogWriter.Row> rows = rows(told.keySet());
    cache.keepOnly(rows);

    Map<Integer, Long> lastWords = words.of(computed(rows));
    LogWriter.Outcome outcome = writer.write(told, rows);
    refused.addAll(outcome.refused);
    marks.add("late-data", outcome.touched);
    marks.add("late-data", words.touched(lastWords, last(told)));
    marks.add(
        "moved",
        moved.entrySet().stream()
            .map(
                one -> new Marks.Touch(one.getKey(), new Span(one.getValue(), EventKey.MAX_MICROS)))
            .toList());
    revise(outcome.changed);
    int news = devices.store(lost, complete, transactionTime);

    int others = lost.size() + complete.size();
    int moves = of(decoded, Decoded.Moved.class).size();
    return new Stored(
        new StageCounts(
            decoded.size(),
            outcome.logged + news + moves,
            refused.size(),
            outcome.repeated + others - news),
        refused,
        () -> {});
  }

  @Override
  public void setAside(List<SetAside> refused) {
    setAsides.keep(STAGE, refused);
  }

  @Override
  public void dropCaches() {
    cache.clear();
    tracks.clear();
  }

  private Map<Machine, List<Told>> byMachine(List<Told> told, Instant now, List<SetAside> refused) {
    long oldest = Times.micros(now.minus(settings.oldest()));
    long newest = Times.micros(now.plus(settings.future()));
    Map<Machine, List<Told>> byMachine = new TreeMap<>(Comparator.comparing(Machine::id));
    for (Told one : told) {
      long micros = one.event().key().micros();
      if (micros < oldest || micros > newest) {
        refused.add(
            SetAside.whole(
                one.record(),
                "not plausible: %s is not between %s before and %s after now"
                    .formatted(Times.instant(micros), settings.oldest(), settings.future())));
        continue;
      }
      Machine machine =
          machines
              .at(one.address().machine().toString(), micros)
              .orElseThrow(
                  () -> new IllegalStateException("no machine at " + one.address().machine()));
      byMachine.computeIfAbsent(machine, same -> new ArrayList<>()).add(one);
    }
    return byMachine;
  }

  private void lock(Collection<Machine> told, Collection<Integer> concerned) {
    Set<Integer> ids = new TreeSet<>();
    told.forEach(machine -> ids.add(machine.lineId()));
    concerned.forEach(id -> machines.byId(id).ifPresent(machine -> ids.add(machine.lineId())));
    lines.lock(ids);
  }

  /** Where a machine stands decides which calendar and which rules are its. */
  private Map<Integer, Long> moved(List<Decoded.Moved> moves) {
    Map<Integer, Long> since = new HashMap<>();
    if (!moves.isEmpty()) {
      machines.refresh();
      for (Decoded.Moved move : moves) {
        machines.all().stream()
            .filter(machine -> machine.equipmentId().equals(move.equipmentId()))
            .forEach(machine -> since.merge(machine.id(), move.micros(), Math::min));
      }
    }
    return since;
  }

  private static List<Integer> computed(Map<Integer, LogWriter.Row> rows) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().computedUntil() != Times.EVER)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<Integer, Long> last(Map<Machine, List<Told>> told) {
    Map<Integer, Long> last = new HashMap<>();
    told.forEach(
        (machine, events) ->
            events.forEach(one -> last.merge(machine.id(), one.event().key().micros(), Math::max)));
    return last;
  }

  private Map<Integer, LogWriter.Row> rows(Collection<Machine> told) {
    Map<Integer, LogWriter.Row> rows = new HashMap<>();
    if (!told.isEmpty()) {
      jdbc.sql(ROWS)
          .param(told.stream().mapToInt(Machine::id).toArray())
          .query(
              row -> {
                rows.put(row.getInt(1), new LogWriter.Row(row.getLong(2), Times.micros(row, 3)));
              });
    }
    return rows;
  }

  private void revise(Collection<Integer> changed) {
    if (!changed.isEmpty()) {
      jdbc.sql("UPDATE machine SET revision = revision + 1 WHERE machine_id = ANY (?)")
          .param(changed.stream().mapToInt(Integer::intValue).toArray())
          .update();
    }
  }

  private static <D extends Decoded> List<D> of(List<Decoded> decoded, Class<D> type) {
    Stream<Decoded> all = decoded.stream();
    return all.filter(type::isInstance).map(type::cast).toList();
  }
}
