package io.linewright.simulator.process;

import io.linewright.model.machine.MachineState;
import io.linewright.simulator.condition.Activity;
import io.linewright.simulator.condition.Chance;
import io.linewright.simulator.condition.Wear;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.StopCause;
import org.jspecify.annotations.Nullable;

/**
 * A machine with its PackML states (ISA-TR88.00.02) and its work: takes an item from the buffer
 * before it, works on it, puts it into the buffer behind it or rejects it.
 */
final class Machine {

  private static final double PATIENCE_SECONDS = 2;

  /** What is on the machine's table. */
  private enum Work {
    NOTHING,
    IN_WORK,
    FINISHED
  }

  private final MachineType type;
  private final Agenda agenda;
  private final Chance chance;
  private final Wear wear;
  private final MachineOutput output;
  private final Buffer before;
  private final Buffer behind;

  private MachineState state = MachineState.STOPPED;
  private boolean onBreak;
  private boolean aborted;
  private boolean shaking;
  private Work work = Work.NOTHING;
  private double cycleSeconds;
  private double remaining;
  private long workingSince;
  private @Nullable StopCause ahead;
  private double aheadIn;
  private long visit;
  private long taken;

  Machine(
      MachineDescription machine,
      Agenda agenda,
      Chance chance,
      Wear wear,
      MachineOutput output,
      Buffer before,
      Buffer behind) {
    this.type = machine.type();
    this.agenda = agenda;
    this.chance = chance;
    this.wear = wear;
    this.output = output;
    this.before = before;
    this.behind = behind;
    before.wake(this::look);
    behind.wakeBehind(this::look);
  }

  /** Shows the first values and plans to start within some seconds. */
  void begin() {
    output.state(state);
    output.reason(StopCause.NONE);
    output.alarm(false);
    output.zeroCounts();
    output.cycleTime(0);
    later(chance.between(0.5, 4), this::resetUnlessBreak);
  }

  void breakBegins() {
    onBreak = true;
    switch (state) {
      case STOPPED -> output.reason(StopCause.BREAK);
      case ABORTING, ABORTED, CLEARING, STOPPING -> {
        // goes on to Stopped by itself and stays there
      }
      default -> {
        output.reason(StopCause.BREAK);
        enter(MachineState.STOPPING);
        later(about(2), this::stopped);
      }
    }
  }

  void breakEnds() {
    onBreak = false;
    if (state == MachineState.STOPPED) {
      stopped();
    }
  }

  /** The vibration limit was passed in one direction or the other. */
  void shaking(boolean tooMuch) {
    shaking = tooMuch;
    output.alarm(aborted || shaking);
  }

  Activity activity() {
    return switch (state) {
      case STOPPED, ABORTED, ABORTING, CLEARING, HELD -> Activity.OFF;
      case EXECUTE -> work == Work.IN_WORK ? Activity.WORKING : Activity.WAITING;
      default -> Activity.WAITING;
    };
  }

  long taken() {
    return taken;
  }

  /** Items on the machine's table, 0 or 1. */
  int onTable() {
    return work == Work.NOTHING ? 0 : 1;
  }

  private void stopped() {
    enter(MachineState.STOPPED);
    if (onBreak) {
      output.reason(StopCause.BREAK);
    } else {
      later(about(1.5), this::resetUnlessBreak);
    }
  }

  private void resetUnlessBreak() {
    if (!onBreak) {
      enter(MachineState.RESETTING);
      later(about(1.5), this::idle);
    }
  }

  private void idle() {
    enter(MachineState.IDLE);
    later(
        about(1),
        () -> {
          enter(MachineState.STARTING);
          later(about(3), this::execute);
        });
  }

  private void execute() {
    enter(MachineState.EXECUTE);
    output.reason(StopCause.NONE);
    proceed();
  }

  /** A buffer has changed: goes on if that was what the machine has waited for. */
  private void look() {
    if (work == Work.IN_WORK || !ready()) {
      return;
    }
    if (state == MachineState.EXECUTE) {
      proceed();
    } else if (state == MachineState.SUSPENDED) {
      unsuspend();
    }
  }

  private boolean ready() {
    return switch (work) {
      case NOTHING -> before.hasItem();
      case IN_WORK -> true;
      case FINISHED -> behind.hasSpace();
    };
  }

