package io.linewright.oee.masterdata.rules;

import io.linewright.oee.energy.EnergyRules;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.quantity.Quantity;
import java.time.Duration;
import java.util.Optional;

/**
 * What is said of meters; empty where nobody said anything.
 *
 * @param source which meter counts
 * @param longestGap readings further apart tell nothing of the time between
 * @param most no machine takes more, in kW
 * @param window length of the windows of demand
 */
record EnergyFields(
    Optional<TrackKind> source,
    Optional<Duration> longestGap,
    Optional<Quantity> most,
    Optional<Duration> window) {

  static final EnergyFields NONE =
      new EnergyFields(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Duration DAY = Duration.ofDays(1);

  static EnergyFields read(Block block) {
    EnergyFields fields =
        new EnergyFields(
            block
                .optional("source", Scalars.word("counter", "power"))
                .map(word -> word.equals("power") ? TrackKind.POWER : TrackKind.ENERGY),
            block.optional("longest-gap", Scalars.duration(Duration.ofMillis(1), DAY)),
            block.optional("most-kilowatts", Scalars.quantity("0.000001", "1000000")),
            block.optional(
                "window",
                Scalars.duration(Duration.ofMinutes(1), DAY).but(EnergyFields::dividesDay)));
    block.end();
    return fields;
  }

  private static Duration dividesDay(Duration window) {
    if (DAY.toNanos() % window.toNanos() != 0) {
      throw new IllegalArgumentException("a day is no whole number of such windows");
    }
    return window;
  }

  /** With what is said above where this says nothing. */
  EnergyFields over(EnergyFields above) {
    return new EnergyFields(
        source.or(above::source),
        longestGap.or(above::longestGap),
        most.or(above::most),
        window.or(above::window));
  }

  /** What holds, over what would without them. */
  EnergyRules on(EnergyRules other) {
    return new EnergyRules(
        source.orElse(other.source()),
        longestGap.orElse(other.longestGap()),
        most.orElse(other.mostKilowatts()),
        window.orElse(other.window()));
  }
}
