package io.linewright.simulator.condition;

import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.StopCause;

/**
 * Hidden wear of a machine's tool and bearing: 0 is new, 1 the end of the nominal life. No tag
 * shows it; sensors, scrap and failures only depend on it, each with its own noise. Every tool and
 * bearing wears at its own hidden pace.
 */
public final class Wear {

  private static final double WORST = 2.5;
  private static final double SPREAD_OF_PACE = 0.25;
  private static final double SHARE_OF_AGE_AT_START = 0.8;

  private final MachineType type;
  private final Chance chance;
  private double tool;
  private double toolPace;
  private int toolCycles;
  private int toolDue;
  private double bearing;
  private double bearingPace;

  /** A machine of some age: its tool and bearing have done part of their lives. */
  public Wear(MachineType type, Chance chance) {
    this.type = type;
    this.chance = chance;
    newTool();
    newBearing();
    double age = chance.between(0, SHARE_OF_AGE_AT_START);
    if (type.toolLife().isPresent()) {
      tool = age * toolPace;
      toolCycles = (int) (age * type.toolLife().get());
    }
    if (type.bearingLife().isPresent()) {
      bearing = chance.between(0, SHARE_OF_AGE_AT_START) * bearingPace;
    }
  }

  /** One item was worked on for that time. */
  public void worked(double seconds) {
    if (type.toolLife().isPresent()) {
      toolCycles++;
      double step = toolPace * chance.exponential() / type.toolLife().get();
      tool = Math.min(WORST, tool + step);
    }
    if (type.bearingLife().isPresent()) {
      double life = type.bearingLife().get().toSeconds();
      double step = bearingPace * chance.exponential() * seconds / life;
      bearing = Math.min(WORST, bearing + step);
    }
  }

  /** Whether the planned change of the tool is due; it counts cycles, it does not know the wear. */
  public boolean toolChangeDue() {
    return type.toolLife().isPresent() && toolCycles >= toolDue;
  }

  /** The tool is replaced; the new one wears at a pace of its own. */
  public void newTool() {
    tool = 0;
    toolCycles = 0;
    toolPace = chance.logNormal(1, SPREAD_OF_PACE);
    toolDue = (int) (type.toolLife().orElse(1) * chance.between(0.95, 1.05));
  }

  /** A repair is never perfect: the new bearing starts with a little wear. */
  public void newBearing() {
    bearing = type.bearingLife().isPresent() ? chance.between(0, 0.08) : 0;
    bearingPace = chance.logNormal(1, SPREAD_OF_PACE);
  }

  /** Wear of the tool, 0 to 2.5; 0 without a tool. */
  public double tool() {
    return tool;
  }

  /** Wear of the bearing, 0 to 2.5; 0 without a bearing. */
  public double bearing() {
    return bearing;
  }

  /** Factor on the rate of a stop; about 1 on average over a life, far more near its end. */
  public double hazard(StopCause.Driver driver) {
    return switch (driver) {
      case NOTHING -> 1;
      case TOOL -> hazard(tool);
      case BEARING -> hazard(bearing);
    };
  }

  /** Probability that an item is rejected. */
  public double scrap() {
    double factor = 1 + 6 * Math.pow(tool, 3) + 2 * bearing * bearing;
    return Math.min(0.9, type.scrap() * factor);
  }

  private static double hazard(double wear) {
    return 0.1 + 4.5 * Math.pow(wear, 4);
  }
}
