package io.linewright.ingest.truth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a correction does (OPC UA part 11, clause 6.9: history updates; restore is ours). */
public enum Kind {
  /** Another value or status where there is one. */
  REPLACE,
  /** A value where there is none. */
  INSERT,
  /** No value there, whatever was or will be stored. */
  DELETE,
  /** What is stored counts again, as if nobody had said anything. */
  RESTORE;

  /** The kind of that name in lower case; empty if there is none. */
  public static Optional<Kind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.toString().equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
