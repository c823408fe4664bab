package io.linewright.simulator.process;

/** Place for items between two machines; wakes them when it was empty or full. */
final class Buffer {

  private static final int ENDLESS = -1;

  private final int capacity;
  private final Agenda agenda;
  private Runnable whenItem = () -> {};
  private Runnable whenSpace = () -> {};
  private int level;

  private Buffer(int capacity, Agenda agenda) {
    this.capacity = capacity;
    this.agenda = agenda;
  }

  static Buffer between(int capacity, Agenda agenda) {
    return new Buffer(capacity, agenda);
  }

  /** The world around a line: always has an item, always takes one. */
  static Buffer world(Agenda agenda) {
    return new Buffer(ENDLESS, agenda);
  }

  void wake(Runnable consumerWhenItem) {
    whenItem = consumerWhenItem;
  }

  void wakeBehind(Runnable producerWhenSpace) {
    whenSpace = producerWhenSpace;
  }

  boolean hasItem() {
    return capacity == ENDLESS || level > 0;
  }

  boolean hasSpace() {
    return capacity == ENDLESS || level < capacity;
  }

  int level() {
    return level;
  }

  /** Takes an item that {@link #hasItem} has promised. */
  void take() {
    if (capacity == ENDLESS) {
      return;
    }
    boolean wasFull = !hasSpace();
    level--;
    if (wasFull) {
      agenda.at(agenda.now(), whenSpace);
    }
  }

  /** Puts an item where {@link #hasSpace} has promised a place. */
  void put() {
    if (capacity == ENDLESS) {
      return;
    }
    boolean wasEmpty = level == 0;
    level++;
    if (wasEmpty) {
      agenda.at(agenda.now(), whenItem);
    }
  }
}
