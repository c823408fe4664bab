package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.correction.CorrectionStore.Request;
import io.linewright.ingest.app.correction.RefusedItemsException.RefusedItem;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.ingest.app.truth.ToldCorrection;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.CorrectionBook;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.SampleText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes corrections of those who may make them: all of a request in one transaction, or none. */
final class CorrectionDesk {

  /**
   * What became of a request.
   *
   * @param repeated whether it had been made before
   * @param corrections by tag and version
   */
  record Taken(Request request, boolean repeated, List<ToldCorrection> corrections) {}

  private final CorrectionStore store;
  private final TransactionTemplate transaction;
  private final Retained retained;
  private final InstantSource clock;

  CorrectionDesk(
      CorrectionStore store,
      TransactionTemplate transaction,
      Retained retained,
      InstantSource clock) {
    this.store = store;
    this.transaction = transaction;
    this.retained = retained;
    this.clock = clock;
  }

  /**
   * Makes these corrections, each judged after the ones before it.
   *
   * @param wanted in the order of the request
   * @throws RefusedException if the key stands for another request
   * @throws RefusedItemsException if one of them cannot be made
   */
  Taken take(String requester, String key, String reason, List<WantedCorrection> wanted) {
    Request request =
        new Request(
            UUID.randomUUID(),
            requester,
            key,
            reason,
            fingerprint(reason, wanted),
            ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    return transaction.execute(
        status ->
            before(request)
                .or(() -> enter(request, wanted))
                .or(() -> before(request))
                .orElseThrow());
  }

  private Optional<Taken> before(Request request) {
    Optional<Request> known = store.find(request.requester(), request.idempotencyKey());
    if (known.isPresent() && !known.get().fingerprint().equals(request.fingerprint())) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "The Idempotency-Key '%s' stands for other corrections, request %s; new ones need a new key"
              .formatted(request.idempotencyKey(), known.get().id()));
    }
    return known.map(one -> new Taken(one, true, store.of(one.id())));
  }

  /** Empty if somebody else has entered it meanwhile. */
  private Optional<Taken> enter(Request request, List<WantedCorrection> wanted) {
    if (!store.enter(request)) {
      return Optional.empty();
    }
    // In the order of ids, so that two requests wait for each other and do not deadlock
    SortedMap<Integer, List<WantedCorrection>> byTag = new TreeMap<>();
    wanted.forEach(one -> byTag.computeIfAbsent(one.tag().id(), id -> new ArrayList<>()).add(one));
    List<RefusedItem> refused = new ArrayList<>();
    byTag.forEach((tagId, ofTag) -> refused.addAll(enter(request, tagId, ofTag)));
    if (!refused.isEmpty()) {
      refused.sort(Comparator.comparingInt(RefusedItem::item));
      throw new RefusedItemsException(refused, wanted.size());
    }
    return Optional.of(new Taken(request, false, store.of(request.id())));
  }

  private List<RefusedItem> enter(Request request, int tagId, List<WantedCorrection> wanted) {
    CorrectionBook book =
        store.book(
            tagId,
            store.lock(tagId),
            wanted.stream().map(WantedCorrection::correction).toList(),
            request.recordedMicros());
    List<RefusedItem> refused = new ArrayList<>();
    for (WantedCorrection one : wanted) {
      gone(one, request.recordedMicros())
          .or(() -> book.judge(one.correction()))
          .ifPresent(
              reason ->
                  refused.add(
                      new RefusedItem(
                          one.item(),
                          one.tag().key(),
                          Rfc3339.format(one.correction().target().fromMicros()),
                          reason)));
    }
    if (refused.isEmpty()) {
      store.add(request, tagId, book.accepted());
    }
    return refused;
  }

  /** Roll-ups of what has gone could not follow a correction any more. */
  private Optional<String> gone(WantedCorrection one, long nowMicros) {
    long from = retained.from(one.tag(), nowMicros);
    return one.correction().target().fromMicros() < from
        ? Optional.of(Retained.reason(one.tag(), from))
        : Optional.empty();
  }

  private static String fingerprint(String reason, List<WantedCorrection> wanted) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      update(digest, reason);
      for (WantedCorrection one : wanted) {
        Correction correction = one.correction();
        update(digest, one.tag().key());
        update(digest, correction.kind().toString());
        update(digest, correction.target().toString());
        update(digest, correction.status().toString());
        update(digest, correction.value() == null ? "" : "=" + SampleText.of(correction.value()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** No text has the character that divides them here. */
  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
