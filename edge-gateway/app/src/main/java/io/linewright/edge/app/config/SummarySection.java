package io.linewright.edge.app.config;

import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One entry of {@code summaries}. */
final class SummarySection {

  private static final String VALUES =
      "list one or more of "
          + Scalars.names(SummaryValue.values(), SummaryValue::toString)
              .substring("use one of ".length());

  static Optional<Summary> read(YamlMap map, DeviceTags tags) {
    Optional<TagName> tag = tags.input(map);
    tag.flatMap(tags::type)
        .filter(type -> !Numbers.isNumber(type))
        .ifPresent(
            type -> map.problem("tag", "'" + type + "' has no figures", "name a tag with numbers"));
    Optional<TagName> prefix =
        map.requiredParsed("name", TagName::new, "write the begin of the names, as force/1min");
    Optional<Duration> window =
        map.requiredParsed(
            "window",
            SummarySection::window,
            "write 1s to 1d, such that windows fill a day, as 10s, 1min, 15min or 8h");
    List<SummaryValue> values = values(map);
    Optional<DataClass> dataClass = tags.derivedClass(map, tag);
    map.noOtherKeys();
    if (tag.isEmpty() || prefix.isEmpty() || window.isEmpty() || values.isEmpty()) {
      return Optional.empty();
    }
    Summary summary = new Summary(tag.get(), prefix.get(), window.get(), values, dataClass);
    boolean named = true;
    for (SummaryValue value : values) {
      named &= tags.claim(map, prefix.get().value() + "/" + value);
    }
    return named ? Optional.of(summary) : Optional.empty();
  }

  private static Duration window(String text) {
    Duration window = Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(1)).apply(text);
    if (Duration.ofDays(1).toMillis() % window.toMillis() != 0) {
      throw new IllegalArgumentException("'" + text + "' does not divide a day");
    }
    return window;
  }

  private static List<SummaryValue> values(YamlMap map) {
    Set<SummaryValue> seen = EnumSet.noneOf(SummaryValue.class);
    List<SummaryValue> values = new ArrayList<>();
    List<String> texts = map.texts("values", VALUES);
    if (texts.isEmpty() && map.has("values")) {
      map.problem("values", "has no figure", VALUES);
    }
    for (String text : texts) {
      try {
        SummaryValue value =
            Scalars.oneOf(SummaryValue.values(), SummaryValue::toString).apply(text);
        if (seen.add(value)) {
          values.add(value);
        } else {
          map.problem("values", "'" + value + "' is given twice", "remove one of them");
        }
      } catch (IllegalArgumentException unknown) {
        map.problem("values", String.valueOf(unknown.getMessage()), VALUES);
      }
    }
    return values;
  }

  private SummarySection() {}
}
