package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.content.Content;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.form.Node;
import io.linewright.oee.masterdata.form.Scalars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads documents of master data, version 1. Each item is judged by itself. */
public final class MasterReader {

  /** Most items of a document. */
  public static final int MOST_ITEMS = 20_000;

  private static final String VALID_FROM = "valid-from";

  private final Names there;
  private final Map<MasterKind, Set<String>> read = new EnumMap<>(MasterKind.class);
  private final Map<MasterItem, Integer> lines = new HashMap<>();
  private final List<MasterRow> rows = new ArrayList<>();
  private final LocalDate validFrom;

  private MasterReader(Names there, LocalDate validFrom) {
    this.there = there;
    this.validFrom = validFrom;
  }

  /**
   * Reads a document.
   *
   * @param there what its items may refer to beside what is in it
   */
  public static MasterDocument read(Node document, Names there) {
    Faults faults = new Faults();
    Block block = new Block(document, "", faults);
    block.required("version", Scalars.whole(1, 1).advising("write version: 1"));
    LocalDate validFrom = block.optional(VALID_FROM, Scalars.DAY).orElse(MasterItem.EVER);
    for (String section : MasterKind.sections()) {
      block.value(section);
    }
    block.end();
    MasterReader reader = new MasterReader(there, validFrom);
    if (faults.none() && document instanceof Node.Fields fields) {
      reader.sections(fields, faults);
    }
    reader.rows.sort(Comparator.comparingInt(MasterRow::line));
    return faults.none()
        ? new MasterDocument(reader.rows, List.of())
        : new MasterDocument(List.of(), faults.list());
  }

  /**
   * Reads one item that is in no document.
   *
   * @param name its name, of a kind whose items have names; else not used
   * @param node its fields
   * @param there what it may refer to
   */
  public static MasterRow item(MasterKind kind, String name, Node node, Names there) {
    return new MasterReader(there, MasterItem.EVER).row(kind, name, node, name);
  }

  private void sections(Node.Fields document, Faults faults) {
    Map<MasterKind, Node.Field> sections = new EnumMap<>(MasterKind.class);
    for (Node.Field field : document.fields()) {
      MasterKind.of(field.name()).ifPresent(kind -> sections.put(kind, field));
    }
    // By kind, not by line: what others refer to is read before them.
    sections.forEach((kind, field) -> section(kind, field, faults));
  }

  private void section(MasterKind kind, Node.Field section, Faults faults) {
    if (section.value() instanceof Node.Nothing) {
      return;
    }
    if (kind.named()) {
      if (section.value() instanceof Node.Fields named) {
        for (Node.Field field : named.fields()) {
          named(kind, field, faults);
        }
      } else {
        faults.add(section.line(), section.name(), "is not a mapping", "write its items by name");
      }
    } else if (section.value() instanceof Node.Items list) {
      for (int i = 0; i < list.items().size() && room(section, faults); i++) {
        String path = "%s[%d]".formatted(section.name(), i);
        rows.add(row(kind, "", list.items().get(i), path));
      }
    } else {
      faults.add(section.line(), section.name(), "is not a list", "write its items as - lines");
    }
  }

  /** A named item, or a list of what it says from which day on. */
  private void named(MasterKind kind, Node.Field field, Faults faults) {
    String path = kind.section() + "." + field.name();
    List<Node> editions =
        field.value() instanceof Node.Items list ? list.items() : List.of(field.value());
    for (int i = 0; i < editions.size() && room(field, faults); i++) {
      String place = editions.size() == 1 ? path : "%s[%d]".formatted(path, i);
      Node node = editions.get(i);
      rows.add(row(kind, field.name(), placed(node, field.line()), place));
    }
  }

  /** What has no line of its own, as a name without value, stands where its name does. */
  private static Node placed(Node node, int line) {
    return node instanceof Node.Nothing ? new Node.Nothing(line) : node;
  }

  private boolean room(Node.Field at, Faults faults) {
    if (rows.size() < MOST_ITEMS) {
      return true;
    }
    if (faults.none()) {
      faults.add(
          at.line(),
          at.name(),
          "has an item beyond the first " + MOST_ITEMS,
          "divide the document");
    }
    return false;
  }

  private MasterRow row(MasterKind kind, String name, Node node, String path) {
    Faults faults = new Faults();
    Block block = new Block(node, path, faults);
    if (kind.named() && !Scalars.isName(name)) {
      block.fault("'%s' is no name".formatted(name), Scalars.name("it").right());
    }
    LocalDate from =
        kind.dated() ? block.optional(VALID_FROM, Scalars.DAY).orElse(validFrom) : MasterItem.EVER;
    Optional<Content> content = Content.read(kind, name, block, new Known());
    if (content.isEmpty()) {
      return new MasterRow(
          node.line(), kind, name.isEmpty() ? path : name, Optional.empty(), faults.list());
    }
    String key = content.get().key();
    MasterItem item = new MasterItem(kind, key, from, withoutDay(block.canonical()));
    // What it says does not matter for whether it is there twice.
    MasterItem plain = new MasterItem(kind, key, from, new Node.Fields(0, List.of()));
    Integer other = lines.putIfAbsent(plain, node.line());
    if (other != null) {
      block.fault(
          "%s is there twice, first in line %d".formatted(key, other),
          kind.dated() ? "remove one, or give them different valid-from" : "remove one of them");
      return new MasterRow(node.line(), kind, key, Optional.empty(), faults.list());
    }
    read.computeIfAbsent(kind, k -> new TreeSet<>()).add(key);
    return new MasterRow(node.line(), kind, key, Optional.of(item), List.of());
  }

  private static Node.Fields withoutDay(Node.Fields fields) {
    return new Node.Fields(
        0, fields.fields().stream().filter(field -> !field.name().equals(VALID_FROM)).toList());
  }

  /** What was there before, and what was read so far. */
  private final class Known implements Names {
    @Override
    public boolean has(MasterKind kind, String name) {
      return there.has(kind, name) || read.getOrDefault(kind, Set.of()).contains(name);
    }

    @Override
    public Collection<String> names(MasterKind kind) {
      Set<String> names = new TreeSet<>(there.names(kind));
      names.addAll(read.getOrDefault(kind, Set.of()));
      return names;
    }
  }
}
