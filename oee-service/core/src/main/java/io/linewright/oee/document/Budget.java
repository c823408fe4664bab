package io.linewright.oee.document;

/** How much a document may be; a few bytes can be made to mean a lot. Not safe for threads. */
final class Budget {

  /** Most bytes of XML, or characters of texts in JSON: 16 MiB. */
  static final int MAX_SIZE = 16 << 20;

  /** Most elements and attributes. */
  static final int MAX_NODES = 500_000;

  /** Most elements in each other. */
  static final int MAX_DEPTH = 64;

  /** Most characters of the name of an element or attribute. */
  static final int MAX_NAME = 256;

  private int nodes;
  private long characters;

  /** Why one element or attribute more is too much; empty if it is not. */
  String node(String name, int depth) {
    if (depth > MAX_DEPTH) {
      return "more than " + MAX_DEPTH + " elements lie in each other";
    }
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return "a name has 1 to " + MAX_NAME + " characters, not " + name.length();
    }
    nodes++;
    return nodes > MAX_NODES
        ? "there are more than " + MAX_NODES + " elements and attributes: send several documents"
        : characters(name.length());
  }

  /** Why so much more text is too much; empty if it is not. */
  String characters(int more) {
    characters += more;
    return characters > MAX_SIZE
        ? "it has more than " + MAX_SIZE + " characters: send several documents"
        : "";
  }
}
