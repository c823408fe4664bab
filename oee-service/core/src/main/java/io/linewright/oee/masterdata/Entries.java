package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.form.Node;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds of all that was said: for each kind and key the contents by the day from which on they
 * do. Immutable.
 */
public final class Entries implements Names {

  /** Nobody said anything. */
  public static final Entries NONE = new Entries(Map.of());

  private final Map<MasterKind, NavigableMap<String, NavigableMap<LocalDate, Node.Fields>>> byKind;

  private Entries(
      Map<MasterKind, NavigableMap<String, NavigableMap<LocalDate, Node.Fields>>> byKind) {
    this.byKind = byKind;
  }

  /**
   * All that was said.
   *
   * @param items in the order in which they were said
   */
  public static Entries of(Iterable<MasterItem> items) {
    return NONE.with(items);
  }

  /**
   * With what was said after it.
   *
   * @param items in the order in which they were said
   */
  public Entries with(Iterable<MasterItem> items) {
    Draft draft = new Draft(this);
    items.forEach(draft::put);
    return draft.done();
  }

  /** A copy that can be written to, by one thread. */
  static final class Draft {

    private final Map<MasterKind, NavigableMap<String, NavigableMap<LocalDate, Node.Fields>>> copy =
        new EnumMap<>(MasterKind.class);

    Draft(Entries there) {
      there.byKind.forEach(
          (kind, keys) -> {
            NavigableMap<String, NavigableMap<LocalDate, Node.Fields>> deep = new TreeMap<>();
            keys.forEach((key, days) -> deep.put(key, new TreeMap<>(days)));
            copy.put(kind, deep);
          });
    }

    /** Says something more. */
    void put(MasterItem item) {
      var keys = copy.computeIfAbsent(item.kind(), kind -> new TreeMap<>());
      Node.Fields content = item.content();
      if (content == null) {
        keys.remove(item.key());
      } else {
        keys.computeIfAbsent(item.key(), key -> new TreeMap<>()).put(item.validFrom(), content);
      }
    }

    /** All of it; the draft must not be used any more. */
    Entries done() {
      return new Entries(copy);
    }

    boolean has(MasterItem item) {
      var keys = copy.get(item.kind());
      return keys != null && keys.containsKey(item.key());
    }

    /** Whether it says what holds on its day already. */
    boolean says(MasterItem item) {
      var keys = copy.get(item.kind());
      var days = keys == null ? null : keys.get(item.key());
      var entry = days == null ? null : days.floorEntry(item.validFrom());
      return entry != null && entry.getValue().equals(item.content());
    }
  }

  /** The keys of a kind, ascending. */
  public Collection<String> keys(MasterKind kind) {
    return Collections.unmodifiableCollection(ofKind(kind).keySet());
  }

  /** The contents of an item by their first days; empty if there is no such item. */
  public SortedMap<LocalDate, Node.Fields> contents(MasterKind kind, String key) {
    NavigableMap<LocalDate, Node.Fields> days = ofKind(kind).get(key);
    return days == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(days);
  }

  /** What is said of an item on a day; null if nothing is. */
  public Node.@Nullable Fields on(MasterKind kind, String key, LocalDate day) {
    NavigableMap<LocalDate, Node.Fields> days = ofKind(kind).get(key);
    Map.Entry<LocalDate, Node.Fields> entry = days == null ? null : days.floorEntry(day);
    return entry == null ? null : entry.getValue();
  }

  @Override
  public boolean has(MasterKind kind, String name) {
    return ofKind(kind).containsKey(name);
  }

  @Override
  public Collection<String> names(MasterKind kind) {
    return keys(kind);
  }

  private NavigableMap<String, NavigableMap<LocalDate, Node.Fields>> ofKind(MasterKind kind) {
    return byKind.getOrDefault(kind, Collections.emptyNavigableMap());
  }
}
