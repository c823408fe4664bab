package io.linewright.edge.modbus.write;

import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.modbus.value.Encoded;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses the requests that bring values into one unit. Neighbours go into one request, as the
 * standard's limits allow; nothing between two values is ever written, and no value is split over
 * two requests. A single bit of a register is written by mask only: reading, changing and writing
 * the whole register would undo what the device does to its other bits in the meantime.
 */
public final class WritePlanner {

  /** Most registers of function code 16 (clause 6.12). */
  public static final int MAX_REGISTERS = 123;

  /** Most registers written by function code 23 (clause 6.17). */
  public static final int MAX_REGISTERS_WITH_READ = 121;

  /** Most coils of function code 15 (clause 6.11). */
  public static final int MAX_COILS = 1968;

  /** Function codes that write. */
  public static final Set<Integer> FUNCTIONS = Set.of(5, 6, 15, 16, 22, 23);

  /** What nearly every device knows; 22 is used for bits only, 23 only where it is asked for. */
  public static final Set<Integer> DEFAULT_FUNCTIONS = Set.of(5, 6, 15, 16, 22);

  /** A value for its place. */
  public record Item(ModbusRegister place, Encoded value) {}

  /** The requests, or why there are none. */
  public sealed interface Plan {

    /** To be sent in this order. */
    record Requests(List<WriteRequest> requests) implements Plan {}

    /** Nothing may be sent. */
    record Refused(String reason) implements Plan {}
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /**
   * Plans the writes of some values; all or none are planned.
   *
   * @param items values with different places
   * @param functions function codes that the device knows, among {@link #FUNCTIONS}
   */
  public static Plan plan(List<Item> items, Set<Integer> functions) {
    try {
      List<Item> sorted = checked(items);
      List<WriteRequest> requests = new ArrayList<>();
      coils(sorted, functions, requests);
      registers(sorted, functions, requests);
      masks(sorted, functions, requests);
      return new Plan.Requests(requests);
    } catch (RefusedException refused) {
      return new Plan.Refused(String.valueOf(refused.getMessage()));
    }
  }

  private static List<Item> checked(List<Item> items) throws RefusedException {
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingInt(item -> item.place().address()));
    BitSet coils = new BitSet();
    BitSet registers = new BitSet();
    TreeMap<Integer, Integer> bits = new TreeMap<>();
    for (Item item : sorted) {
      ModbusRegister place = item.place();
      if (place.table() == Table.DISCRETE || place.table() == Table.INPUT) {
        throw new RefusedException("discrete inputs and input registers can only be read");
      }
      boolean clash =
          switch (item.value()) {
            case Encoded.Refused refused -> throw new RefusedException(refused.reason());
            case Encoded.Coil coil -> claim(coils, place);
            case Encoded.Registers whole ->
                claim(registers, place) || bits.subMap(place.address(), place.end()).size() > 0;
            case Encoded.Bit bit ->
                registers.get(place.address())
                    || (bits.merge(place.address(), bit.mask(), (a, b) -> a ^ b) & bit.mask()) == 0;
          };
      if (clash) {
        throw new RefusedException("two values are written to address " + place.address());
      }
    }
    return sorted;
  }

  /** Takes the addresses of a value; true if one of them was taken before. */
  private static boolean claim(BitSet taken, ModbusRegister place) {
    int next = taken.nextSetBit(place.address());
    taken.set(place.address(), place.end());
    return next >= 0 && next < place.end();
  }

  private static void coils(List<Item> items, Set<Integer> functions, List<WriteRequest> requests)
      throws RefusedException {
    int start = -1;
    List<Boolean> run = new ArrayList<>();
    for (Item item : items) {
      if (item.value() instanceof Encoded.Coil coil) {
        int address = item.place().address();
        if (start < 0 || address != start + run.size() || run.size() == MAX_COILS) {
          closeCoils(start, run, functions, requests);
          start = address;
        }
        run.add(coil.on());
      }
    }
    closeCoils(start, run, functions, requests);
  }

