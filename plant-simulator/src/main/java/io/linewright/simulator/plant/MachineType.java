package io.linewright.simulator.plant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How machines of one kind behave.
 *
 * @param name unique in the file
 * @param cycleTime ideal time for one item
 * @param cycleNoise standard deviation of the cycle time as a share of it, 0 to 0.5
 * @param scrap share of rejected items with a new tool, 0 to 0.5; grows with tool wear
 * @param runPower electrical power while it works, in kW
 * @param idlePower electrical power while it waits, in kW
 * @param toolLife cycles after which the tool is changed; empty: no tool
 * @param bearingLife running time that the bearing is made for; empty: no bearing
 * @param stops what can stop it
 * @param sensors what it measures
 * @param signals generic fast signals for load; empty: none
 */
public record MachineType(
    String name,
    Duration cycleTime,
    double cycleNoise,
    double scrap,
    double runPower,
    double idlePower,
    Optional<Integer> toolLife,
    Optional<Duration> bearingLife,
    List<StopCause> stops,
    List<SensorDescription> sensors,
    Optional<LoadSignals> signals) {

  public MachineType {
    stops = List.copyOf(stops);
    sensors = List.copyOf(sensors);
  }
}
