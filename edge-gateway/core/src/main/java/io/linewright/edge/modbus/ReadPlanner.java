package io.linewright.edge.modbus;

import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Groups the values of one Modbus unit into as few reads as the protocol allows (MODBUS Application
 * Protocol V1.1b3, clauses 6.1 to 6.4). A value is never split over two reads, and tables never
 * share one.
 */
public final class ReadPlanner {

  /** Most registers of one read, clauses 6.3 and 6.4. */
  public static final int MAX_REGISTERS = 125;

  /** Most coils or discrete inputs of one read, clauses 6.1 and 6.2. */
  public static final int MAX_BITS = 2000;

  private static final Comparator<Slot> ON_THE_WIRE =
      Comparator.<Slot>comparingInt(slot -> slot.register().address())
          .thenComparingInt(slot -> slot.register().encoding().registers());

  /**
   * One value to read.
   *
   * @param index number by which the caller knows the value
   * @param register where it lies
   */
  public record Slot(int index, ModbusRegister register) {

    /** First address behind the value. */
    int end() {
      return register.address() + register.encoding().registers();
    }
  }

  /**
   * Plans the reads of one unit.
   *
   * @param slots values in any order; they may overlap
   * @param registerGap most registers read in vain to join two values, 0 or more
   * @param bitGap the same for coils and discrete inputs
   * @return blocks by table and ascending address; every slot is in exactly one
   */
  public static List<ReadBlock> plan(List<Slot> slots, int registerGap, int bitGap) {
    Map<Table, List<Slot>> byTable = new EnumMap<>(Table.class);
    for (Slot slot : slots) {
      byTable.computeIfAbsent(slot.register().table(), t -> new ArrayList<>()).add(slot);
    }
    List<ReadBlock> blocks = new ArrayList<>();
    byTable.forEach(
        (table, members) -> {
          boolean bits = table == Table.COIL || table == Table.DISCRETE;
          members.sort(ON_THE_WIRE);
          join(
              table, members, bits ? MAX_BITS : MAX_REGISTERS, bits ? bitGap : registerGap, blocks);
        });
    return blocks;
  }

  private static void join(
      Table table, List<Slot> sorted, int limit, int gap, List<ReadBlock> blocks) {
    int first = 0;
    int end = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Slot slot = sorted.get(i);
      boolean joins =
          i > first
              && slot.register().address() - end <= gap
              && Math.max(end, slot.end()) - sorted.get(first).register().address() <= limit;
      if (!joins && i > first) {
        blocks.add(ReadBlock.of(table, sorted.subList(first, i)));
        first = i;
      }
      end = joins ? Math.max(end, slot.end()) : slot.end();
    }
    if (first < sorted.size()) {
      blocks.add(ReadBlock.of(table, sorted.subList(first, sorted.size())));
    }
  }

  private ReadPlanner() {}
}
