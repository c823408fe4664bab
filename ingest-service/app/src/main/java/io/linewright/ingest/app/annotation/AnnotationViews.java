package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.annotation.Annotation.Subject;
import io.linewright.ingest.app.answer.Rfc3339;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Annotations as REST shows them. */
final class AnnotationViews {

  private AnnotationViews() {}

  /**
   * A version of an annotation.
   *
   * @param tag {@code path#name}; null if it is about equipment
   * @param equipment present path; null if it is about a tag, or the equipment is nowhere now
   * @param to end, included; equal to from for an instant
   * @param text null: deleted with this version
   * @param author who wrote the first version
   * @param changedBy who wrote this one
   */
  record AnnotationView(
      UUID id,
      int version,
      @Nullable String tag,
      @Nullable String equipment,
      String from,
      String to,
      @Nullable String text,
      String author,
      String createdAt,
      String changedBy,
      String changedAt) {}

  /** A page by begin and id. */
  record AnnotationPage(List<AnnotationView> annotations, @Nullable String next) {}

  /** Versions, the latest first. */
  record AnnotationVersions(List<AnnotationView> versions) {}

  static AnnotationView view(Annotation one) {
    Subject subject = one.subject();
    boolean ofTag = subject.tagName() != null;
    return new AnnotationView(
        one.id(),
        one.version(),
        ofTag ? subject.path() + "#" + subject.tagName() : null,
        ofTag ? null : subject.path(),
        Rfc3339.format(one.time().fromMicros()),
        Rfc3339.format(one.time().toMicros()),
        one.text(),
        one.author(),
        Rfc3339.format(one.createdMicros()),
        one.changedBy(),
        Rfc3339.format(one.changedMicros()));
  }
}
