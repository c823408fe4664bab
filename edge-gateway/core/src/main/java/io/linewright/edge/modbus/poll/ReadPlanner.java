package io.linewright.edge.modbus.poll;

import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Groups the values of one Modbus unit into as few reads as the protocol and the device allow
 * (MODBUS Application Protocol V1.1b3, clauses 6.1 to 6.4). A value is never split over two reads,
 * and tables never share one.
 *
 * <p>Values are taken by ascending address, and each joins the read before it if it may. That is
 * the smallest number of reads among all plans that keep the order of addresses: whatever a read
 * may hold, it may also hold without its last value.
 */
public final class ReadPlanner {

  private static final Comparator<Slot> ON_THE_WIRE =
      Comparator.<Slot>comparingInt(slot -> slot.register().address())
          .thenComparingInt(slot -> slot.register().registers());

  /**
   * One value to read.
   *
   * @param index number by which the caller knows the value
   * @param register where it lies
   */
  public record Slot(int index, ModbusRegister register) {

    /** First address behind the value. */
    int end() {
      return register.end();
    }
  }

  /**
   * Plans the reads of one unit.
   *
   * @param slots values in any order; they may overlap
   * @param limits of the device
   * @param obstacles what no read may touch
   * @return blocks by table and ascending address; every slot is in exactly one
   * @throws IllegalArgumentException if a value lies on a forbidden address, or is longer than a
   *     read
   */
  public static List<ReadBlock> plan(List<Slot> slots, Limits limits, Obstacles obstacles) {
    Map<Table, List<Slot>> byTable = new EnumMap<>(Table.class);
    for (Slot slot : slots) {
      ModbusRegister register = slot.register();
      if (obstacles.touches(register) || register.registers() > most(register.table(), limits)) {
        throw new IllegalArgumentException("no read may hold " + register);
      }
      byTable.computeIfAbsent(register.table(), t -> new ArrayList<>()).add(slot);
    }
    List<ReadBlock> blocks = new ArrayList<>();
    byTable.forEach(
        (table, members) -> {
          members.sort(ON_THE_WIRE);
          join(table, members, limits, obstacles, blocks);
        });
    return blocks;
  }

  private static boolean ofBits(Table table) {
    return table == Table.COIL || table == Table.DISCRETE;
  }

  private static int most(Table table, Limits limits) {
    return ofBits(table) ? limits.bits() : limits.registers();
  }

  private static void join(
      Table table, List<Slot> sorted, Limits limits, Obstacles obstacles, List<ReadBlock> blocks) {
    int gap = ofBits(table) ? limits.bitGap() : limits.registerGap();
    int first = 0;
    int end = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Slot slot = sorted.get(i);
      int start = sorted.get(first).register().address();
      int address = slot.register().address();
      boolean joins =
          i > first
              && address - end <= gap
              && Math.max(end, slot.end()) - start <= most(table, limits)
              && !obstacles.separate(table, start, end, address);
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
