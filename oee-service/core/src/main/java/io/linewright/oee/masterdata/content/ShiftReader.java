package io.linewright.oee.masterdata.content;

import io.linewright.oee.calendar.PlannedStop;
import io.linewright.oee.calendar.ShiftSlot;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the shifts of a calendar, and where patterns and exceptions name them. */
final class ShiftReader {

  /** Most shifts that a calendar, and a day of it, may have. */
  static final int MOST_SHIFTS = 48;

  private static final int MOST_BREAKS = 32;
  private static final Duration SHORTEST_BREAK = Duration.ofNanos(1_000);
  private static final String BREAK = "break";
  private static final Scalar<String> NAME = Scalars.name("the shift");
  private static final Scalar<String> CREW = Scalars.name("the crew");

  /** The shifts by name; empty for one in which something is wrong. */
  private final Map<String, Optional<ShiftSlot>> shifts = new LinkedHashMap<>();

  ShiftReader(Optional<Block> block) {
    block
        .map(fields -> (Map<String, Value>) fields.named(NAME, MOST_SHIFTS))
        .orElse(Map.of())
        .forEach((name, value) -> shifts.put(name, shift(name, value.block())));
  }

  /** Whether there is none. */
  boolean none() {
    return shifts.isEmpty();
  }

  /** The shifts of a day: names, or shift and crew. */
  List<ShiftSlot> day(Value day) {
    List<ShiftSlot> slots = new ArrayList<>();
    for (Value item :
        day.items(MOST_SHIFTS, "list the shifts of the day as [early, late], or []")) {
      if (item.isText()) {
        item.as(reference()).flatMap(this::named).ifPresent(slots::add);
      } else {
        Block block = item.block();
        Optional<ShiftSlot> slot = block.required("shift", reference()).flatMap(this::named);
        Optional<String> crew = block.required("crew", CREW);
        block.end();
        slot.map(
                shift ->
                    new ShiftSlot(
                        shift.shift(),
                        shift.start(),
                        shift.end(),
                        crew.orElse(null),
                        shift.breaks()))
            .ifPresent(slots::add);
      }
    }
    return slots;
  }

  private Optional<ShiftSlot> named(String name) {
    return shifts.getOrDefault(name, Optional.empty());
  }

  private Scalar<String> reference() {
    String right =
        shifts.isEmpty()
            ? "write it in shifts"
            : "use one of " + String.join(", ", shifts.keySet()) + ", or write it in shifts";
    return NAME.but(
            name -> {
              if (!shifts.containsKey(name)) {
                throw new IllegalArgumentException("there is no shift " + name);
              }
              return name;
            })
        .advising(right);
  }

  private static Optional<ShiftSlot> shift(String name, Block block) {
    Optional<LocalTime> start = block.required("start", Scalars.TIME_OF_DAY);
    Optional<LocalTime> end = block.required("end", Scalars.TIME_OF_DAY);
    Optional<String> crew = block.optional("crew", CREW);
    List<PlannedStop> breaks = new ArrayList<>();
    for (Value item : block.items("breaks", MOST_BREAKS, "list up to 32 breaks")) {
      stop(item.block()).ifPresent(breaks::add);
    }
    block.end();
    return start.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(new ShiftSlot(name, start.get(), end.get(), crew.orElse(null), breaks));
  }

  private static Optional<PlannedStop> stop(Block block) {
    Optional<LocalTime> at = block.required("at", Scalars.TIME_OF_DAY);
    Optional<Duration> length =
        block.required("length", Scalars.duration(SHORTEST_BREAK, Duration.ofHours(24)));
    String name = block.optional("name", Scalars.name("the break")).orElse(BREAK);
    String reason = block.optional("reason", Scalars.name("the reason")).orElse(BREAK);
    block.end();
    return at.isEmpty() || length.isEmpty()
        ? Optional.empty()
        : Optional.of(new PlannedStop(name, at.get(), length.get(), reason));
  }
}
