package io.linewright.simulator.plant;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A whole plant.
 *
 * @param seed of all randomness; the same seed gives the same course of events
 * @param startsAt simulated time of day at which the simulation begins
 * @param breaks times of day without work, every day
 * @param sites at least one; machine names are unique in the plant
 */
public record PlantDescription(
    long seed, LocalTime startsAt, List<ShiftBreak> breaks, List<SiteDescription> sites) {

  public PlantDescription {
    breaks = List.copyOf(breaks);
    sites = List.copyOf(sites);
  }

  /** The same plant with another seed. */
  public PlantDescription withSeed(long other) {
    return new PlantDescription(other, startsAt, breaks, sites);
  }

  /** All machines in the order of the file. */
  public Stream<MachineDescription> machines() {
    return sites.stream()
        .flatMap(site -> site.lines().stream())
        .flatMap(line -> line.machines().stream());
  }
}
