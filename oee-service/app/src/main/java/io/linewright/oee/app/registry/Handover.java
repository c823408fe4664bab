package io.linewright.oee.app.registry;

/** What follows from news of the registry for what is kept of machines; in its transaction. */
public interface Handover {

  /**
   * An address has passed from one machine to another: what arrived under it since then is the
   * other one's.
   *
   * @param from whose it was
   * @param to whose it is
   * @param sinceMicros from this instant on, microseconds since the epoch
   */
  void passed(Machine from, Machine to, long sinceMicros);

  /** A machine is carried by a gateway that did not carry it before, as far as was known. */
  void carriedBy(Machine machine, String gateway);

  /** A machine has a tag that is not known of it before. */
  void hasNewTrack(Machine machine);
}
