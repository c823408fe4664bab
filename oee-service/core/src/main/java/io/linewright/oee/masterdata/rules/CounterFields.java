package io.linewright.oee.masterdata.rules;

import io.linewright.oee.count.CounterRules;
import io.linewright.oee.count.CounterRules.Start;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import io.linewright.oee.quantity.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is said of counters, or of those of a kind; empty where nobody said anything.
 *
 * @param start what the first reading says
 * @param rollOver where it rolls over; an empty one inside: it does not
 * @param jump how much is too much
 * @param doublePulse pulses closer than this are one
 * @param perPulse items for each unit
 */
record CounterFields(
    Optional<Start> start,
    Optional<OptionalLong> rollOver,
    Optional<Jump> jump,
    Optional<Duration> doublePulse,
    Optional<Quantity> perPulse) {

  static final CounterFields NONE =
      new CounterFields(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final long MOST_ROLL_OVER = 1_000_000_000_000L;

  /** Reads the fields of counters out of a block that may have others, too. */
  static CounterFields read(Block block) {
    return new CounterFields(
        block.optional("start", Scalars.oneOf(List.of(Start.values()))),
        block.value("roll-over").flatMap(CounterFields::rollOver),
        block.value("jump").flatMap(Jump::read),
        block.optional("double-pulse", Scalars.duration(Duration.ZERO, Duration.ofHours(1))),
        block.optional("per-pulse", Scalars.quantity("0.000001", "1000000")));
  }

  private static Optional<OptionalLong> rollOver(Value value) {
    if (value.is("none")) {
      return value.as(Scalars.word("none")).map(none -> OptionalLong.empty());
    }
    return value
        .as(
            Scalars.whole(2, MOST_ROLL_OVER)
                .advising("write the first number that it never shows, 2 to 10^12, or none"))
        .map(OptionalLong::of);
  }

  /** With what is said above where this says nothing. */
  CounterFields over(CounterFields above) {
    return new CounterFields(
        start.or(above::start),
        rollOver.or(above::rollOver),
        jump.isPresent() && above.jump.isPresent()
            ? Optional.of(jump.get().over(above.jump.get()))
            : jump.or(above::jump),
        doublePulse.or(above::doublePulse),
        perPulse.or(above::perPulse));
  }

  /** What holds, over what would without them. */
  CounterRules on(CounterRules other) {
    return new CounterRules(
        start.orElse(other.start()),
        rollOver.orElse(other.rollOverAt()),
        jump.isPresent() ? jump.get().on(other.jump()) : other.jump(),
        doublePulse.orElse(other.doublePulse()),
        perPulse.orElse(other.perPulse()));
  }
}
