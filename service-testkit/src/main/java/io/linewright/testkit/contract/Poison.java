package io.linewright.testkit.contract;

/** Messages that cannot be read, sent to a service the way its messages come. */
public interface Poison {

  /**
   * Sends some, when the service listens.
   *
   * @return how many
   */
  int send() throws Exception;

  /** How many messages the service has set aside so far, counted where an operator sees it. */
  long setAside() throws Exception;
}
