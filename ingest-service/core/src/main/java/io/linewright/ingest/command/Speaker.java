package io.linewright.ingest.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who tells of a step, known by the source of the event; the later one knows better. */
public enum Speaker {
  /** This service: the request and its rights. */
  PLATFORM("/ingest/"),
  /** The bridge, of what it could not bring to the gateway. */
  BRIDGE("/bridge/"),
  /** The gateway of the machine, carried by the bridge. */
  GATEWAY("/edge/");

  private final String source;
  private final String text = name().toLowerCase(Locale.ROOT);

  Speaker(String source) {
    this.source = source;
  }

  /** Who speaks by that {@code ce_source}; empty if nobody who has a say. */
  public static Optional<Speaker> of(String source) {
    return Arrays.stream(values()).filter(one -> source.startsWith(one.source)).findFirst();
  }

  /** Lower case, as in REST and the database. */
  @Override
  public String toString() {
    return text;
  }
}
