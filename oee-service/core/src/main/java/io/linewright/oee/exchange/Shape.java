package io.linewright.oee.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What an element of a type of B2MML V0701 must have and may have, as far as it is understood here.
 *
 * @param parts elements in it, in the order of the schema
 * @param attributes that it must have
 */
record Shape(List<Part> parts, Set<String> attributes) {

  /** As often as anybody likes. */
  static final int MANY = Integer.MAX_VALUE;

  /**
   * An element in another.
   *
   * @param names its name; where the schema gives a choice, all of these, and one must be there
   * @param type its type in the schema
   * @param least how often it must be there, 0 or 1
   * @param most how often it may be there, 1 or {@link #MANY}
   */
  record Part(List<String> names, String type, int least, int most) {

    /** Path of one of them below that of the element, its number from 1. */
    String path(String above, int number) {
      String path = above + "/" + names.getFirst();
      return most == MANY ? "%s[%d]".formatted(path, number) : path;
    }
  }

  static Shape of(Part... parts) {
    return new Shape(List.of(parts), Set.of());
  }

  Shape requiring(String... names) {
    return new Shape(parts, Set.of(names));
  }

  static Part one(String name, String type) {
    return new Part(List.of(name), type, 1, 1);
  }

  static Part maybe(String name, String type) {
    return new Part(List.of(name), type, 0, 1);
  }

  static Part some(String name, String type) {
    return new Part(List.of(name), type, 1, MANY);
  }

  static Part any(String name, String type) {
    return new Part(List.of(name), type, 0, MANY);
  }

  static Part oneOf(String type, String... names) {
    return new Part(Arrays.asList(names), type, 1, 1);
  }
}
