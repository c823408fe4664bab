package io.linewright.oee.line;

import io.linewright.oee.time.Track;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which machine held up its line.
 *
 * @param sole the one that did so alone, at each instant at which there was one
 * @param shifting at other instants those between which the bottleneck moved, two or more; empty
 *     where there was one or none
 * @param shares of each machine
 */
public record Bottleneck(
    Track<Optional<String>> sole, Track<Set<String>> shifting, Map<String, Share> shares) {

  public Bottleneck {
    shares = Map.copyOf(shares);
  }

  /**
   * Parts of the time that was asked for, each 0 to 1.
   *
   * @param sole in which the machine was the only bottleneck
   * @param shifting in which it was one of several
   */
  public record Share(double sole, double shifting) {

    /**
     * @throws IllegalArgumentException if one of them, or their sum, is not in 0 to 1
     */
    public Share {
      if (!(sole >= 0 && shifting >= 0 && sole + shifting <= 1 + 1e-9)) {
        throw new IllegalArgumentException(
            "shares are 0 to 1 together, not " + sole + " and " + shifting);
      }
    }
  }
}
