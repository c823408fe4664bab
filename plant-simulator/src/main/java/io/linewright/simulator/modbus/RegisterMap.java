package io.linewright.simulator.modbus;

import io.linewright.simulator.tag.PlantTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Assigns registers: per machine without gaps, coils from 0, holding registers from 100. */
public final class RegisterMap {

  /** First holding register of every unit. */
  public static final int FIRST_REGISTER = 100;

  private RegisterMap() {}

  /** The places of all tags of machines on Modbus, in the order of the tags. */
  public static List<RegisterPlace> assign(List<PlantTag> tags) {
    List<RegisterPlace> places = new ArrayList<>();
    Map<String, Integer> nextCoil = new HashMap<>();
    Map<String, Integer> nextRegister = new HashMap<>();
    for (PlantTag tag : tags) {
      if (tag.machine().modbus().isPresent()) {
        RegisterPlace.Encoding encoding = encoding(tag);
        boolean coil = encoding == RegisterPlace.Encoding.BOOL;
        Map<String, Integer> next = coil ? nextCoil : nextRegister;
        int address = next.getOrDefault(tag.machine().name(), coil ? 0 : FIRST_REGISTER);
        next.put(tag.machine().name(), address + encoding.registers());
        places.add(new RegisterPlace(tag, encoding, address));
      }
    }
    return places;
  }

  private static RegisterPlace.Encoding encoding(PlantTag tag) {
    return switch (tag.description().type()) {
      case BOOLEAN -> RegisterPlace.Encoding.BOOL;
      case DOUBLE -> RegisterPlace.Encoding.FLOAT32;
      case INTEGER ->
          switch (tag.role()) {
            case GOOD_COUNT, REJECT_COUNT -> RegisterPlace.Encoding.UINT32;
            default -> RegisterPlace.Encoding.UINT16;
          };
      case STRING, BYTES ->
          throw new IllegalArgumentException("no registers for " + tag.description().key());
    };
  }
}
