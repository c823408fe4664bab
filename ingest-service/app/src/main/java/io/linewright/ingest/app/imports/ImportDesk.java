package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.imports.BackfillLane.RefusedByKafkaException;
import io.linewright.ingest.app.imports.Import.Progress;
import io.linewright.ingest.app.imports.Import.State;
import io.linewright.ingest.app.imports.ImportRun.EndedException;
import io.linewright.ingest.app.imports.event.SentEvents;
import io.linewright.ingest.imports.ImportEvents;
import io.linewright.ingest.imports.ImportTerms;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.csv.FileFaultException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes files of those who may send them, a few at a time. */
final class ImportDesk implements SmartLifecycle {

  /** An import of which nothing was heard for this long is no longer received by anybody. */
  static final Duration SILENCE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(ImportDesk.class);

  private final ImportRun.Parts parts;
  private final RegistryTags.Parts tags;
  private final TransactionTemplate transaction;
  private final String instance;
  private final Semaphore places;
  private final AtomicBoolean stopping;
  private final MeterRegistry meters;
  private volatile boolean running;

  /**
   * @param stopping what {@code parts} asks, to be set here
   * @param instance name of this process among several
   */
  ImportDesk(
      ImportRun.Parts parts,
      RegistryTags.Parts tags,
      AtomicBoolean stopping,
      String instance,
      MeterRegistry meters) {
    this.parts = parts;
    this.tags = tags;
    this.transaction = parts.transaction();
    this.stopping = stopping;
    this.instance = instance;
    this.meters = meters;
    int atOnce = parts.settings().atOnce();
    this.places = new Semaphore(atOnce);
    Gauge.builder("linewright.imports.running", places, p -> atOnce - p.availablePermits())
        .description("Files that are being received")
        .register(meters);
  }

  /** What was interrupted by the end of this instance is known as such from now on. */
  @Override
  public void start() {
    parts.store().abandon(instance);
    stopping.set(false);
    running = true;
  }

  /** Runs end at their next row; the server then need not wait for whole files. */
  @Override
  public void stop() {
    stopping.set(true);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** A place among the few that receive at a time. */
  final class Place implements AutoCloseable {
    private Place() {}

    @Override
    public void close() {
      places.release();
    }
  }

  /**
   * @throws RefusedException if all places are taken
   */
  Place place() {
    if (!places.tryAcquire()) {
      throw new RefusedException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-imports",
          "%d imports are being received; send this one when one of them has ended"
              .formatted(parts.settings().atOnce()));
    }
    return new Place();
  }

  /**
   * The import of that key, made if it is new.
   *
   * @throws RefusedException if the key stands for another one
   */
  Import begin(Requester requester, String key, ImportTerms terms) {
    Import found =
        transaction.execute(
            status ->
                parts
                    .store()
                    .find(requester.name(), key)
                    .orElseGet(() -> enter(requester, key, terms)));
    if (found == null || !found.terms().equals(terms)) {
      throw reused(
          "The Idempotency-Key '%s' stands for an import with other parameters".formatted(key));
    }
    return found;
  }

  /** Somebody else may have entered it meanwhile. */
  private Import enter(Requester requester, String key, ImportTerms terms) {
    if (parts.store().add(requester.name(), key, terms, instance, now())) {
      parts.store().bound(parts.settings().kept());
    }
    return parts.store().find(requester.name(), key).orElseThrow();
  }

  /**
   * Receives the file of an import.
   *
   * @return the import as it stands then
   * @throws RefusedException if that fails; the import says why, too
   */
  Import receive(Import begun, Requester requester, ImportContent content) {
    if (begun.state() == State.COMPLETE) {
      return compared(begun, content);
    }
    Import mine = taken(begun);
    Import before = mine;
    try {
      UUID topicId = parts.lane().topicId();
      before = ofTopic(mine, topicId);
      SentEvents sent = sentBefore(before, begun);
      new ImportRun(before, topicId, sent, parts, new RegistryTags(tags, requester))
          .receive(content);
      end(mine, State.COMPLETE, null);
    } catch (FileFaultException fault) {
      end(mine, State.FAILED, fault.getMessage());
      throw answer(mine, fault);
    } catch (EndedException ended) {
      throw answer(mine, ended);
    } catch (IOException broken) {
      end(mine, State.INTERRUPTED, "the connection broke: " + broken.getMessage());
      throw refusal(
          HttpStatus.REQUEST_TIMEOUT,
          "upload-interrupted",
          mine,
          "the upload broke off; send the same file again");
    } catch (RefusedByKafkaException kafka) {
      end(mine, State.FAILED, kafka.getMessage() + "; send the same file again when it works");
      throw refusal(
          HttpStatus.SERVICE_UNAVAILABLE,
          "kafka-unavailable",
          mine,
          kafka.getMessage() + "; send the same file again when it works");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      end(mine, State.INTERRUPTED, "the service was ended");
      throw stopping(mine);
    } catch (RuntimeException unexpected) {
      endIfPossible(mine, unexpected);
      throw unexpected;
    }
    Import complete = parts.store().find(mine.id()).orElseThrow();
    count(complete, before);
    return complete;
  }

