package io.linewright.oee.app.compute;

import static io.linewright.oee.app.compute.ComputedPlant.DAY;
import static io.linewright.oee.app.compute.ComputedPlant.HOUR;
import static io.linewright.oee.app.compute.ComputedPlant.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.EventPacking;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How fast days of machines are computed: once for the first time, and again where nothing has
 * changed. PostgreSQL and the service share the machine; the figures go to the output.
 */
@Tag("long")
@ExtendWith(TestServers.class)
class RecomputeRateTest {

  private static final int LINES = 10;
  private static final int MACHINES = 10;
  private static final int DAYS = Integer.getInteger("linewright.rate.days", 10);
  private static final int EVENTS = 600;

  private static final TrackName STATE = new TrackName(TrackKind.STATE, "state");
  private static final TrackName GOOD = new TrackName(TrackKind.GOOD, "good");
  private static final TrackName ORDER = new TrackName(TrackKind.ORDER, "order");

  @Test
  void computesDaysOfMachines(TestKafka kafka, TestPostgres postgres) throws Exception {
    OeeUnderTest.topics(kafka);
    try (TestTokens tokens = TestTokens.start();
        OeeUnderTest oee =
            OeeUnderTest.start(
                kafka,
                postgres.createDatabase(),
                tokens,
                "linewright.service.instance=recompute-rate",
                "linewright.oee.quiet=0s")) {
      ComputedPlant plant = new ComputedPlant(oee, tokens);
      plant.threeShifts("acme/graz");
      LocalDate first = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).minusDays(DAYS + 2);
      Map<EquipmentPath, Long> machines = new HashMap<>();
      for (int i = 0; i < LINES * MACHINES; i++) {
        machines.put(
            EquipmentPath.parse("acme/graz/rate/line-%d/mill-%d".formatted(i / MACHINES, i)),
            first.toEpochDay() * DAY);
      }
      oee.machines().ensure(machines);
      load(oee, first);

      measure("first", oee, plant);
      oee.jdbc()
          .sql(
              "INSERT INTO mark (line_id, machine_id, from_time, to_time, cause)"
                  + " SELECT line_id, machine_id, '2000-01-01', computed_until, 'recomputation/1'"
                  + " FROM machine")
          .update();
      long kept = oee.number("SELECT sum(version) FROM cell");
      measure("again", oee, plant);
      assertThat(oee.number("SELECT sum(version) FROM cell")).isEqualTo(kept);
      assertThat(oee.number("SELECT count(*) FROM mark")).isZero();
      System.out.printf(
          "CELLS %d, %d bytes each%n",
          oee.number("SELECT count(*) FROM cell"),
          oee.number("SELECT pg_total_relation_size('cell') / count(*) FROM cell"));
    }
  }

  private static void measure(String what, OeeUnderTest oee, ComputedPlant plant)
      throws InterruptedException {
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    long now = (Instant.now().getEpochSecond() + 1) * SECOND;
    oee.jdbc().sql("UPDATE line SET due = '-infinity'").update();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (oee.bean(LineRound.class).run(now).isPresent()) {
                      Thread.onSpinWait();
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double days = LINES * MACHINES * DAYS;
    System.out.printf(
        "COMPUTE %s: %.0f machine-days in %.2f s: %.0f/s, JVM cpu %.2f ms each, 30,000 in %.0f s%n",
        what,
        days,
        seconds,
        days / seconds,
        (cpuNanos() - cpu) / 1e6 / days,
        30_000 * seconds / days);
  }

  private static void load(OeeUnderTest oee, LocalDate first) {
    for (Machine machine : oee.machines().all()) {
      for (TrackName track : List.of(STATE, GOOD, ORDER)) {
        oee.jdbc()
            .sql("INSERT INTO track VALUES (?, ?, ?, 'dev', ?::timestamptz, ?)")
            .params(
                machine.id(),
                track.kind().number(),
                track.tag(),
                Rfc3339.format(first.toEpochDay() * DAY),
                first.plusDays(DAYS - 1))
            .update();
      }
      for (int day = 0; day < DAYS; day++) {
        EventLog log = day(first.plusDays(day).toEpochDay() * DAY, day);
        oee.jdbc()
            .sql(
                "INSERT INTO event_part VALUES (?, ?, 0, 1, 0, 35, ?, ?::timestamptz,"
                    + " ?::timestamptz, ?)")
            .params(
                machine.id(),
                first.plusDays(day),
                log.size(),
                Rfc3339.format((first.toEpochDay() + day) * DAY),
                Rfc3339.format((first.toEpochDay() + day) * DAY + 23 * HOUR),
                EventPacking.pack(log))
            .update();
      }
    }
  }

  private static EventLog day(long begin, int day) {
    List<MachineEvent> events = new ArrayList<>();
    long step = DAY / (EVENTS / 2);
    for (int i = 0; i < EVENTS / 2; i++) {
      long at = begin + i * step;
      String state = i % 20 == 7 ? "DOWN" : i % 3 == 1 ? "STARVED" : "RUNNING";
      events.add(new StateSaid(new EventKey(at, STATE, 0), state, 0));
      events.add(new CountRead(new EventKey(at + SECOND, GOOD, 0), (double) (day * EVENTS + i), 0));
    }
    events.add(new ContextSaid(new EventKey(begin + 10 * HOUR, ORDER, 0), "PO-" + day, 0));
    events.add(new ContextSaid(new EventKey(begin + 20 * HOUR, ORDER, 0), "PX-" + day, 0));
    return EventLog.of(events);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
