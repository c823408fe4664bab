package io.linewright.oee.masterdata;

import io.linewright.model.csv.CsvReader;
import io.linewright.model.csv.CsvRecord;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document of a file of comma separated values: a row is an item of one kind, or a reason
 * of a tree. The names of columns are those of the fields, with _ for -.
 */
public final class CsvSections {

  /** Longest row in bytes. */
  public static final int LONGEST_ROW = 64 * 1024;

  private static final Set<MasterKind> KINDS =
      EnumSet.of(
          MasterKind.SITE,
          MasterKind.CALENDAR_ASSIGNMENT,
          MasterKind.PLANNED_STOP,
          MasterKind.PRODUCT,
          MasterKind.IDEAL_CYCLE,
          MasterKind.REASON_TREE,
          MasterKind.TOLERANCE,
          MasterKind.MANUAL_STATION);

  private static final String TREE = "tree";
  private static final String SIGNALS = "signals";

  private CsvSections() {}

  /** Whether a kind can be written in rows. */
  public static boolean canBe(MasterKind kind) {
    return KINDS.contains(kind);
  }

  /**
   * Reads a file.
   *
   * @param kind what its rows are
   * @param faults where is noted what is no CSV; then the document is of no use
   * @return a document as if it had been written in YAML
   * @throws IOException as the stream does, or if it cannot be read on
   * @throws IllegalArgumentException if items of the kind cannot be rows
   */
  public static Node document(MasterKind kind, CsvReader csv, Faults faults) throws IOException {
    if (!canBe(kind)) {
      throw new IllegalArgumentException(kind.section() + " cannot be rows");
    }
    List<Node.Fields> rows = rows(csv, faults);
    Node section =
        kind == MasterKind.REASON_TREE
            ? trees(rows, faults)
            : new Node.Items(1, new ArrayList<Node>(rows));
    return new Node.Fields(
        1,
        List.of(
            new Node.Field("version", 1, new Node.Text(1, "1")),
            new Node.Field(kind.section(), 1, section)));
  }

  private static List<Node.Fields> rows(CsvReader csv, Faults faults) throws IOException {
    List<String> columns = columns(csv.next(), faults);
    List<Node.Fields> rows = new ArrayList<>();
    for (CsvRecord record = csv.next(); record != null; record = csv.next()) {
      int line = Math.toIntExact(record.line());
      if (record.fault() != null) {
        faults.add(line, "", record.fault(), "write the row as RFC 4180 says");
      } else if (record.cells().size() != columns.size()) {
        faults.add(
            line,
            "",
            "has %d cells, and the header %d".formatted(record.cells().size(), columns.size()),
            "write as many; a text with a comma stands in quotation marks");
      } else if (rows.size() == MasterReader.MOST_ITEMS) {
        faults.add(line, "", "is beyond the first " + rows.size() + " rows", "divide the file");
        break;
      } else {
        rows.add(row(line, columns, record));
      }
    }
    return rows;
  }

  private static List<String> columns(@Nullable CsvRecord header, Faults faults) {
    if (header == null || header.fault() != null) {
      faults.add(1, "", "has no header", "name the columns in the first line, as id,name");
      return List.of();
    }
    List<String> columns =
        header.cells().stream().map(cell -> cell.text().strip().replace('_', '-')).toList();
    if (new HashSet<>(columns).size() < columns.size()) {
      faults.add(1, "", "has a column twice", "name each column once");
    }
    return columns;
  }

  private static Node.Fields row(int line, List<String> columns, CsvRecord record) {
    List<Node.Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!record.cells().get(i).missing()) {
        Node text = new Node.Text(line, record.cells().get(i).text());
        fields.add(new Node.Field(columns.get(i), line, text));
      }
    }
    return new Node.Fields(line, fields);
  }

  /** Reasons are rows of their trees; their signals stand in one cell, divided by |. */
  private static Node trees(List<Node.Fields> rows, Faults faults) {
    Map<String, List<Node>> reasons = new LinkedHashMap<>();
    Map<String, List<Node.Field>> signals = new LinkedHashMap<>();
    for (Node.Fields row : rows) {
      String tree = text(row, TREE);
      if (tree.isEmpty()) {
        faults.add(row.line(), TREE, "is missing", "name the tree of the reason");
        continue;
      }
      List<Node.Field> fields =
          row.fields().stream()
              .filter(field -> !field.name().equals(TREE) && !field.name().equals(SIGNALS))
              .toList();
      reasons
          .computeIfAbsent(tree, name -> new ArrayList<>())
          .add(new Node.Fields(row.line(), fields));
      for (String signal : text(row, SIGNALS).split("\\|", -1)) {
        if (!signal.isBlank()) {
          Node code = new Node.Text(row.line(), text(row, "code"));
          signals
              .computeIfAbsent(tree, name -> new ArrayList<>())
              .add(new Node.Field(signal.strip(), row.line(), code));
        }
      }
    }
    List<Node.Field> trees = new ArrayList<>();
    reasons.forEach(
        (tree, list) -> {
          int line = list.getFirst().line();
          List<Node.Field> fields = new ArrayList<>();
          fields.add(new Node.Field("reasons", line, new Node.Items(line, list)));
          if (signals.containsKey(tree)) {
            Node ofTree = new Node.Fields(line, signals.get(tree));
            fields.add(new Node.Field(SIGNALS, line, ofTree));
          }
          trees.add(new Node.Field(tree, line, new Node.Fields(line, fields)));
        });
    return new Node.Fields(1, trees);
  }

  private static String text(Node.Fields row, String name) {
    return row.fields().stream()
        .filter(field -> field.name().equals(name))
        .map(field -> field.value() instanceof Node.Text text ? text.text() : "")
        .findFirst()
        .orElse("");
  }
}
