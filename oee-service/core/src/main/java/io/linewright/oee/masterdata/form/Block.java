package io.linewright.oee.masterdata.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of a mapping. What is missing, unknown, there twice or of a wrong kind is noted, and
 * reads as empty. Used by one thread.
 */
public final class Block {

  private final Node node;
  private final String path;
  private final Faults faults;
  private final Map<String, Node.Field> written = new LinkedHashMap<>();

  /** What was asked for, in that order, under its canonical name. */
  private final Map<String, Value> read = new LinkedHashMap<>();

  private final Set<String> asked = new TreeSet<>();
  private boolean named;

  /**
   * @param node what was written
   * @param path its path, for faults; empty for the document
   * @param faults where they are noted
   */
  public Block(Node node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
    if (!(node instanceof Node.Fields fields)) {
      faults.add(node.line(), path, "is not a mapping", "write name: value pairs here");
      return;
    }
    for (Node.Field field : fields.fields()) {
      Node.Field other = written.putIfAbsent(field.name(), field);
      if (other != null) {
        faults.add(
            field.line(),
            path(field.name()),
            "is there twice, first in line " + other.line(),
            "remove one of them");
      }
    }
  }

  /** Whether such a field was written. */
  public boolean has(String name) {
    return written.containsKey(name);
  }

  /** A field; empty if it was not written. */
  public Optional<Value> value(String name) {
    asked.add(name);
    return Optional.ofNullable(written.get(name))
        .map(field -> read.computeIfAbsent(name, key -> valueOf(field)));
  }

  /** A field that must be there. */
  public Optional<Value> requiredValue(String name, String right) {
    Optional<Value> value = value(name);
    if (value.isEmpty() && node instanceof Node.Fields) {
      faults.add(node.line(), path(name), "is missing", right);
    }
    return value;
  }

  /** The single value of a field; empty if it was not written, or is wrong. */
  public <T> Optional<T> optional(String name, Scalar<T> scalar) {
    return value(name).flatMap(value -> value.as(scalar));
  }

  /** The single value of a field that must be there; empty if it is missing or wrong. */
  public <T> Optional<T> required(String name, Scalar<T> scalar) {
    return requiredValue(name, scalar.right()).flatMap(value -> value.as(scalar));
  }

  /** The fields of a field; empty if it was not written. */
  public Optional<Block> block(String name) {
    return value(name).map(Value::block);
  }

  /** The values of a list; none if it was not written. */
  public List<Value> items(String name, int most, String right) {
    return value(name).map(value -> value.items(most, right)).orElse(List.of());
  }

  /**
   * All fields, if their names are not ours but the plant's. Their canonical order is that of the
   * names.
   *
   * @param name how names are written
   * @param most how many there may be
   */
  public SequencedMap<String, Value> named(Scalar<String> name, int most) {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    named = true;
    if (written.size() > most) {
      fault("has %d names, more than %d".formatted(written.size(), most), "divide it");
      return values;
    }
    written.forEach(
        (text, field) -> {
          Value value = valueOf(field);
          try {
            String key = name.write().apply(name.read().apply(text));
            if (values.putIfAbsent(key, value) == null) {
              read.put(key, value);
            } else {
              faults.add(field.line(), path(text), "is there twice", "remove one of them");
            }
          } catch (IllegalArgumentException wrong) {
            faults.add(field.line(), path(text), String.valueOf(wrong.getMessage()), name.right());
          }
        });
    return values;
  }

  /** Notes that something is wrong with a field, or with all if it was not written. */
  public void fault(String name, String wrong, String right) {
    Node.Field field = written.get(name);
    faults.add(field == null ? node.line() : field.line(), path(name), wrong, right);
  }

  /** Notes that something is wrong with all of it. */
  public void fault(String wrong, String right) {
    faults.add(node.line(), path, wrong, right);
  }

  /** Whether nothing was wrong in all that its faults are noted with. */
  public boolean isRight() {
    return faults.none();
  }

  /** Notes all fields that nobody asked for. Call last. */
  public void end() {
    if (named) {
      return;
    }
    written.forEach(
        (name, field) -> {
          if (!asked.contains(name)) {
            String known = String.join(", ", asked);
            faults.add(field.line(), path(name), "is not known", "use one of " + known);
          }
        });
  }

  /** As {@link Value#canonical}. */
  public Node.Fields canonical() {
    List<Node.Field> fields = new ArrayList<>();
    (named ? new TreeMap<>(read) : read)
        .forEach((name, value) -> fields.add(new Node.Field(name, 0, value.canonical())));
    return new Node.Fields(0, fields);
  }

  private Value valueOf(Node.Field field) {
    Node value = field.value();
    // What has no line of its own, as a name without value, stands where its name does.
    Node placed = value instanceof Node.Nothing ? new Node.Nothing(field.line()) : value;
    return new Value(placed, path(field.name()), faults);
  }

  private String path(String name) {
    String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
