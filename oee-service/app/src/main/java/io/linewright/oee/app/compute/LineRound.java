package io.linewright.oee.app.compute;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.shift.ShiftChanges;
import io.linewright.oee.app.shift.ShiftTelling;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Some of the work of one line, in one transaction under its lock: as many machines as take about
 * as long as events may wait. Other instances take other lines.
 */
final class LineRound {

  /** How long a round computes; what it has begun it ends. */
  private static final long NANOS = 50_000_000;

  private static final long MINUTE = 60_000_000L;
  private static final long SHORTEST_PAUSE = 2_000_000L;

  /**
   * What a round did.
   *
   * @param lineId of the line
   * @param more whether there may be more to do at once
   * @param visits how many machines had something to do
   * @param cells how many cells were written
   * @param nanos how long the line was locked
   * @param lagMicros how long ago the earliest of the line's open cells was over; 0 if none is
   */
  record Outcome(int lineId, boolean more, int visits, int cells, long nanos, long lagMicros) {}

  private static final String NEXT =
      """
      SELECT line_id FROM line WHERE due <= ? ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final String ANY = "/* read */ SELECT EXISTS (SELECT FROM line WHERE due <= ?)";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final MasterBooks books;
  private final LineRows lines;
  private final OeeReader reader;
  private final Machines machines;
  private final Cells cells;
  private final Marks marks;
  private final LineState state;
  private final ShiftChanges changes;
  private final ShiftTelling telling;
  private final FaultPoints faults;
  private final ComputeSettings settings;

  /** Of each line the machine that was looked at last, so that all have their turn. */
  private final Map<Integer, Integer> turns = new ConcurrentHashMap<>();

  LineRound(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      MasterBooks books,
      LineRows lines,
      OeeReader reader,
      Machines machines,
      Cells cells,
      Marks marks,
      LineState state,
      ShiftChanges changes,
      ShiftTelling telling,
      FaultPoints faults,
      ComputeSettings settings) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.books = books;
    this.lines = lines;
    this.reader = reader;
    this.machines = machines;
    this.cells = cells;
    this.marks = marks;
    this.state = state;
    this.changes = changes;
    this.telling = telling;
    this.faults = faults;
    this.settings = settings;
  }

  /** Takes a line that is due and nobody else has; empty if there is none. */
  Optional<Outcome> run(long now) {
    if (!jdbc.sql(ANY).param(Times.at(now)).query(Boolean.class).single()) {
      return Optional.empty();
    }
    int[] taken = {-1};
    try {
      return Optional.ofNullable(
          transaction.execute(
              status -> {
                books.hold();
                Optional<Integer> line =
                    jdbc.sql(NEXT).param(Times.at(now)).query(Integer.class).optional();
                line.ifPresent(id -> taken[0] = id);
                return line.map(id -> round(id, now)).orElse(null);
              }));
    } catch (RuntimeException failed) {
      if (taken[0] >= 0) {
        later(taken[0], now + MINUTE);
      }
      throw failed;
    }
  }

  /** A line whose round fails must not keep the others waiting. */
  private void later(int lineId, long due) {
    transaction.executeWithoutResult(
        status -> {
          if (lines.tryLock(lineId)) {
            state.due(lineId, due);
          }
        });
  }

  private Outcome round(int lineId, long now) {
    long begin = System.nanoTime();
    machines.refresh();
    SortedMap<Integer, MachineRow> rows = state.machines(lineId);
    Snapshot snapshot = reader.snapshot();
    Writes writes = new Writes();
    MachineVisit visit = new MachineVisit(snapshot, machines, cells, state, settings, now, writes);
    int visits = 0;
    boolean all = true;
    for (Machine machine : inTurn(lineId)) {
      if (System.nanoTime() - begin > NANOS) {
        all = false;
        break;
      }
      MachineRow row = rows.get(machine.id());
      visits += row != null && visit.visit(machine, row) ? 1 : 0;
      turns.put(lineId, machine.id());
    }
    faults.reached("between-compute-and-write");
    writes.write(lineId, cells, state, changes, marks, now);
    boolean more = visits > 0 || !all;
    long lag = 0;
    long told = more ? now : telling.tell(lineId, waiting(rows.values(), now), snapshot, now);
    if (told <= now) {
      more = true;
      state.due(lineId, now);
    } else {
      long next = Math.min(now + MINUTE, told);
      for (MachineRow row : rows.values()) {
        next = Math.min(next, Redo.next(row.marks(), now, settings.quiet()));
        long open = open(row, snapshot, now);
        lag = Math.max(lag, now - open);
        next = Math.min(next, open > now ? open : now + pause(now - open));
      }
      state.due(lineId, Math.max(next, now + SHORTEST_PAUSE));
    }
    faults.reached("between-compute-and-commit");
    return new Outcome(lineId, more, visits, writes.cells(), System.nanoTime() - begin, lag);
  }

  private ShiftTelling.Waiting waiting(Collection<MachineRow> rows, long now) {
    return new ShiftTelling.Waiting() {
      @Override
      public long until(Span shift) {
        return rows.stream()
            .mapToLong(row -> row.waits(shift, now, settings))
            .max()
            .orElse(Long.MIN_VALUE);
      }

      @Override
      public boolean provisional(Span shift) {
        return rows.stream()
            .flatMap(row -> row.marks().stream())
            .anyMatch(mark -> mark.span().overlaps(shift));
      }
    };
  }

  private static long pause(long since) {
    return Math.clamp(since / 4, SHORTEST_PAUSE, MINUTE);
  }

  /**
   * The end of the first cell of a machine that is not kept yet; a minute ahead if there is none.
   */
  private long open(MachineRow row, Snapshot snapshot, long now) {
    long begin =
        Math.max(row.computedUntil(), now - settings.patience().toNanos() / 1_000 - Bounds.DAY);
    return machines
        .byId(row.machineId())
        .flatMap(machine -> Standing.at(machine, machines.places(machine.id()), now))
        .filter(standing -> row.computedUntil() != Times.EVER && begin < now)
        .map(standing -> new Bounds(snapshot).between(standing.path(), begin, now + MINUTE))
        .filter(ends -> !ends.isEmpty())
        .map(List::getFirst)
        .orElse(now + MINUTE);
  }

  private List<Machine> inTurn(int lineId) {
    List<Machine> all = machines.guardedBy(lineId);
    int last = turns.getOrDefault(lineId, -1);
    List<Machine> turn = new ArrayList<>(all.stream().filter(one -> one.id() > last).toList());
    turn.addAll(all.stream().filter(one -> one.id() <= last).toList());
    return turn;
  }
}
