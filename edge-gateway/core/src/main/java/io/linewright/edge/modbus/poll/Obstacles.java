package io.linewright.edge.modbus.poll;

import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * What reads of one unit must not touch: forbidden addresses, and seams between two addresses that
 * must not lie in one read. Not safe for several threads.
 */
public final class Obstacles {

  private final Map<Table, BitSet> forbidden = new EnumMap<>(Table.class);
  private final Map<Table, BitSet> seams = new EnumMap<>(Table.class);

  /** No obstacles. */
  public Obstacles() {
    for (Table table : Table.values()) {
      forbidden.put(table, new BitSet());
      seams.put(table, new BitSet());
    }
  }

  /** The same obstacles, to be changed by itself. */
  public Obstacles copy() {
    Obstacles copy = new Obstacles();
    for (Table table : Table.values()) {
      copy.in(copy.forbidden, table).or(in(forbidden, table));
      copy.in(copy.seams, table).or(in(seams, table));
    }
    return copy;
  }

  /** No read may touch these addresses, {@code from} to {@code end} exclusive. */
  public void forbid(Table table, int from, int end) {
    in(forbidden, table).set(from, end);
  }

  /** The addresses of a value may be read, whatever was said before. */
  public void allow(ModbusRegister place) {
    in(forbidden, place.table()).clear(place.address(), place.end());
  }

  /** No read may hold both this address and one below it. */
  public void seam(Table table, int address) {
    in(seams, table).set(address);
  }

  /** Whether a value lies on a forbidden address. */
  public boolean touches(ModbusRegister place) {
    int next = in(forbidden, place.table()).nextSetBit(place.address());
    return next >= 0 && next < place.end();
  }

  /**
   * Whether a read must not go on to a value.
   *
   * @param start first address of the read
   * @param end first address behind what it holds so far
   * @param next first address of the value
   */
  boolean separate(Table table, int start, int end, int next) {
    int blocked = end < next ? in(forbidden, table).nextSetBit(end) : -1;
    int seam = in(seams, table).nextSetBit(start + 1);
    return blocked >= 0 && blocked < next || seam >= 0 && seam <= next;
  }

  private BitSet in(Map<Table, BitSet> sets, Table table) {
    BitSet set = sets.get(table);
    if (set == null) {
      throw new IllegalStateException("no set for " + table);
    }
    return set;
  }
}
