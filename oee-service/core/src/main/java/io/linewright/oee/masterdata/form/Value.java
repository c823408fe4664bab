package io.linewright.oee.masterdata.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a document where it stands. It is read as what the reader wants it to be; what it is
 * not is noted as a fault, and reads as empty. What was read makes its canonical form. Used by one
 * thread.
 */
public final class Value {

  private final Node node;
  private final String field;
  private final Faults faults;
  private Node canonical = new Node.Nothing(0);
  private List<Value> items = List.of();
  private Optional<Block> block = Optional.empty();

  /**
   * @param node what was written
   * @param field its path, for faults
   * @param faults where they are noted
   */
  public Value(Node node, String field, Faults faults) {
    this.node = node;
    this.field = field;
    this.faults = faults;
  }

  /** Whether it is a single text. */
  public boolean isText() {
    return node instanceof Node.Text;
  }

  /** Whether it is exactly that single text. */
  public boolean is(String text) {
    return node instanceof Node.Text written && written.text().equals(text);
  }

  /** Whether it is a list. */
  public boolean isList() {
    return node instanceof Node.Items;
  }

  /** Its single value. */
  public <T> Optional<T> as(Scalar<T> scalar) {
    if (!(node instanceof Node.Text text)) {
      String what = node instanceof Node.Nothing ? "has no value" : "is not a single value";
      fault(what, scalar.right());
      return Optional.empty();
    }
    try {
      T meaning = scalar.read().apply(text.text());
      canonical = new Node.Text(0, scalar.write().apply(meaning));
      return Optional.of(meaning);
    } catch (IllegalArgumentException wrong) {
      fault(String.valueOf(wrong.getMessage()), scalar.right());
      return Optional.empty();
    }
  }

  /** Its values, if it is a list of up to that many. */
  public List<Value> items(int most, String right) {
    if (!(node instanceof Node.Items list)) {
      fault("is not a list", right);
      return List.of();
    }
    if (list.items().size() > most) {
      fault("has %d entries, more than %d".formatted(list.items().size(), most), right);
      return List.of();
    }
    List<Value> values = new ArrayList<>();
    for (Node item : list.items()) {
      values.add(new Value(item, "%s[%d]".formatted(field, values.size()), faults));
    }
    items = values;
    return values;
  }

  /** Its fields. */
  public Block block() {
    Block fields = new Block(node, field, faults);
    block = Optional.of(fields);
    return fields;
  }

  /** Notes that something is wrong with it. */
  public void fault(String wrong, String right) {
    faults.add(node.line(), field, wrong, right);
  }

  /**
   * What was read of it in the one form that its meaning has, without lines. Of no use if anything
   * was wrong.
   */
  public Node canonical() {
    if (block.isPresent()) {
      return block.get().canonical();
    }
    return node instanceof Node.Items
        ? new Node.Items(0, items.stream().map(Value::canonical).toList())
        : canonical;
  }
}
