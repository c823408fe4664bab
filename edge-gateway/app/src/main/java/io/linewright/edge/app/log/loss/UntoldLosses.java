package io.linewright.edge.app.log.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * Losses in memory until the log takes them, as when the disk refuses; the same loss again only
 * makes it larger. For one thread.
 */
public final class UntoldLosses {

  private static final int MAX = 1000;

  private final List<Loss> losses = new ArrayList<>();

  /** Adds a loss. */
  public void note(Loss loss) {
    for (int i = 0; i < losses.size(); i++) {
      if (losses.get(i).like(loss)) {
        losses.set(i, losses.get(i).plus(loss));
        return;
      }
    }
    if (losses.size() < MAX) {
      losses.add(loss);
    }
  }

  /** Whether all are told. */
  public boolean isEmpty() {
    return losses.isEmpty();
  }

  /** One of them; {@link #told} takes it out. */
  public Loss last() {
    return losses.getLast();
  }

  /** The last one is in the log. */
  public void told() {
    losses.removeLast();
  }
}
