package io.linewright.simulator.condition;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** One machine's own source of chance, so that a machine added elsewhere changes nothing here. */
public final class Chance {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final SplittableRandom random;

  /**
   * @param seed the plant's seed
   * @param name what this source is for
   */
  public Chance(long seed, String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    random = new SplittableRandom(seed ^ hash);
  }

  /** Uniform in [0, 1). */
  public double share() {
    return random.nextDouble();
  }

  /** Uniform in [low, high). */
  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Normal with mean 0. */
  public double noise(double standardDeviation) {
    return standardDeviation * random.nextGaussian();
  }

  /** Log-normal with that median; sigma of the logarithm. */
  public double logNormal(double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }

  /** Exponential with mean 1. */
  public double exponential() {
    return -Math.log(1 - random.nextDouble());
  }

  /** True with that probability, 0 to 1. */
  public boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
