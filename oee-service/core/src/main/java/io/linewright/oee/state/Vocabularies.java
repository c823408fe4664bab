package io.linewright.oee.state;

import static io.linewright.oee.state.StateMeaning.Kind.INSIDE;
import static io.linewright.oee.state.StateMeaning.Kind.NEUTRAL;
import static io.linewright.oee.state.StateMeaning.Kind.OUTSIDE;

import io.linewright.model.machine.MachineState;
import io.linewright.oee.slice.TimeCategory;
import java.util.HashMap;
import java.util.Map;

/**
 * Built-in models of states. A machine's own model is laid over one of them with {@link
 * StateModel#over}, so that it wins word by word.
 */
public final class Vocabularies {

  private static final StateMeaning PRODUCTION = meaning(TimeCategory.PRODUCTION, NEUTRAL);
  private static final StateMeaning SETUP = meaning(TimeCategory.SETUP, INSIDE);
  private static final StateMeaning DELAY = meaning(TimeCategory.DELAY, NEUTRAL);
  private static final StateMeaning WAITS_OUTSIDE = meaning(TimeCategory.DELAY, OUTSIDE);
  private static final StateMeaning STOP = meaning(TimeCategory.MINOR_STOP, INSIDE);
  private static final StateMeaning NOT_EXPLAINED = meaning(TimeCategory.UNEXPLAINED, INSIDE);
  private static final StateMeaning FAILURE =
      new StateMeaning(TimeCategory.BREAKDOWN, INSIDE, true);

  private static final StateModel PACKML = new StateModel("packml", packmlMeanings(), STOP, 0);

  private static final StateModel WORDS =
      new StateModel(
          "words",
          Map.of(
              "RUNNING",
              PRODUCTION,
              "DOWN",
              FAILURE,
              "BLOCKED",
              meaning(TimeCategory.BLOCKED, OUTSIDE),
              "STARVED",
              meaning(TimeCategory.STARVED, OUTSIDE),
              "SETUP",
              SETUP,
              "MINOR_STOP",
              STOP,
              "IDLE",
              DELAY,
              "OFF",
              meaning(TimeCategory.UNSCHEDULED, NEUTRAL),
              "PLANNED_STOP",
              meaning(TimeCategory.PLANNED_STOP, NEUTRAL),
              "NO_DATA",
              StateModel.UNKNOWN),
          STOP,
          0);

  private static final StateModel MTCONNECT_EXECUTION =
      new StateModel(
          "mtconnect-execution",
          Map.ofEntries(
              Map.entry("ACTIVE", PRODUCTION),
              Map.entry("READY", DELAY),
              Map.entry("WAIT", DELAY),
              Map.entry("PROGRAM_COMPLETED", DELAY),
              Map.entry("INTERRUPTED", STOP),
              Map.entry("FEED_HOLD", STOP),
              Map.entry("STOPPED", STOP),
              Map.entry("OPTIONAL_STOP", STOP),
              Map.entry("PROGRAM_STOPPED", STOP),
              Map.entry("PROGRAM_OPTIONAL_STOP", STOP),
              Map.entry("UNAVAILABLE", StateModel.UNKNOWN)),
          STOP,
          0);

  private static final StateModel STANDARD =
      new StateModel("standard", MTCONNECT_EXECUTION.over(WORDS).over(PACKML).meanings(), STOP, 0);

  private Vocabularies() {}

  /**
   * States after PackML (ISA-TR88.00.02), by their numbers in the PackTags and by their names.
   * Execute produces; a hold has its cause inside, a suspension outside; Stopping and Stopped are
   * not explained, from the first second, until a reason comes; aborts are failures.
   */
  public static StateModel packml() {
    return PACKML;
  }

  /** Words that say what their time is: RUNNING, DOWN, BLOCKED, STARVED, SETUP, … */
  public static StateModel words() {
    return WORDS;
  }

  /** Values of the data item EXECUTION of MTConnect. */
  public static StateModel mtconnectExecution() {
    return MTCONNECT_EXECUTION;
  }

  /**
   * All of them together, for machines of which nobody said anything. Of STOPPED, which two have,
   * MTConnect's meaning holds: who speaks PackML tells numbers, and of the one who tells its names
   * the model must be said.
   */
  public static StateModel standard() {
    return STANDARD;
  }

  private static Map<String, StateMeaning> packmlMeanings() {
    Map<String, StateMeaning> meanings = new HashMap<>();
    for (MachineState state : MachineState.values()) {
      StateMeaning meaning =
          switch (state) {
            case EXECUTE -> PRODUCTION;
            case SUSPENDING, SUSPENDED, UNSUSPENDING -> WAITS_OUTSIDE;
            case HOLDING, HELD, UNHOLDING -> STOP;
            case ABORTING, ABORTED, CLEARING -> FAILURE;
            case STOPPING, STOPPED -> NOT_EXPLAINED;
            case RESETTING, STARTING -> SETUP;
            case COMPLETING, COMPLETE, IDLE -> DELAY;
          };
      meanings.put(String.valueOf(state.number()), meaning);
      meanings.put(state.name(), meaning);
    }
    return meanings;
  }

  private static StateMeaning meaning(TimeCategory category, StateMeaning.Kind kind) {
    return new StateMeaning(category, kind, false);
  }
}
