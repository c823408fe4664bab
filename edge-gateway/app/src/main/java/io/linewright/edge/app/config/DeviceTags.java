package io.linewright.edge.app.config;

import io.linewright.edge.config.Publication;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.DataType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What summaries and rules need to know of the tags of their device. */
final class DeviceTags {

  private final Map<TagName, TagDescription> tags = new HashMap<>();
  private final Set<String> names;
  private final Publication publication;

  /**
   * @param tags tags of the device without problems
   * @param names names of all its tags; those of derived tags are added
   */
  DeviceTags(Iterable<TagSettings> tags, Set<String> names, Publication publication) {
    tags.forEach(tag -> this.tags.put(tag.description().key().name(), tag.description()));
    this.names = names;
    this.publication = publication;
  }

  /** The tag that an entry names; empty, and a problem unless the tag itself has one, if none. */
  Optional<TagName> input(YamlMap map) {
    Optional<TagName> name =
        map.requiredParsed("tag", TagName::new, "name one of the tags of this device");
    if (name.isPresent() && !tags.containsKey(name.get())) {
      if (!names.contains(name.get().value())) {
        map.problem(
            "tag",
            "'" + name.get() + "' is not a tag of this device",
            "name one of its tags; derived tags do not count");
      }
      return Optional.empty();
    }
    return name;
  }

  Optional<DataType> type(TagName name) {
    return Optional.ofNullable(tags.get(name)).map(TagDescription::type);
  }

  /** Takes the name of a derived tag; false, and a problem, if it cannot be had. */
  boolean claim(YamlMap map, String name) {
    if (name.length() > TagName.MAX_LENGTH) {
      map.problem("name", "'" + Scalars.shortened(name) + "' is too long", "shorten it");
      return false;
    }
    if (names.add(name)) {
      return true;
    }
    map.problem("name", "'" + name + "' is a tag of this device already", "choose another name");
    return false;
  }

  /** The key {@code data-class}; a derived tag that nobody would ever see is a problem. */
  Optional<DataClass> derivedClass(YamlMap map, Optional<TagName> input) {
    Optional<DataClass> own =
        map.parsed(
            "data-class",
            Scalars.oneOf(DataClass.values(), DataClass::toString),
            Scalars.names(DataClass.values(), DataClass::toString));
    Optional<DataClass> travels =
        own.or(
            () ->
                map.has("data-class") || !publication.keepLocal()
                    ? Optional.empty() // wrong, or the tag itself is refused
                    : input.map(tags::get).map(TagDescription::dataClass));
    travels
        .filter(dataClass -> !publication.mayLeave(dataClass))
        .ifPresent(
            dataClass ->
                map.problem(
                    "data-class",
                    "'" + dataClass + "' keeps it in the gateway, where nobody reads it",
                    "write a class from '" + publication.upTo() + "' on"));
    return own;
  }
}