  private static void closeCoils(
      int start, List<Boolean> run, Set<Integer> functions, List<WriteRequest> requests)
      throws RefusedException {
    if (run.isEmpty()) {
      return;
    }
    if (run.size() == 1 && functions.contains(5)) {
      requests.add(new WriteRequest.SingleCoil(start, run.getFirst()));
    } else if (functions.contains(15)) {
      byte[] packed = new byte[(run.size() + 7) / 8];
      for (int i = 0; i < run.size(); i++) {
        packed[i / 8] |= (byte) (run.get(i) ? 1 << i % 8 : 0);
      }
      requests.add(new WriteRequest.Coils(start, run.size(), packed));
    } else if (functions.contains(5)) {
      for (int i = 0; i < run.size(); i++) {
        requests.add(new WriteRequest.SingleCoil(start + i, run.get(i)));
      }
    } else {
      throw new RefusedException("the device may not be written coils (functions 5 and 15)");
    }
    run.clear();
  }

  private static void registers(
      List<Item> items, Set<Integer> functions, List<WriteRequest> requests)
      throws RefusedException {
    int most = functions.contains(23) ? MAX_REGISTERS_WITH_READ : MAX_REGISTERS;
    int start = -1;
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    List<Item> members = new ArrayList<>();
    for (Item item : items) {
      if (item.value() instanceof Encoded.Registers whole) {
        int address = item.place().address();
        boolean joins = start >= 0 && address == start + run.size() / 2;
        if (!joins || run.size() + whole.wire().length > 2 * most) {
          closeRegisters(start, run, members, functions, requests);
          start = address;
        }
        run.writeBytes(whole.wire());
        members.add(item);
      }
    }
    closeRegisters(start, run, members, functions, requests);
  }

  private static void closeRegisters(
      int start,
      ByteArrayOutputStream run,
      List<Item> members,
      Set<Integer> functions,
      List<WriteRequest> requests)
      throws RefusedException {
    byte[] wire = run.toByteArray();
    if (wire.length == 0) {
      return;
    }
    if (functions.contains(23) && wire.length <= 2 * MAX_REGISTERS_WITH_READ) {
      requests.add(new WriteRequest.WriteThenRead(start, wire));
    } else if (wire.length == 2 && functions.contains(6)) {
      requests.add(single(start, wire));
    } else if (functions.contains(16)) {
      requests.add(new WriteRequest.Registers(start, wire));
    } else if (functions.contains(6)
        && members.stream().allMatch(item -> item.place().registers() == 1)) {
      for (int i = 0; i < wire.length / 2; i++) {
        requests.add(single(start + i, new byte[] {wire[2 * i], wire[2 * i + 1]}));
      }
    } else {
      throw new RefusedException(
          "a value of several registers needs function 16 or 23, which the device is said not to"
              + " know");
    }
    run.reset();
    members.clear();
  }

  private static WriteRequest single(int address, byte[] wire) {
    return new WriteRequest.SingleRegister(address, (wire[0] & 0xFF) << 8 | wire[1] & 0xFF);
  }

  private static void masks(List<Item> items, Set<Integer> functions, List<WriteRequest> requests)
      throws RefusedException {
    TreeMap<Integer, WriteRequest.Mask> masks = new TreeMap<>();
    for (Item item : items) {
      if (item.value() instanceof Encoded.Bit bit) {
        masks.merge(
            item.place().address(),
            new WriteRequest.Mask(
                item.place().address(), 0xFFFF ^ bit.mask(), bit.on() ? bit.mask() : 0),
            (a, b) -> new WriteRequest.Mask(a.address(), a.and() & b.and(), a.or() | b.or()));
      }
    }
    if (!masks.isEmpty() && !functions.contains(22)) {
      throw new RefusedException(
          "a bit of a register needs function 22, which the device is said not to know");
    }
    requests.addAll(masks.values());
  }

  private WritePlanner() {}
}
