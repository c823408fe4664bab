package io.linewright.oee.engine.input;

import io.linewright.oee.count.CountKind;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.energy.EnergyRules;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.StateModel;
import io.linewright.oee.state.Vocabularies;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is understood, as its master data say.
 *
 * @param states what its words mean
 * @param stateTag name of the tag with its state, not empty; null: of its tags with the role of a
 *     state {@code state}, else {@code execution}, else the first by name
 * @param counters how its counters are read
 * @param ofKind how those of a kind are read, if differently; copied
 * @param stops from which length on a stop is one
 * @param reasons why it may stand still
 * @param energy how its meters are read
 * @param holds how long after its last word its last state holds, if no device says how far it is
 *     complete; 0 to 366 d
 * @param inspected whether every item is inspected when it is made, so that all that are not
 *     rejected or reworked are good the first time
 * @param usually id of the product that is made if nobody says which, not empty; null: none
 * @param itemsPerHour how many items it can make in an hour, more than 0; empty: nobody said
 */
public record MachineRules(
    StateModel states,
    @Nullable String stateTag,
    CounterRules counters,
    Map<CountKind, CounterRules> ofKind,
    StopRules stops,
    ReasonTree reasons,
    EnergyRules energy,
    Duration holds,
    boolean inspected,
    @Nullable String usually,
    Optional<Quantity> itemsPerHour) {

  private static final Duration LONGEST = Duration.ofDays(366);

  /** What holds where nobody said otherwise; a state holds for an hour, every item is inspected. */
  public static final MachineRules DEFAULT =
      new MachineRules(
          Vocabularies.standard(),
          null,
          CounterRules.DEFAULT,
          Map.of(),
          StopRules.DEFAULT,
          ReasonTree.EMPTY,
          EnergyRules.DEFAULT,
          Duration.ofHours(1),
          true,
          null,
          Optional.empty());

  /**
   * @throws IllegalArgumentException if a name is empty, or something is out of range
   */
  public MachineRules {
    if (stateTag != null && stateTag.isEmpty() || usually != null && usually.isEmpty()) {
      throw new IllegalArgumentException("the names of a tag and of a product are not empty");
    }
    if (holds.isNegative() || holds.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a state holds for 0 to 366 d, not for " + holds);
    }
    itemsPerHour.ifPresent(
        items -> {
          if (items.millionths() <= 0) {
            throw new IllegalArgumentException(
                "a machine can make more than 0 items in an hour, not " + items.units());
          }
        });
    Map<CountKind, CounterRules> copy = new EnumMap<>(CountKind.class);
    copy.putAll(ofKind);
    ofKind = Collections.unmodifiableMap(copy);
  }

  /** How counters of a kind are read. */
  public CounterRules of(CountKind kind) {
    return ofKind.getOrDefault(kind, counters);
  }
}
