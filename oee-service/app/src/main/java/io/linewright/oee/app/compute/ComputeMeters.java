package io.linewright.oee.app.compute;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be seen of computing. */
final class ComputeMeters {

  private static final double MICROS_OF_A_SECOND = 1_000_000;

  private final Timer rounds;
  private final Counter cells;
  private final Counter failures;
  private final Map<Integer, Long> lags = new ConcurrentHashMap<>();

  ComputeMeters(MeterRegistry registry, JdbcClient jdbc) {
    this.rounds =
        Timer.builder("linewright.oee.lock")
            .description("How long rounds of computing hold the lock of their line")
            .register(registry);
    this.cells =
        Counter.builder("linewright.oee.cells")
            .description("Cells that were written")
            .register(registry);
    this.failures =
        Counter.builder("linewright.oee.rounds.failed")
            .description("Rounds of computing that failed and are tried again")
            .register(registry);
    registry.gauge("linewright.oee.marks", jdbc, ComputeMeters::marks);
    registry.gauge(
        "linewright.oee.closing.lag.seconds",
        lags,
        all ->
            all.values().stream().mapToLong(Long::longValue).max().orElse(0) / MICROS_OF_A_SECOND);
  }

  void count(LineRound.Outcome outcome) {
    rounds.record(outcome.nanos(), TimeUnit.NANOSECONDS);
    cells.increment(outcome.cells());
    if (!outcome.more()) {
      lags.put(outcome.lineId(), Math.max(0, outcome.lagMicros()));
    }
  }

  void failed() {
    failures.increment();
  }

  /** Marks that wait; not a number if the database cannot say. */
  private static double marks(JdbcClient jdbc) {
    try {
      return jdbc.sql("/* read */ SELECT count(*) FROM mark").query(Long.class).single();
    } catch (DataAccessException away) {
      return Double.NaN;
    }
  }
}
