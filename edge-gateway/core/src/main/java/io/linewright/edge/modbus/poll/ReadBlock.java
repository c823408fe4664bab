package io.linewright.edge.modbus.poll;

import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import java.util.List;

/**
 * One read request.
 *
 * @param table address space
 * @param start zero-based first address, 0 to 65535
 * @param count registers 1 to 125, or bits 1 to 2000
 * @param slots the values inside, by ascending address; at least one
 */
public record ReadBlock(Table table, int start, int count, List<Slot> slots) {

  /**
   * @throws IllegalArgumentException if there is no slot
   */
  public ReadBlock {
    slots = List.copyOf(slots);
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("a read needs at least one value");
    }
  }

  /** The smallest block around the values, which must be sorted by address. */
  static ReadBlock of(Table table, List<Slot> sorted) {
    int start = sorted.getFirst().register().address();
    int end = sorted.stream().mapToInt(Slot::end).max().orElseThrow();
    return new ReadBlock(table, start, end - start, sorted);
  }

  /** The read of one value alone. */
  public static ReadBlock of(Slot slot) {
    return of(slot.register().table(), List.of(slot));
  }

  /** Whether coils or discrete inputs are read. */
  public boolean ofBits() {
    return table == Table.COIL || table == Table.DISCRETE;
  }

  /**
   * Two halves, to find the value that the device refuses; gaps at the seam are left out.
   *
   * @throws IllegalStateException if there is only one value
   */
  public List<ReadBlock> halves() {
    if (slots.size() < 2) {
      throw new IllegalStateException("one value cannot be split");
    }
    int middle = slots.size() / 2;
    return List.of(
        of(table, slots.subList(0, middle)), of(table, slots.subList(middle, slots.size())));
  }
}
