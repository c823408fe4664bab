package io.linewright.edge.config;

import io.linewright.model.equipment.DataClass;

/**
 * How far the gateway's values travel once they have left it, and so which tags may leave at all.
 *
 * @param upTo who can read what the gateway publishes; {@code local-only} is not a choice
 * @param keepLocal whether tags of a narrower class are kept in the gateway; else the file that
 *     declares them is refused
 */
public record Publication(DataClass upTo, boolean keepLocal) {

  /** Read within the site; a narrower tag is a mistake. */
  public static final Publication DEFAULT = new Publication(DataClass.SITE, false);

  /**
   * @throws IllegalArgumentException if nothing may leave
   */
  public Publication {
    if (upTo == DataClass.LOCAL_ONLY) {
      throw new IllegalArgumentException("a gateway publishes up to site, enterprise or partner");
    }
  }

  /** Whether values of that class may be published: they may travel at least as far. */
  public boolean mayLeave(DataClass dataClass) {
    return dataClass != DataClass.LOCAL_ONLY && dataClass.compareTo(upTo) >= 0;
  }
}
