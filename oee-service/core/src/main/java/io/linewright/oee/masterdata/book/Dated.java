package io.linewright.oee.masterdata.book;

import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.content.Content;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is said of a kind, read: by key, by first day.
 *
 * @param <C> what items of the kind say
 */
final class Dated<C extends Content> {

  private final Map<String, NavigableMap<LocalDate, C>> byKey = new TreeMap<>();

  /** Reads it; what was kept by rules that do not take it any more is left out. */
  Dated(Entries entries, MasterKind kind, Class<C> type) {
    for (String key : entries.keys(kind)) {
      NavigableMap<LocalDate, C> days = new TreeMap<>();
      entries
          .contents(kind, key)
          .forEach(
              (day, fields) ->
                  Content.read(kind, key, new Block(fields, key, new Faults()), Names.ANY)
                      .map(type::cast)
                      .ifPresent(content -> days.put(day, content)));
      byKey.put(key, days);
    }
  }

  Set<String> keys() {
    return byKey.keySet();
  }

  /** What holds on a day; empty if nothing is said. */
  Optional<C> on(String key, LocalDate day) {
    return Optional.ofNullable(of(key).floorEntry(day)).map(Map.Entry::getValue);
  }

  /** The days on which something begins to hold. */
  NavigableSet<LocalDate> days(String key) {
    return of(key).navigableKeySet();
  }

  NavigableMap<LocalDate, C> of(String key) {
    return byKey.getOrDefault(key, Collections.emptyNavigableMap());
  }
}
