package io.linewright.kit.exactlyonce;

import io.linewright.kit.observe.StageCounts;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param counts the books of the batch, what is set aside included
 * @param setAside what goes to quarantine, in the same transaction
 * @param afterCommit run once the transaction has committed: caches, metrics, live streams
 */
public record Stored(StageCounts counts, List<SetAside> setAside, Runnable afterCommit) {

  public Stored {
    setAside = List.copyOf(setAside);
  }
}
