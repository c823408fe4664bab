package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.content.Content;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.form.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes what holds as a document that, read again, says the same. */
public final class MasterExport {

  private MasterExport() {}

  /**
   * The document of some kinds; sections in the order of the kinds, items in that of their keys.
   */
  public static Node.Fields document(Entries entries, Collection<MasterKind> kinds) {
    List<Node.Field> sections = new ArrayList<>();
    sections.add(field("version", new Node.Text(0, "1")));
    for (MasterKind kind : MasterKind.values()) {
      if (kinds.contains(kind) && !entries.keys(kind).isEmpty()) {
        sections.add(field(kind.section(), section(entries, kind)));
      }
    }
    return new Node.Fields(0, sections);
  }

  private static Node section(Entries entries, MasterKind kind) {
    List<Node.Field> named = new ArrayList<>();
    List<Node> list = new ArrayList<>();
    for (String key : entries.keys(kind)) {
      List<Node> editions = new ArrayList<>();
      for (Map.Entry<LocalDate, Node.Fields> edition : entries.contents(kind, key).entrySet()) {
        editions.add(edition(kind, key, edition.getKey(), edition.getValue()));
      }
      named.add(
          field(key, editions.size() == 1 ? editions.getFirst() : new Node.Items(0, editions)));
      list.addAll(editions);
    }
    return kind.named() ? new Node.Fields(0, named) : new Node.Items(0, list);
  }

  private static Node edition(MasterKind kind, String key, LocalDate from, Node.Fields content) {
    List<Node.Field> fields = new ArrayList<>();
    if (!from.equals(MasterItem.EVER)) {
      fields.add(field("valid-from", new Node.Text(0, from.toString())));
    }
    fields.addAll(ordered(kind, key, content).fields());
    return new Node.Fields(0, fields);
  }

  /**
   * A content in the order in which people write it, whatever order its storage left.
   *
   * @return as it is if it cannot be read, because it was kept by rules that were different
   */
  public static Node.Fields ordered(MasterKind kind, String key, Node.Fields content) {
    Block block = new Block(content, key, new Faults());
    return Content.read(kind, key, block, Names.ANY).isPresent() ? block.canonical() : content;
  }

  private static Node.Field field(String name, Node value) {
    return new Node.Field(name, 0, value);
  }
}
