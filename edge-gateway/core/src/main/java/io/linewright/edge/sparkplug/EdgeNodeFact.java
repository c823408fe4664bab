package io.linewright.edge.sparkplug;

/** What is to be done, in order. */
public sealed interface EdgeNodeFact {

  /**
   * CONNECT with an NDEATH of this bdSeq as will.
   *
   * @param server which server of the list
   */
  record Open(int bdSeq, int server) implements EdgeNodeFact {}

  /**
   * Leave: publish NDEATH with this bdSeq, then DISCONNECT. Without {@code announce} the connection
   * is dead already and only its remains are cleared away.
   */
  record Close(int bdSeq, boolean announce) implements EdgeNodeFact {}

  /** NBIRTH; its sequence number is always 0. */
  record PublishNodeBirth(int bdSeq) implements EdgeNodeFact {}

  /** DBIRTH of a device. */
  record PublishDeviceBirth(String device, int seq) implements EdgeNodeFact {}

  /** DDEATH of a device. */
  record PublishDeviceDeath(String device, int seq) implements EdgeNodeFact {}

  /** The waiting data message goes out with this sequence number. */
  record PublishData(int seq) implements EdgeNodeFact {}

  /** What was sent but is not confirmed is to be sent again, from the confirmed position. */
  record SendAgain() implements EdgeNodeFact {}
}
