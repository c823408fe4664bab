package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last values right while several processes of the service store: reads from the table
 * what others have stored. A process that stores everything alone knows everything, and asks only
 * once after it has become that.
 */
public final class LastValueUpdate {

  /** How old an answer of the table may be: one look serves all who ask meanwhile. */
  static final Duration AGE = Duration.ofMillis(250);

  /** Whether an update is needed, as a value to compare. */
  private record Done(Ownership of, Instant at) {}

  private final ExactlyOnce kit;
  private final Registry registry;
  private final LastValueStore store;
  private final LastValues values;
  private final InstantSource clock;
  private @Nullable Done done;

  LastValueUpdate(
      ExactlyOnce kit,
      Registry registry,
      LastValueStore store,
      LastValues values,
      InstantSource clock) {
    this.kit = kit;
    this.registry = registry;
    this.store = store;
    this.values = values;
    this.clock = clock;
  }

  /**
   * Makes {@link LastValues} as new as the table, up to {@link #AGE}. To be called before they are
   * read.
   *
   * @throws org.springframework.dao.DataAccessException if the table has to be asked and does not
   *     answer: what is known may be old then
   */
  public synchronized void ensure() {
    Ownership now = kit.ownership();
    Done last = done;
    if (last != null
        && last.of().equals(now)
        && (now.whole() || clock.instant().isBefore(last.at().plus(AGE)))) {
      return;
    }
    registry.load();
    Map<Integer, Long> times = values.times();
    List<Integer> ids = new ArrayList<>();
    List<@Nullable Long> known = new ArrayList<>();
    for (Tag tag : registry.tags()) {
      ids.add(tag.id());
      known.add(times.get(tag.id()));
    }
    values.loaded(store.find(ids, known));
    done = new Done(now, clock.instant());
  }
}
