package io.linewright.edge.modbus.poll;

import java.util.List;

/** What to do after a device refused a read. */
public sealed interface Verdict {

  /**
   * Ask again in this cycle.
   *
   * @param delayNanos after that time, 0 or more
   */
  record Again(ReadBlock block, long delayNanos) implements Verdict {}

  /** Ask for the parts in this cycle, to find the value that the device refuses. */
  record Split(List<ReadBlock> halves) implements Verdict {}

  /** Give the block up until the next cycle: its values are Bad. */
  record GiveUp(ReadBlock block) implements Verdict {}

  /** The device refuses this one value: it is Bad, and is asked for again with growing pauses. */
  record Refused(ReadBlock block) implements Verdict {}
}
