package io.linewright.model.telemetry;

import java.util.Locale;

/** The two ways by which values travel: live data is never held up by backlog. */
public enum Lane {
  LIVE,
  /** Stored while the uplink was cut, and bulk imports; such values recompute but never notify. */
  BACKFILL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
