package io.linewright.oee.masterdata.rules;

import io.linewright.oee.count.CounterRules.Rate;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import io.linewright.oee.quantity.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is said of jumps of a counter.
 *
 * @param off whether none is too much
 * @param times the multiple of the ideal rate; empty if nobody said
 * @param plus items beside it; empty if nobody said
 */
record Jump(boolean off, Optional<Double> times, Optional<Quantity> plus) {

  private static final Rate USUAL = new Rate(20, Quantity.of(50));

  static Optional<Jump> read(Value value) {
    if (value.isText()) {
      return value
          .as(Scalars.word("off").advising("write off, or times and plus"))
          .map(off -> new Jump(true, Optional.empty(), Optional.empty()));
    }
    Block block = value.block();
    Jump jump =
        new Jump(
            false,
            block
                .optional("times", Scalars.number(BigDecimal.ONE, BigDecimal.valueOf(1_000_000)))
                .map(BigDecimal::doubleValue),
            block.optional("plus", Scalars.quantity("0", "1000000000")));
    block.end();
    return Optional.of(jump);
  }

  Jump over(Jump above) {
    return off || above.off ? this : new Jump(false, times.or(above::times), plus.or(above::plus));
  }

  /** What holds, over what would without it. */
  Optional<Rate> on(Optional<Rate> other) {
    Rate below = other.orElse(USUAL);
    return off
        ? Optional.empty()
        : Optional.of(new Rate(times.orElse(below.times()), plus.orElse(below.plus())));
  }
}