  /** What the attempt before had sent when it was cut off. */
  private SentEvents sentBefore(Import mine, Import begun) {
    return begun.attempt() == 0
        ? SentEvents.NONE
        : parts
            .lane()
            .sent(
                new SentEvents.Earlier(
                    ImportEvents.sourceOf(mine.id().toString()),
                    mine.progress().events().nextOffsets(),
                    mine.createdAt(),
                    begun.updatedAt()));
  }

  /** In one transaction: two that take at the same time get attempts of their own. */
  private Import taken(Import begun) {
    Optional<Import> mine =
        transaction.execute(
            status -> {
              parts.store().take(begun.number(), instance, now());
              return parts.store().find(begun.id());
            });
    return mine == null ? begun : mine.orElseThrow();
  }

  /**
   * What went to another topic of the same name may be gone with it: all is sent again.
   *
   * @throws EndedException if a later attempt has taken over
   */
  private Import ofTopic(Import mine, UUID topicId) throws EndedException {
    Progress done = mine.progress();
    if (done.bytes() == 0 || topicId.equals(done.topicId())) {
      return mine;
    }
    Optional<Import> anew =
        transaction.execute(
            status ->
                parts.store().restart(mine.number(), mine.attempt())
                    ? parts.store().find(mine.id())
                    : Optional.empty());
    if (anew == null || anew.isEmpty()) {
      throw ImportRun.takenOver();
    }
    LOG.warn("import {}: its topic was made anew since, all of it is sent again", mine.id());
    return anew.get();
  }

  private Import compared(Import complete, ImportContent content) {
    try {
      ImportRun.compare(complete, content, parts);
      return complete;
    } catch (FileFaultException other) {
      throw another(complete);
    } catch (EndedException ended) {
      throw ended.why() == EndedException.Why.STOPPING ? stopping(complete) : another(complete);
    } catch (IOException broken) {
      throw refusal(
          HttpStatus.REQUEST_TIMEOUT,
          "upload-interrupted",
          complete,
          "it is complete; this upload of it broke off");
    }
  }

  private static RefusedException another(Import complete) {
    return reused(
        "import %s is complete, and its Idempotency-Key stands for another file; a new file needs"
                .formatted(complete.id())
            + " a new key");
  }

  private static RefusedException stopping(Import subject) {
    return refusal(
        HttpStatus.SERVICE_UNAVAILABLE, "import-stopped", subject, "the service is being stopped");
  }

  private RefusedException answer(Import mine, FileFaultException fault) {
    String reason = String.valueOf(fault.getMessage());
    return switch (fault.kind()) {
      case UNREADABLE ->
          refusal(HttpStatus.UNPROCESSABLE_CONTENT, "unreadable-import", mine, reason);
      case TOO_LARGE -> refusal(HttpStatus.CONTENT_TOO_LARGE, "import-too-large", mine, reason);
    };
  }

  private RefusedException answer(Import mine, EndedException ended) {
    String cause = String.valueOf(ended.getMessage());
    return switch (ended.why()) {
      case OTHER_FILE -> {
        end(mine, State.INTERRUPTED, "another file was sent under its Idempotency-Key");
        yield reused(cause);
      }
      case TAKEN_OVER -> refusal(HttpStatus.CONFLICT, "import-taken-over", mine, cause);
      case STOPPING -> {
        end(mine, State.INTERRUPTED, cause);
        yield refusal(HttpStatus.SERVICE_UNAVAILABLE, "import-stopped", mine, cause);
      }
      case HISTORIAN_STANDS -> {
        end(mine, State.FAILED, cause);
        yield refusal(HttpStatus.SERVICE_UNAVAILABLE, "historian-stands", mine, cause);
      }
      case READER_STANDS -> {
        end(mine, State.FAILED, cause);
        yield refusal(HttpStatus.SERVICE_UNAVAILABLE, "reader-stands", mine, cause);
      }
    };
  }

  private void end(Import mine, State state, @Nullable String cause) {
    parts.store().enter(mine.number(), mine.attempt(), state, cause, now());
    Counter.builder("linewright.imports.ended")
        .description("Attempts to receive a file, by how they ended")
        .tag("state", state.toString())
        .register(meters)
        .increment();
    LOG.info("import {}: {} {}", mine.id(), state, cause == null ? "" : cause);
  }

  private void endIfPossible(Import mine, RuntimeException failure) {
    try {
      end(mine, State.INTERRUPTED, "it failed unexpectedly: " + failure.getMessage());
    } catch (RuntimeException alsoThat) {
      failure.addSuppressed(alsoThat);
    }
  }

  /** Rows of complete imports, those of earlier attempts left out. */
  private void count(Import complete, Import before) {
    Map.of(
            "accepted", complete.progress().accepted() - before.progress().accepted(),
            "refused", complete.progress().refused() - before.progress().refused(),
            "repeated", complete.progress().repeated() - before.progress().repeated())
        .forEach(
            (outcome, rows) ->
                Counter.builder("linewright.imports.rows")
                    .description("Rows of the attempts that completed an import")
                    .tag("outcome", outcome)
                    .register(meters)
                    .increment(rows));
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private static RefusedException reused(String detail) {
    return new RefusedException(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", detail);
  }

  private static RefusedException refusal(
      HttpStatus status, String code, Import subject, String reason) {
    return new RefusedException(status, code, "import %s: %s".formatted(subject.id(), reason));
  }
}
