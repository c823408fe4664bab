package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.annotation.Annotation.Subject;
import io.linewright.ingest.app.annotation.AnnotationStore.AnnotatedTag;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What annotations are about while equipment moves. One of a tag is kept with the stored tag that
 * has the values of its begin; it belongs to whom those values belong.
 */
final class AnnotationSubjects {

  private final Registry registry;
  private final AnnotationStore store;

  AnnotationSubjects(Registry registry, AnnotationStore store) {
    this.registry = registry;
    this.store = store;
  }

  /** Takes over what another instance has changed; before anything else of an answer. */
  void refresh() {
    registry.refresh();
  }

  /**
   * A tag, for an annotation that begins then.
   *
   * @throws RefusedException not found, if nothing is known by that name
   * @throws IllegalArgumentException if it has no values of that time
   */
  Subject tag(TagKey key, long fromMicros) {
    Series series = registry.series(key, false);
    Tag shown = series.tag();
    return series.sources().stream()
        .filter(source -> source.covers(fromMicros))
        .findFirst()
        .map(source -> new Subject(source.tagId(), null, shown.path(), shown.name()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "from: %s was nowhere at that time, or its equipment was; annotate the equipment"
                        .formatted(key)));
  }

  /** The same tag for another begin; equipment stays as it is. */
  Subject at(Subject subject, long fromMicros) {
    String path = subject.path();
    String name = subject.tagName();
    return path == null || name == null
        ? subject
        : tag(new TagKey(EquipmentPath.parse(path), new TagName(name)), fromMicros);
  }

  /**
   * Where annotations of a tag begin.
   *
   * @throws RefusedException not found, if nothing is known by that name
   */
  List<Source> of(TagKey key) {
    String path = registry.series(key, false).tag().path();
    return sources(tag -> tag.name().equals(key.name().value()), path::equals);
  }

  /** Where annotations of all tags at and below a path begin. */
  List<Source> below(String top) {
    return sources(tag -> true, path -> Tag.under(path, top));
  }

  /** An annotation with the present path of what it is about. */
  Annotation shown(Annotation one) {
    Subject subject = one.subject();
    String address = subject.path();
    return subject.tagName() == null || address == null
        ? one
        : one.about(
            new Subject(
                subject.tagId(),
                null,
                registry.pathOf(address, one.time().fromMicros()),
                subject.tagName()));
  }

  /** Whether both are about the same, wherever it was. */
  boolean same(Annotation one, Subject other) {
    Subject subject = shown(one).subject();
    return Objects.equals(subject.equipmentId(), other.equipmentId())
        && Objects.equals(subject.tagName(), other.tagName())
        && (subject.tagName() == null || Objects.equals(subject.path(), other.path()));
  }

  private List<Source> sources(Predicate<AnnotatedTag> tags, Predicate<String> paths) {
    return store.tags().stream()
        .filter(tags)
        .flatMap(
            tag ->
                registry.owners(tag.address()).stream()
                    .filter(owned -> owned.path() != null && paths.test(owned.path()))
                    .map(
                        owned ->
                            new Source(
                                tag.id(),
                                owned.stretch().fromMicros(),
                                owned.stretch().toMicros())))
        .toList();
  }
}
