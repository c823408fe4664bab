package io.linewright.bench.plant;

/** One text per value, so that a value in the simulator's log and one from REST can be compared. */
public final class CanonicalValue {

  private CanonicalValue() {}

  /**
   * The canonical text of a value.
   *
   * @param type {@code boolean}, {@code integer}, {@code double} or {@code string}
   * @param text the value as written by simulator or REST
   * @throws IllegalArgumentException if the text is not of that type
   */
  public static String of(String type, String text) {
    return switch (type) {
      case "boolean" -> Boolean.toString(Boolean.parseBoolean(text));
      case "integer" -> Long.toString(Long.parseLong(text));
      case "double" -> Double.toString(Double.parseDouble(text));
      case "string" -> text;
      default -> throw new IllegalArgumentException("unknown type '" + type + "' of value " + text);
    };
  }
}
