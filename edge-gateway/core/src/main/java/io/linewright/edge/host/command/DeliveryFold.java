package io.linewright.edge.host.command;

import io.linewright.edge.command.Command;
import io.linewright.edge.fold.Step;
import io.linewright.edge.host.command.DeliveryState.Pending;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Brings commands to their gateways: publishes each again and again until the gateway answers, and
 * never at or after its expiry. Gateways execute an id once, so a repeat does no harm. What nobody
 * can answer any more gets an end from here; the gateway's own word counts more.
 */
public final class DeliveryFold {

  /** Commands without answer at most. */
  public static final int MAX_PENDING = 1000;

  /** Answered ids remembered at most. */
  public static final int MAX_ANSWERED = 50_000;

  /** Time between two publications of a command. */
  public static final Duration REPEAT = Duration.ofSeconds(2);

  /** Time after the expiry for which a gateway that has the command is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An end that was told and not read back for so long is told again. */
  static final Duration READ_BACK = Duration.ofSeconds(30);

  private DeliveryFold() {}

  /**
   * Takes what was read, and lets time pass.
   *
   * @param now the platform's time
   * @param routes where commands to a tag go now
   */
  public static Step<DeliveryState, DeliveryFact> step(
      DeliveryState state,
      List<DeliveryInput> inputs,
      Instant now,
      Function<TagKey, Route> routes) {
    Turn turn = new Turn(state, now);
    for (DeliveryInput input : inputs) {
      switch (input) {
        case DeliveryInput.Requested requested -> turn.requested(requested, routes);
        case DeliveryInput.Answered(UUID id) -> turn.answered(id);
      }
    }
    for (Pending one : List.copyOf(turn.pending.values())) {
      turn.look(one, routes);
    }
    return new Step<>(new DeliveryState(turn.pending, turn.answered), turn.facts);
  }

  private static final class Turn {

    final Map<UUID, Pending> pending;
    final Set<UUID> answered;
    final List<DeliveryFact> facts = new ArrayList<>();
    private final Instant now;

    Turn(DeliveryState state, Instant now) {
      this.pending = new LinkedHashMap<>(state.pending());
      this.answered = new LinkedHashSet<>(state.answered());
      this.now = now;
    }

    void answered(UUID id) {
      pending.remove(id);
      if (answered.add(id) && answered.size() > MAX_ANSWERED) {
        answered.remove(answered.iterator().next());
      }
    }

    void requested(DeliveryInput.Requested requested, Function<TagKey, Route> routes) {
      Command command = requested.command();
      if (answered.contains(command.id())
          || pending.containsKey(command.id())
          || routes.apply(command.tag()) instanceof Route.NotOurs) {
        return;
      }
      if (pending.size() >= MAX_PENDING) {
        Pending oldest = pending.values().iterator().next();
        end(
            oldest,
            oldest.mayHaveLeft() ? CommandStep.UNKNOWN : CommandStep.REFUSED,
            "%d commands wait for their gateways already".formatted(MAX_PENDING));
        answered(oldest.command().id());
      }
      pending.put(command.id(), new Pending(command, requested.inherited(), null, null, null));
    }

    void look(Pending one, Function<TagKey, Route> routes) {
      CommandProgress told = one.told();
      Instant toldAt = one.toldAt();
      if (told != null && toldAt != null) {
        if (!now.isBefore(toldAt.plus(READ_BACK))) {
          pending.put(one.command().id(), one.tells(told, now));
          facts.add(new DeliveryFact.Tell(told));
        }
        return;
      }
      Instant expires = one.command().expiresAt();
      if (!now.isBefore(expires)) {
        if (!one.mayHaveLeft()) {
          end(one, CommandStep.EXPIRED, "its gateway or device was not online in time");
        } else if (!now.isBefore(expires.plus(PATIENCE))) {
          end(one, CommandStep.UNKNOWN, "its gateway may have got it and has not answered");
        }
        return;
      }
      switch (routes.apply(one.command().tag())) {
        case Route.Online online -> {
          Instant last = one.published();
          if (last == null || !now.isBefore(last.plus(REPEAT))) {
            pending.put(one.command().id(), one.leaves(now));
            facts.add(new DeliveryFact.Publish(one.command(), online.to()));
          }
        }
        case Route.Impossible(String reason) -> {
          if (!one.mayHaveLeft()) {
            end(one, CommandStep.REFUSED, reason);
          }
        }
        case Route.Absent absent -> {}
        case Route.NotOurs notOurs -> {}
      }
    }

    private void end(Pending one, CommandStep step, String why) {
      Command command = one.command();
      CommandProgress end =
          new CommandProgress(
              command.id().toString(), command.tag().toString(), step.toString(), now, why);
      pending.put(command.id(), one.tells(end, now));
      facts.add(new DeliveryFact.Tell(end));
    }
  }
}
