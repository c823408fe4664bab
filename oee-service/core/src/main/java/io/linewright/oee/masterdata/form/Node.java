package io.linewright.oee.masterdata.form;

import java.util.List;

/**
 * A document of master data, whatever its syntax: YAML, JSON and rows of CSV are read into it. All
 * single values are texts; what they mean is the readers' business.
 */
public sealed interface Node {

  /** Line of the file in which it begins, from 1; 0 if it is of no file. */
  int line();

  /**
   * A text, number, time or truth value as it was written, without quotes.
   *
   * @param line where
   * @param text may be empty
   */
  record Text(int line, String text) implements Node {}

  /**
   * A list.
   *
   * @param line where
   * @param items may be empty
   */
  record Items(int line, List<Node> items) implements Node {

    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * A mapping.
   *
   * @param line where
   * @param fields as they come; a name may be there twice, which readers refuse
   */
  record Fields(int line, List<Field> fields) implements Node {

    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A name without a value.
   *
   * @param line where
   */
  record Nothing(int line) implements Node {}

  /**
   * A pair of a mapping.
   *
   * @param name may be empty
   * @param line where the name stands
   * @param value what it is
   */
  record Field(String name, int line, Node value) {}
}