  private void proceed() {
    visit++;
    if (work == Work.FINISHED && behind.hasSpace()) {
      work = Work.NOTHING;
      behind.put();
      output.countGood();
    }
    if (work == Work.FINISHED) {
      later(PATIENCE_SECONDS, () -> suspend(StopCause.BLOCKED));
    } else if (work == Work.IN_WORK) {
      goOnWorking();
    } else if (wear.toolChangeDue()) {
      hold(StopCause.TOOL_CHANGE);
    } else if (before.hasItem()) {
      before.take();
      taken++;
      beginCycle();
    } else {
      later(PATIENCE_SECONDS, () -> suspend(StopCause.STARVED));
    }
  }

  private void beginCycle() {
    work = Work.IN_WORK;
    double ideal = type.cycleTime().toMillis() / 1000.0;
    cycleSeconds = ideal * Math.clamp(1 + chance.noise(type.cycleNoise()), 0.5, 3.0);
    remaining = cycleSeconds;
    ahead = null;
    for (StopCause cause : type.stops()) {
      double rate = wear.hazard(cause.drivenBy()) / cause.every().toSeconds();
      if (chance.happens(-Math.expm1(-cycleSeconds * rate)) && ahead == null) {
        ahead = cause;
        aheadIn = chance.share() * cycleSeconds;
      }
    }
    goOnWorking();
  }

  private void goOnWorking() {
    workingSince = agenda.now();
    StopCause cause = ahead;
    if (cause == null) {
      later(remaining, this::endCycle);
    } else {
      ahead = null;
      later(aheadIn, () -> interrupt(cause));
    }
  }

  private void interrupt(StopCause cause) {
    if (cause.kind() == StopCause.Kind.BREAKDOWN) {
      abort(cause);
    } else {
      hold(cause);
    }
  }

  private void endCycle() {
    wear.worked(cycleSeconds);
    output.cycleTime(cycleSeconds);
    if (chance.happens(wear.scrap())) {
      work = Work.NOTHING;
      output.countReject();
    } else {
      work = Work.FINISHED;
    }
    proceed();
  }

  private void suspend(StopCause cause) {
    output.reason(cause);
    enter(MachineState.SUSPENDING);
    later(
        about(1),
        () -> {
          enter(MachineState.SUSPENDED);
          if (ready()) {
            unsuspend();
          }
        });
  }

  private void unsuspend() {
    later(
        about(0.8),
        () -> {
          enter(MachineState.UNSUSPENDING);
          later(about(1), this::execute);
        });
  }

  private void hold(StopCause cause) {
    output.reason(cause);
    enter(MachineState.HOLDING);
    later(
        about(1),
        () -> {
          enter(MachineState.HELD);
          later(duration(cause, 0.45), () -> unhold(cause));
        });
  }

  private void unhold(StopCause cause) {
    if (cause.equals(StopCause.TOOL_CHANGE)) {
      wear.newTool();
    }
    enter(MachineState.UNHOLDING);
    later(about(1.5), this::execute);
  }

  private void abort(StopCause cause) {
    aborted = true;
    output.reason(cause);
    output.alarm(true);
    enter(MachineState.ABORTING);
    later(
        about(1),
        () -> {
          enter(MachineState.ABORTED);
          loseItem();
          later(duration(cause, 0.5), () -> repaired(cause));
        });
  }

  private void loseItem() {
    if (work != Work.NOTHING) {
      work = Work.NOTHING;
      output.countReject();
    }
  }

  private void repaired(StopCause cause) {
    switch (cause.drivenBy()) {
      case TOOL -> wear.newTool();
      case BEARING -> wear.newBearing();
      case NOTHING -> {
        // nothing was replaced
      }
    }
    aborted = false;
    output.alarm(shaking);
    enter(MachineState.CLEARING);
    later(about(3), this::stopped);
  }

  /** Changes the state; whatever was planned in the old state will not happen. */
  private void enter(MachineState next) {
    if (state == MachineState.EXECUTE && work == Work.IN_WORK) {
      remaining = Math.max(0, remaining - (agenda.now() - workingSince) / 1e6);
    }
    visit++;
    state = next;
    output.state(next);
  }

  /** Plans something that happens unless the machine's state or work changes before. */
  private void later(double seconds, Runnable event) {
    long planned = visit;
    agenda.after(
        seconds,
        () -> {
          if (planned == visit) {
            event.run();
          }
        });
  }

  private double duration(StopCause cause, double spread) {
    return chance.logNormal((double) cause.lasts().toSeconds(), spread);
  }

  private double about(double seconds) {
    return seconds * chance.between(0.85, 1.15);
  }
}
