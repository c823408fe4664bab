package io.linewright.ingest.app.quarantine;

import io.linewright.ingest.app.quarantine.QuarantineStore.Choice;
import io.linewright.ingest.app.quarantine.QuarantineStore.Kept;
import io.linewright.kit.exactlyonce.Failures;
import io.linewright.kit.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries records of quarantine again and discards them, one or many, as far as who asks may decide
 * about them.
 */
final class QuarantineDesk {

  /** Most parts of a record that are tried one by one. */
  private static final int TRIES = 200;

  /** After this time what is left of many records waits for the next request. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a request waits for others that try records again: longer than most take. */
  static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(15);

  private static final int RETRY_AFTER_SECONDS = 5;

  private final QuarantineStore store;
  private final Resubmission resubmission;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final Duration patienceWithOthers;

  /** One request at a time: it holds a connection, and sometimes another one within that. */
  private final Semaphore place = new Semaphore(1, true);

  /**
   * @param patienceWithOthers how long a request waits for others that try records again
   */
  QuarantineDesk(
      QuarantineStore store,
      Resubmission resubmission,
      TransactionTemplate transaction,
      InstantSource clock,
      Duration patienceWithOthers) {
    this.store = store;
    this.resubmission = resubmission;
    this.transaction = transaction;
    this.clock = clock;
    this.patienceWithOthers = patienceWithOthers;
  }

  /**
   * What became of many records.
   *
   * @param done how many have left quarantine
   * @param refused how many were tried and stay
   * @param skipped how many were gone meanwhile, or are not for who asks to decide about
   * @param left how many of those that were asked for are in quarantine now
   * @param next the last one that was looked at, if there are more behind it
   */
  record Sweep(int done, int refused, int skipped, long left, @Nullable Long next) {}

  /**
   * Tries a record again. One that fails as a whole, by its data or because it is too much for a
   * transaction, is tried in parts, each in one of its own; what of it is stored then is a repeat
   * the next time.
   *
   * @return why it stays, or some of it; empty: all of it is stored and it has left quarantine
   * @throws RefusedException if it is not there, or cannot be tried again, or others are at it for
   *     too long
   */
  Optional<String> resubmit(long id, Authentication who) {
    takePlace();
    try {
      return triedAgain(id, who);
    } finally {
      place.release();
    }
  }

  private void takePlace() {
    boolean taken;
    try {
      taken = place.tryAcquire(patienceWithOthers.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      taken = false;
    }
    if (!taken) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-busy",
          "others are trying records of quarantine again; ask again later",
          RETRY_AFTER_SECONDS);
    }
  }

  private Optional<String> triedAgain(long id, Authentication who) {
    Kept kept = required(id, who);
    if (!kept.entry().resubmittable()) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "not-resubmittable",
          "Record %d was set aside by %s before it became telemetry; it can only be discarded here"
              .formatted(id, kept.entry().stage()));
    }
    byte[] payload = kept.entry().payload();
    try {
      return transaction.execute(
          status -> {
            if (!store.lock(id)) {
              throw unknown(id);
            }
            return settled(id, resubmission.tryAgain(payload));
          });
    } catch (RefusedException refused) {
      throw refused;
    } catch (RuntimeException failed) {
      if (!partsCouldHelp(failed)) {
        throw failed;
      }
      Optional<String> cause = inParts(payload, failed);
      return transaction.execute(status -> settled(id, cause));
    }
  }

  /**
   * Discards a record for good.
   *
   * @throws RefusedException if it is not there
   */
  void discard(long id, Authentication who) {
    required(id, who);
    if (!store.delete(id)) {
      throw unknown(id);
    }
  }

  /** Tries chosen records again, oldest first. */
  Sweep resubmitAll(Choice choice, long aboveId, int limit, Authentication who) {
    takePlace();
    try {
      return sweep(choice, aboveId, limit, id -> triedAgain(id, who).isEmpty());
    } finally {
      place.release();
    }
  }

  /** Discards chosen records for good, oldest first. */
  Sweep discardAll(Choice choice, long aboveId, int limit, Authentication who) {
    return sweep(
        choice,
        aboveId,
        limit,
        id -> {
          discard(id, who);
          return true;
        });
  }

  /**
   * @param leaves does it with one record and tells whether that has left quarantine
   */
  private Sweep sweep(Choice choice, long aboveId, int limit, LongPredicate leaves) {
    Instant end = clock.instant().plus(PATIENCE);
    List<Long> ids = store.ids(choice, aboveId, limit + 1);
    int done = 0;
    int refused = 0;
    int skipped = 0;
    Long last = null;
    for (long id : ids.subList(0, Math.min(limit, ids.size()))) {
      if (last != null && clock.instant().isAfter(end)) {
        break;
      }
      last = id;
      try {
        if (leaves.test(id)) {
          done++;
        } else {
          refused++;
        }
      } catch (RefusedException notThisOne) {
        skipped++;
      }
    }
    boolean more = last != null && !last.equals(ids.getLast());
    return new Sweep(done, refused, skipped, store.count(choice), more ? last : null);
  }

  private Optional<String> settled(long id, Optional<String> cause) {
    if (cause.isPresent()) {
      store.refusedAgain(id, cause.get());
    } else {
      store.delete(id);
    }
    return cause;
  }

  /** Stores what of a record can be; answers why the rest cannot. */
  private Optional<String> inParts(byte[] record, RuntimeException failure) {
    List<String> causes = new ArrayList<>();
    Deque<byte[]> left = new ArrayDeque<>();
    divide(record, failure, left, causes);
    for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
      byte[] part = left.pop();
      try {
        transaction.execute(status -> resubmission.tryAgain(part)).ifPresent(causes::add);
      } catch (RuntimeException failed) {
        if (!partsCouldHelp(failed)) {
          throw failed;
        }
        divide(part, failed, left, causes);
      }
    }
    if (!left.isEmpty()) {
      causes.add("more of it fails than was tried");
    }
    return causes.stream().findFirst();
  }

  private static boolean partsCouldHelp(RuntimeException failed) {
    return Failures.causedByData(failed) || Failures.tooMuchAtOnce(failed);
  }

  private void divide(
      byte[] part, RuntimeException failure, Deque<byte[]> left, List<String> causes) {
    List<byte[]> halves = resubmission.halves(part);
    if (halves.isEmpty()) {
      causes.add(resubmission.subject(part) + " fails: " + Failures.describe(failure));
    }
    halves.reversed().forEach(left::push);
  }

  private Kept required(long id, Authentication who) {
    return store
        .find(id)
        .filter(kept -> resubmission.mayDecide(who, telemetry(kept)))
        .orElseThrow(() -> unknown(id));
  }

  private static byte @Nullable [] telemetry(Kept kept) {
    return kept.entry().resubmittable() ? kept.entry().payload() : null;
  }

  private static RefusedException unknown(long id) {
    return new RefusedException(
        HttpStatus.NOT_FOUND, "not-found", "There is no record " + id + " in quarantine");
  }
}
