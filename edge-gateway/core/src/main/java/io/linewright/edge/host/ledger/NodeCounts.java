package io.linewright.edge.host.ledger;

/**
 * The books of one node since its first message. {@code in = out + setAside + duplicates} always;
 * refused values are not in the books, because their gateway still has them.
 *
 * @param in values taken over
 * @param out values handed to Kafka
 * @param setAside values that could not be read
 * @param duplicates values that had been taken over before
 * @param gaps messages refused because one before them is missing
 */
public record NodeCounts(long in, long out, long setAside, long duplicates, long gaps) {

  public static final NodeCounts ZERO = new NodeCounts(0, 0, 0, 0, 0);

  /** A message taken over: values written and values set aside. */
  public NodeCounts accepted(int carried, int aside) {
    return new NodeCounts(in + carried + aside, out + carried, setAside + aside, duplicates, gaps);
  }

  /** A message that had been taken over before. */
  public NodeCounts duplicate(int values) {
    return new NodeCounts(in + values, out, setAside, duplicates + values, gaps);
  }

  /** A message refused because one before it is missing. */
  public NodeCounts gap() {
    return new NodeCounts(in, out, setAside, duplicates, gaps + 1);
  }

  /** The sum of two books. */
  public NodeCounts plus(NodeCounts other) {
    return new NodeCounts(
        in + other.in,
        out + other.out,
        setAside + other.setAside,
        duplicates + other.duplicates,
        gaps + other.gaps);
  }
}
