package io.linewright.simulator.modbus;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.ModbusUnit;
import java.util.BitSet;
import java.util.List;

/**
 * The coils and holding registers of one unit. A request is answered and a value written under one
 * lock, so that no answer holds half of a value. Counts how often each value was read.
 */
final class RegisterUnit {

  private final ModbusUnit unit;
  private final List<RegisterPlace> places;
  private final int[] reads;
  private final BitSet coils = new BitSet();
  private final byte[] registers;
  private final int coilCount;

  /**
   * @param places of the machine's tags
   */
  RegisterUnit(ModbusUnit unit, List<RegisterPlace> places) {
    this.unit = unit;
    this.places = List.copyOf(places);
    this.reads = new int[places.size()];
    this.coilCount =
        places.stream().filter(RegisterPlace::isCoil).mapToInt(this::end).max().orElse(0);
    int end = places.stream().filter(p -> !p.isCoil()).mapToInt(this::end).max().orElse(0);
    this.registers = new byte[2 * end];
  }

  /** Writes the value of the {@code index}-th place; its reads count from 0 again. */
  synchronized void write(int index, SampleValue value) {
    RegisterPlace place = places.get(index);
    byte[] bytes = RegisterCodec.encode(value, place.encoding(), unit.wordOrder());
    if (place.isCoil()) {
      coils.set(place.address(), bytes[1] != 0);
    } else {
      System.arraycopy(bytes, 0, registers, 2 * place.address(), bytes.length);
    }
    reads[index] = 0;
  }

  /** How often the whole value of that place was read since it was written. */
  synchronized int reads(int index) {
    return reads[index];
  }

  /** Whether the addresses exist. */
  boolean hasRegisters(int address, int quantity) {
    return address >= RegisterMap.FIRST_REGISTER && 2 * (address + quantity) <= registers.length;
  }

  /** Whether the addresses exist. */
  boolean hasCoils(int address, int quantity) {
    return address >= 0 && address + quantity <= coilCount;
  }

  /** The bytes of some registers, which exist. */
  synchronized byte[] readRegisters(int address, int quantity) {
    countReads(false, address, quantity);
    byte[] answer = new byte[2 * quantity];
    System.arraycopy(registers, 2 * address, answer, 0, answer.length);
    return answer;
  }

  /** Some coils, which exist, packed from the lowest bit. */
  synchronized byte[] readCoils(int address, int quantity) {
    countReads(true, address, quantity);
    byte[] answer = new byte[(quantity + 7) / 8];
    for (int i = 0; i < quantity; i++) {
      if (coils.get(address + i)) {
        answer[i / 8] |= (byte) (1 << (i % 8));
      }
    }
    return answer;
  }

  private void countReads(boolean ofCoils, int address, int quantity) {
    for (int i = 0; i < reads.length; i++) {
      RegisterPlace place = places.get(i);
      if (place.isCoil() == ofCoils
          && place.address() >= address
          && end(place) <= address + quantity) {
        reads[i]++;
      }
    }
  }

  private int end(RegisterPlace place) {
    return place.address() + place.encoding().registers();
  }
}
