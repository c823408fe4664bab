package io.linewright.oee.masterdata.rules;

import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of starts; empty where nobody said anything.
 *
 * @param off whether no reject is lost with a start
 * @param after what comes before a start
 * @param lasts how long it takes
 * @param pieces how many items it takes
 */
record StartUpFields(
    boolean off,
    Optional<Set<TimeCategory>> after,
    Optional<Duration> lasts,
    Optional<Quantity> pieces) {

  static final StartUpFields NONE =
      new StartUpFields(false, Optional.empty(), Optional.empty(), Optional.empty());

  private static final Collection<TimeCategory> STARTS =
      EnumSet.complementOf(EnumSet.of(TimeCategory.PRODUCTION, TimeCategory.PENDING));

  static StartUpFields read(Value value) {
    if (value.isText()) {
      boolean off =
          value.as(Scalars.word("off").advising("write off, or after and lasts")).isPresent();
      return new StartUpFields(off, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Block block = value.block();
    StartUpFields fields =
        new StartUpFields(
            false,
            block.value("after").map(StartUpFields::after),
            block.optional("lasts", Scalars.duration(Duration.ZERO, Duration.ofDays(7))),
            block.optional("pieces", Scalars.quantity("0", "1000000000")));
    block.end();
    return fields;
  }

  private static Set<TimeCategory> after(Value value) {
    Set<TimeCategory> after = new HashSet<>();
    for (Value item : value.items(STARTS.size(), "list what comes before a start, as [setup]")) {
      item.as(Scalars.oneOf(STARTS))
          .filter(category -> !after.add(category))
          .ifPresent(twice -> item.fault("is there twice", "remove one of them"));
    }
    return Set.copyOf(after);
  }

  /** With what is said above where this says nothing. */
  StartUpFields over(StartUpFields above) {
    if (off) {
      return this;
    }
    if (after.isEmpty() && lasts.isEmpty() && pieces.isEmpty()) {
      return above;
    }
    return new StartUpFields(
        false, after.or(above::after), lasts.or(above::lasts), pieces.or(above::pieces));
  }

  /** What holds, over what would without them. */
  StartUp on(StartUp other) {
    return off
        ? StartUp.NONE
        : new StartUp(
            after.orElse(other.after()),
            lasts.orElse(other.lasts()),
            pieces.orElse(other.pieces()));
  }
}
