package io.linewright.oee.app.figures;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as REST writes them. */
final class Names {

  private Names() {}

  /** As key of an object: {@code oeeIndex}. */
  static String key(Enum<?> constant) {
    String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return key.toString();
  }

  /** As a value: {@code no-data}. */
  static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a value.
   *
   * @throws IllegalArgumentException that names the values there are
   */
  static <E extends Enum<E>> E of(String parameter, Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (value(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s must be one of %s, not '%s'"
            .formatted(
                parameter,
                Arrays.stream(type.getEnumConstants())
                    .map(Names::value)
                    .collect(Collectors.joining(", ")),
                text));
  }
}
