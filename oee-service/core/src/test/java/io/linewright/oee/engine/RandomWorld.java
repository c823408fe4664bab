package io.linewright.oee.engine;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.reason.Maintenance;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Anything that may be known of a machine for some hours, dense enough that everything meets. */
final class RandomWorld {

  /** Length of the time in which there are events, s. */
  static final int LENGTH = 6 * 3_600;

  private static final String[] STATES = {
    "RUNNING", "6", "DOWN", "MINOR_STOP", "STARVED", "IDLE", "SETUP", "OFF", "odd", "PLANNED_STOP"
  };
  private static final int BAD = 0x80000000;

  private RandomWorld() {}

  static World of(RandomGenerator random) {
    LocalDate day =
        LocalDate.of(2026, random.nextBoolean() ? 3 : 10, random.nextBoolean() ? 29 : 25);
    World world = new World(Plans.at(day + "T00:00:00+00:00"));
    world.calendar =
        switch (random.nextInt(3)) {
          case 0 -> WorkCalendar.always(Plans.VIENNA);
          case 1 -> Plans.threeShifts(Plans.VIENNA);
          default -> Plans.random(random, Plans.ZONES.get(random.nextInt(Plans.ZONES.size())), day);
        };
    world.rules = world.rules.map(rules -> rules(random, rules));
    if (random.nextInt(4) == 0) {
      MachineRules later = rules(random, MachineRules.DEFAULT);
      world.rules =
          world.rules.painted(
              new Span(world.at(random.nextInt(LENGTH)), MachineInput.ALL_TIME.toMicros()), later);
    }
    for (int i = 5 + random.nextInt(40); i > 0; i--) {
      world.events.add(event(random, world));
    }
    List<MachineEvent> log = new ArrayList<>();
    EventLog.of(world.events).forEach(log::add);
    world.events.clear();
    world.events.addAll(log);
    extras(random, world);
    return world;
  }

  static MachineEvent event(RandomGenerator random, World world) {
    TrackKind kind =
        random.nextInt(3) != 0
            ? TrackKind.STATE
            : TrackKind.ofNumber(random.nextInt(TrackKind.values().length));
    String tag = kind == TrackKind.STATE && random.nextInt(10) == 0 ? "execution" : "state";
    double second = random.nextInt(LENGTH / 10) * 10 + random.nextInt(3) / 2.0;
    EventKey key = new EventKey(world.at(second), new TrackName(kind, tag), random.nextInt(2));
    int status = random.nextInt(12) == 0 ? BAD : 0;
    @Nullable Double number =
        switch (kind) {
          case ENERGY -> second / 100;
          case POWER -> (double) random.nextInt(50);
          default ->
              switch (random.nextInt(12)) {
                case 0 -> null;
                case 1 -> 1e6;
                case 2 -> 0.0;
                default -> (double) Math.round(second / 20);
              };
        };
    String text =
        switch (kind) {
          case STATE -> STATES[random.nextInt(STATES.length)];
          case STOP_REASON -> "" + random.nextInt(5);
          default -> random.nextInt(5) == 0 ? "" : kind.name().charAt(0) + "" + random.nextInt(3);
        };
    return MachineEvent.of(key, text, number, status);
  }

  private static void extras(RandomGenerator random, World world) {
    for (int i = random.nextInt(3); i > 0; i--) {
      long from = world.at(random.nextInt(LENGTH));
      world.losses.add(new Loss("loss" + i, from, from + random.nextInt(600) * World.SECOND, null));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      StopWord.Said said =
          new StopWord.Said(i, World.MACHINE.toString(), span(random, world), "eve", 0);
      world.words.add(
          switch (random.nextInt(5)) {
            case 0 -> new StopWord.Classified(said, "ram");
            case 1 -> new StopWord.Classified(said, "service");
            case 2 -> new StopWord.Split(said, world.at(random.nextInt(LENGTH)));
            case 3 -> new StopWord.Merged(said);
            default -> new StopWord.Unclassified(said);
          });
    }
    if (random.nextBoolean()) {
      world.runs.add(new RunWord(1, World.MACHINE.toString(), "PO-9", span(random, world), "eve"));
    }
    if (random.nextBoolean()) {
      world.corrections.add(
          new CountCorrection(
              1,
              World.MACHINE.toString(),
              world.at(random.nextInt(LENGTH)),
              CountKind.GOOD,
              Quantity.of(-3L),
              "eve",
              ""));
    }
    world.cycles.add(World.cycle(null, "PT10S"));
    if (random.nextBoolean()) {
      world.cycles.add(World.cycle("P1", "PT5.5S"));
    }
    long known = world.at(LENGTH - random.nextInt(LENGTH / 2));
    world.knowledge =
        switch (random.nextInt(3)) {
          case 0 ->
              new Knowledge(
                  OptionalLong.of(world.at(2 * LENGTH)), 0, world.at(2 * LENGTH), Duration.ZERO);
          case 1 -> new Knowledge(OptionalLong.of(known), 0, known, Duration.ZERO);
          default ->
              new Knowledge(
                  OptionalLong.empty(), known, known + 600 * World.SECOND, Duration.ofMinutes(5));
        };
  }

  static Span span(RandomGenerator random, World world) {
    int from = random.nextInt(LENGTH);
    return world.span(from, from + 1 + random.nextInt(random.nextInt(4) == 0 ? LENGTH : 1_200));
  }

  private static MachineRules rules(RandomGenerator random, MachineRules rules) {
    ReasonTree tree =
        new ReasonTree(
            "tree",
            List.of(
                new Reason("ram", "", TimeCategory.BREAKDOWN, Maintenance.CORRECTIVE, null),
                new Reason("change", "", TimeCategory.SETUP, Maintenance.NONE, null),
                new Reason("service", "", TimeCategory.PLANNED_STOP, Maintenance.PLANNED, null)),
            Map.of("1", "ram", "2", "change", "3", "service"),
            random.nextInt(4) == 0);
    StartUp start =
        random.nextInt(3) == 0
            ? new StartUp(
                Set.of(TimeCategory.SETUP, TimeCategory.BREAKDOWN),
                Duration.ofMinutes(random.nextInt(180)),
                Quantity.of((long) random.nextInt(3)))
            : StartUp.NONE;
    CounterRules counters =
        new CounterRules(
            random.nextBoolean() ? CounterRules.Start.ZERO : CounterRules.Start.BASELINE,
            OptionalLong.empty(),
            random.nextBoolean() ? CounterRules.DEFAULT.jump() : Optional.empty(),
            Duration.ofSeconds(random.nextInt(2) * 20),
            Quantity.of(1));
    return new MachineRules(
        rules.states(),
        null,
        counters,
        Map.of(),
        new StopRules(
            Duration.ofSeconds(random.nextInt(3) * 10), Duration.ofSeconds(300), true, start),
        tree,
        rules.energy(),
        rules.holds(),
        random.nextBoolean(),
        random.nextBoolean() ? "P1" : null,
        Optional.of(Quantity.of(100)));
  }
}
