package io.linewright.model.equipment;

/**
 * Name of a tag within its equipment, such as {@code spindle/temperature}.
 *
 * @param value 1 to 200 characters; no control characters, no {@code #} or {@code +}, no slash at
 *     either end
 */
public record TagName(String value) implements Comparable<TagName> {

  /** Most characters that a name may have. */
  public static final int MAX_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if the name is empty, too long or has a forbidden character
   */
  public TagName {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a tag name has 1 to " + MAX_LENGTH + " characters, this has " + value.length());
    }
    if (value.charAt(0) == '/' || value.charAt(value.length() - 1) == '/') {
      throw new IllegalArgumentException("tag name '" + value + "' must not begin or end with /");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '#' || c == '+' || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "a tag name must not contain #, + or control characters (character %d)"
                .formatted(i + 1));
      }
    }
  }

  @Override
  public int compareTo(TagName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
