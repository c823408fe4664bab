package io.linewright.edge.opcua;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of an array or structure a tag shows: {@code [2]}, {@code [1][0]} of a matrix, {@code
 * Position.X} of a structure, {@code Axes[2].Load}.
 *
 * @param steps from the outside to the inside; empty: the whole value
 */
public record ValuePath(List<Step> steps) {

  /** The whole value. */
  public static final ValuePath WHOLE = new ValuePath(List.of());

  /** Deepest path. */
  static final int MAX_STEPS = 16;

  private static final int MAX_INDEX = 1_000_000;
  private static final Pattern STEP =
      Pattern.compile("\\G(?:\\[(\\d{1,7})\\]|(\\.?)([^.\\[\\]\\p{Cntrl}\\x80-\\x9f]{1,200}))");

  /** One step into a value. */
  public sealed interface Step {}

  /**
   * Into an array.
   *
   * @param at zero-based, 0 to 1,000,000
   */
  public record Index(int at) implements Step {}

  /**
   * Into a structure.
   *
   * @param name name of the field as the data type defines it
   */
  public record Field(String name) implements Step {}

  public ValuePath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static ValuePath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!step.find() || step.start() != end || steps.size() == MAX_STEPS) {
        throw new IllegalArgumentException(
            "is not a path into a value, from character " + (end + 1) + " on");
      }
      steps.add(step(step, steps.isEmpty()));
      end = step.end();
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    return new ValuePath(steps);
  }

  private static Step step(Matcher step, boolean first) {
    if (step.group(1) != null) {
      int index = Integer.parseInt(step.group(1));
      if (index > MAX_INDEX) {
        throw new IllegalArgumentException("index " + index + " is above " + MAX_INDEX);
      }
      return new Index(index);
    }
    if (first == !step.group(2).isEmpty()) {
      throw new IllegalArgumentException("needs a dot between fields and none at the beginning");
    }
    return new Field(step.group(3));
  }

  /** Whether the tag shows the value as it is. */
  public boolean whole() {
    return steps.isEmpty();
  }

  /** The form that {@link #parse} reads; empty for the whole value. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Index(int at) -> text.append('[').append(at).append(']');
        case Field(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
      }
    }
    return text.toString();
  }
}
