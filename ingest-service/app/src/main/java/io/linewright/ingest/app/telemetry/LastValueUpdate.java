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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps the last values right while several processes of the service store: reads from the table
 * what others have stored. Values of the last two days are looked for each time, older ones (of an
 * import, say) every ten seconds, because that touches every day there is. A process that stores
 * everything alone knows everything, and asks only once after it has become that.
 */
public final class LastValueUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(LastValueUpdate.class);

  /** How old an answer of the table may be: one look serves all who ask meanwhile. */
  static final Duration AGE = Duration.ofMillis(250);

  private static final Duration RECENT = Duration.ofDays(2);
  private static final Duration OLDER_EVERY = Duration.ofSeconds(10);

  /**
   * The last update.
   *
   * @param at when it was
   * @param olderAt when everything was looked at
   */
  private record Done(Ownership of, Instant at, Instant olderAt) {}

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

  /** The same for those who go on telling what they know while the table does not answer. */
  public void ensureIfPossible() {
    try {
      ensure();
    } catch (DataAccessException away) {
      LOG.debug("What other instances store cannot be read at the moment", away);
    }
  }

  /**
   * Makes {@link LastValues} as new as the table, up to {@link #AGE}. To be called before they are
   * read.
   *
   * @throws DataAccessException if the table has to be asked and does not answer: what is known may
   *     be old then
   */
  public synchronized void ensure() {
    Ownership now = kit.ownership();
    Instant time = clock.instant();
    Done last = done;
    boolean changed = last == null || !last.of().equals(now);
    if (last != null && !changed && (now.whole() || time.isBefore(last.at().plus(AGE)))) {
      return;
    }
    boolean older = last == null || changed || !time.isBefore(last.olderAt().plus(OLDER_EVERY));
    registry.load();
    Map<Integer, Long> times = values.times();
    List<Integer> ids = new ArrayList<>();
    List<@Nullable Long> known = new ArrayList<>();
    for (Tag tag : registry.tags()) {
      ids.add(tag.id());
      known.add(times.get(tag.id()));
    }
    values.loaded(store.find(ids, known, older ? null : time.minus(RECENT)));
    done = new Done(now, time, older || last == null ? time : last.olderAt());
  }
}
