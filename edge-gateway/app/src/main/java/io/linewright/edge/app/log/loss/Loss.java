package io.linewright.edge.app.log.loss;

import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A loss before it is told, with its tags by their aliases.
 *
 * @param equipment path of the device, or of the gateway
 * @param from begin of the time in which values are missing
 * @param to its end
 * @param count how many values; null: unknown
 * @param reason one sentence for people
 * @param aliases tags concerned, at most {@link #MAX_ALIASES}; empty: unknown
 */
public record Loss(
    String equipment,
    Instant from,
    Instant to,
    @Nullable Long count,
    String reason,
    Set<Long> aliases) {

  /** Most tags remembered per loss. */
  public static final int MAX_ALIASES = 10_000;

  public Loss {
    aliases = Set.copyOf(aliases);
  }

  /** A loss of which nobody knows the tags. */
  public static Loss of(SamplesLost told) {
    return new Loss(
        told.equipment(), told.from(), told.to(), told.count(), told.reason(), Set.of());
  }

  /**
   * The loss of one sample.
   *
   * @param alias its tag
   */
  public static Loss of(String equipment, Sample sample, long alias, String reason) {
    Instant at = LossBook.instant(sample.sourceMicros());
    return new Loss(equipment, at, at, 1L, reason, Set.of(alias));
  }

  /** Whether both are told as one. */
  public boolean like(Loss other) {
    return equipment.equals(other.equipment) && reason.equals(other.reason);
  }

  /** Both as one. */
  public Loss plus(Loss other) {
    Long more = other.count;
    Set<Long> all = new TreeSet<>(aliases);
    other.aliases.stream().limit(MAX_ALIASES - all.size()).forEach(all::add);
    return new Loss(
        equipment,
        from.isBefore(other.from) ? from : other.from,
        to.isAfter(other.to) ? to : other.to,
        count == null || more == null ? null : Long.valueOf(count + more),
        reason,
        all);
  }

  /**
   * As it is told.
   *
   * @param names name of a tag by its alias; null if it is forgotten
   */
  public SamplesLost told(LongFunction<@Nullable String> names) {
    if (aliases.isEmpty()) {
      return new SamplesLost(equipment, from, to, count, reason);
    }
    List<String> tags =
        aliases.stream().map(names::apply).filter(java.util.Objects::nonNull).sorted().toList();
    return new SamplesLost(equipment, from, to, count, reason, tags, aliases.size());
  }
}
