package io.linewright.testkit.property;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Runs a property with many seeds. A failure names its seed; {@code -Dlinewright.seed=N} repeats
 * exactly that run.
 */
public final class Seeded {

  /** System property that fixes the seed. */
  public static final String PROPERTY = "linewright.seed";

  /** Something that must hold for every seed. */
  @FunctionalInterface
  public interface Property {
    void holds(RandomGenerator random) throws Exception;
  }

  private Seeded() {}

  /**
   * Checks the property with that many seeds, different ones in every run.
   *
   * @throws AssertionError with the seed, caused by the failure
   */
  public static void check(int runs, Property property) {
    Long fixed = Long.getLong(PROPERTY);
    long first = fixed == null ? System.nanoTime() : fixed;
    System.out.printf(
        "Property with %d seeds from %d (-D%s=N repeats one)%n", runs, first, PROPERTY);
    for (int i = 0; i < (fixed == null ? runs : 1); i++) {
      long seed = first + i;
      try {
        property.holds(new Random(seed));
      } catch (Exception | AssertionError failed) {
        throw new AssertionError(
            "failed with seed %d: repeat with -D%s=%d".formatted(seed, PROPERTY, seed), failed);
      }
    }
  }
}
