package io.linewright.edge.app.modbus;

import io.linewright.edge.modbus.poll.ReadBlock;

/** One request to a unit, as far as the unit's own side goes. */
sealed interface Exchange {

  /** The poll of a block. */
  record Poll(ReadBlock block) implements Exchange {}

  /** A step of a write, which has its own books. */
  record WriteStep() implements Exchange {}
}
