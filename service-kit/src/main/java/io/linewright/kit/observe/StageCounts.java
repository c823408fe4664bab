package io.linewright.kit.observe;

/**
 * What one stage did with what came in. The books balance when {@code in = out + setAside +
 * duplicates}.
 *
 * @param in how many came in
 * @param out how many went on or were stored
 * @param setAside how many went to quarantine
 * @param duplicates how many were dropped as repeats
 */
public record StageCounts(long in, long out, long setAside, long duplicates) {

  /** Nothing happened. */
  public static final StageCounts NONE = new StageCounts(0, 0, 0, 0);

  public StageCounts plus(StageCounts other) {
    return new StageCounts(
        in + other.in, out + other.out, setAside + other.setAside, duplicates + other.duplicates);
  }

  /** Whether everything that came in is accounted for. */
  public boolean balances() {
    return in == out + setAside + duplicates;
  }
}
