package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.annotation.Annotation.Stretch;
import io.linewright.ingest.app.annotation.Annotation.Subject;
import io.linewright.ingest.app.command.Requester;
import io.linewright.kit.problem.RefusedException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Takes annotations and their changes of those who may make them. */
final class AnnotationDesk {

  /** Most versions of an annotation. */
  static final int MAX_VERSIONS = 1_000;

  /**
   * What became of a request.
   *
   * @param repeated whether it had been made before
   */
  record Taken(Annotation annotation, boolean repeated) {}

  private final AnnotationStore store;
  private final AnnotationSubjects subjects;
  private final InstantSource clock;

  AnnotationDesk(AnnotationStore store, AnnotationSubjects subjects, InstantSource clock) {
    this.store = store;
    this.subjects = subjects;
    this.clock = clock;
  }

  /**
   * Writes an annotation; if it was written before by the same key, the one there is now.
   *
   * @throws RefusedException if the key stands for another annotation
   */
  Taken write(Requester author, String key, Subject subject, Stretch time, String text) {
    Optional<Taken> before = before(author, key, subject, time, text);
    if (before.isPresent()) {
      return before.get();
    }
    long now = now();
    Annotation first =
        new Annotation(
            UUID.randomUUID(), 1, subject, time, text, author.name(), now, author.name(), now);
    return store.add(first, key)
        ? new Taken(first, false)
        : before(author, key, subject, time, text).orElseThrow();
  }

  /**
   * Writes the next version.
   *
   * @param ifMatch header If-Match: which version is known to who changes it
   * @param time null: as it is
   * @param text null: deletes
   * @throws RefusedException if there is no such annotation, it is not theirs, or it has been
   *     changed meanwhile
   */
  Annotation change(
      Requester who,
      UUID id,
      @Nullable String ifMatch,
      @Nullable Stretch time,
      @Nullable String text) {
    Annotation known = required(id);
    String path = known.subject().path();
    if (path != null && !who.mayChange(path)) {
      throw unknown(id);
    }
    if (!who.admin() && !known.author().equals(who.name())) {
      throw new RefusedException(
          HttpStatus.FORBIDDEN,
          "forbidden",
          "Annotation %s is by %s; only its author or an admin may change it"
              .formatted(id, known.author()));
    }
    if (ifMatch == null) {
      throw new RefusedException(
          HttpStatus.PRECONDITION_REQUIRED,
          "precondition-required",
          "If-Match is missing: send the ETag of the version that you know, here \"%d\""
              .formatted(known.version()));
    }
    if (!matches(ifMatch, known.version())) {
      throw changedMeanwhile(id, known.version());
    }
    if (known.version() >= MAX_VERSIONS) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "too-many-versions",
          "Annotation %s has %d versions, the bound; write a new one".formatted(id, MAX_VERSIONS));
    }
    Annotation next =
        known
            .about(subject(who, known, time))
            .changed(time == null ? known.time() : time, text, who.name(), now());
    if (!store.add(next, null)) {
      throw changedMeanwhile(id, next.version());
    }
    return next;
  }

  /** With another begin, values of the tag may be stored elsewhere. */
  private Subject subject(Requester who, Annotation known, @Nullable Stretch time) {
    if (time == null || time.fromMicros() == known.time().fromMicros()) {
      return known.subject();
    }
    Subject subject = subjects.at(known.subject(), time.fromMicros());
    String path = subject.path();
    if (path != null && !who.mayChange(path)) {
      throw unknown(known.id());
    }
    return subject;
  }

  /**
   * The version that counts.
   *
   * @throws RefusedException if there is none, or it was deleted
   */
  Annotation required(UUID id) {
    subjects.refresh();
    return store
        .latest(id)
        .filter(one -> one.text() != null)
        .map(subjects::shown)
        .orElseThrow(() -> unknown(id));
  }

  static RefusedException unknown(UUID id) {
    return new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no annotation " + id);
  }

  private Optional<Taken> before(
      Requester author, String key, Subject subject, Stretch time, String text) {
    Optional<Annotation> first = store.first(author.name(), key);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Annotation known = first.get();
    if (!subjects.same(known, subject)
        || !known.time().equals(time)
        || !text.equals(known.text())) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "The Idempotency-Key '%s' stands for another annotation, %s; a new one needs a new key"
              .formatted(key, known.id()));
    }
    return store.latest(known.id()).map(latest -> new Taken(subjects.shown(latest), true));
  }

  private static RefusedException changedMeanwhile(UUID id, int version) {
    return new RefusedException(
        HttpStatus.PRECONDITION_FAILED,
        "precondition-failed",
        "Annotation %s is at version \"%d\" by now; read it again and decide anew"
            .formatted(id, version));
  }

  private static boolean matches(String ifMatch, int version) {
    String tag = "\"" + version + "\"";
    return Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag));
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
