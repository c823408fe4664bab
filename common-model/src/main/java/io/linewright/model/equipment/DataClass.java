package io.linewright.model.equipment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a tag's values may travel, narrowest first. */
public enum DataClass {
  LOCAL_ONLY,
  SITE,
  ENTERPRISE,
  PARTNER;

  /** The class of that name in kebab case; empty if there is none. */
  public static Optional<DataClass> of(String text) {
    return Arrays.stream(values()).filter(c -> c.toString().equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
