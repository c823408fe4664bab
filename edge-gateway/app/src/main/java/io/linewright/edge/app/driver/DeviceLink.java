package io.linewright.edge.app.driver;

/**
 * The part of a driver that speaks a protocol. A new protocol implements this interface; {@code
 * docs/drivers.md} shows how. One object serves one connection; all calls come from one thread.
 */
public interface DeviceLink {

  /**
   * Lives once: connects, hands values to the tags and watches that the device is not silent, until
   * the connection is of no more use. Never waits without a deadline and releases everything before
   * it ends; the supervisor then marks all tags Bad and calls it again after a pause.
   *
   * @param life to be told how it goes
   * @throws LinkException why this life ended
   * @throws InterruptedException if the gateway stops
   */
  void live(Life life) throws LinkException, InterruptedException;

  /** What a link tells its supervisor. */
  interface Life {

    /**
     * The device talks: the next failure starts with the shortest pause again. Cheap; to be called
     * at every sign of life.
     */
    void running();

    /** The device says nothing: all tags become Bad, the connection stays. */
    void silent(String reason) throws InterruptedException;

    /**
     * The device answers, but its values do not come: a state of its own, for a green light over
     * frozen values is the worst of faults. Tags keep the quality that they have.
     */
    default void noData(String reason) {}
  }
}
