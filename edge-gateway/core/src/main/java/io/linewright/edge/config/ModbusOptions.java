package io.linewright.edge.config;

import io.linewright.edge.config.TagAddress.Table;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the gateway file says of a Modbus device beyond its address.
 *
 * @param framing how messages lie in the TCP stream
 * @param parallelUnits units with a request outstanding at the same time, 1 to 64; each unit has
 *     one at most. RTU framing allows one
 * @param maxRegisters most registers of one read, 1 to 125
 * @param maxBits most coils or discrete inputs of one read, 1 to 2000
 * @param gap most registers read in vain to join two values, 0 to 124; eight times as many bits
 * @param forbidden addresses that no read may touch
 * @param writeFunctions function codes that writes may use, among 5, 6, 15, 16, 22 and 23
 */
public record ModbusOptions(
    Framing framing,
    int parallelUnits,
    int maxRegisters,
    int maxBits,
    int gap,
    List<Forbidden> forbidden,
    Set<Integer> writeFunctions) {

  /** TCP framing and the standard's limits. */
  public static final ModbusOptions DEFAULT =
      new ModbusOptions(Framing.TCP, 16, 125, 2000, 16, List.of(), Set.of(5, 6, 15, 16, 22));

  /** How messages lie in the TCP stream. */
  public enum Framing {
    /** Modbus TCP: a header with a transaction number. */
    TCP,
    /** RTU messages with CRC-16 over TCP, as serial device servers pass them on. */
    RTU_OVER_TCP
  }

  /**
   * Addresses that no read may touch.
   *
   * @param unit unit id; empty: every unit of the connection
   * @param first first address, 0 to 65535
   * @param last last address, from {@code first} to 65535
   */
  public record Forbidden(OptionalInt unit, Table table, int first, int last) {}

  public ModbusOptions {
    forbidden = List.copyOf(forbidden);
    writeFunctions = Set.copyOf(writeFunctions);
  }
}
