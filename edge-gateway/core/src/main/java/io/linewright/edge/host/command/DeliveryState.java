package io.linewright.edge.host.command;

import io.linewright.edge.command.Command;
import io.linewright.model.command.CommandProgress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way.
 *
 * @param pending without answer, oldest first, at most {@link DeliveryFold#MAX_PENDING}
 * @param answered ids that were answered, oldest first, at most {@link DeliveryFold#MAX_ANSWERED}
 */
public record DeliveryState(Map<UUID, Pending> pending, Set<UUID> answered) {

  /** Nothing is known. */
  public static final DeliveryState EMPTY = new DeliveryState(Map.of(), Set.of());

  public DeliveryState {
    pending = Collections.unmodifiableMap(new LinkedHashMap<>(pending));
    answered = Collections.unmodifiableSet(new LinkedHashSet<>(answered));
  }

  /**
   * One command.
   *
   * @param mayHaveLeft whether it was, or may have been, published
   * @param published when it was last published by this bridge; null: never
   * @param told the end that the bridge told and has not read back yet; null: none
   * @param toldAt when
   */
  public record Pending(
      Command command,
      boolean mayHaveLeft,
      @Nullable Instant published,
      @Nullable CommandProgress told,
      @Nullable Instant toldAt) {

    Pending leaves(Instant now) {
      return new Pending(command, true, now, told, toldAt);
    }

    Pending tells(CommandProgress end, Instant now) {
      return new Pending(command, mayHaveLeft, published, end, now);
    }
  }
}
