package io.linewright.edge.modbus.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.value.Encoded;
import io.linewright.edge.modbus.write.WritePlanner.Item;
import io.linewright.edge.modbus.write.WritePlanner.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WritePlannerTest {

  private static final long SEED = 16;
  private static final int SIZE = 3000;

  @Test
  void oneValueTakesTheFunctionMadeForIt() {
    Set<Integer> usual = WritePlanner.DEFAULT_FUNCTIONS;
    assertThat(requests(List.of(coil(7, true)), usual))
        .containsExactly(new WriteRequest.SingleCoil(7, true));
    assertThat(requests(List.of(register(7, 0x12, 0x34)), usual))
        .containsExactly(new WriteRequest.SingleRegister(7, 0x1234));
    assertThat(requests(List.of(register(7, 1, 2, 3, 4)), usual))
        .singleElement()
        .isInstanceOf(WriteRequest.Registers.class);
    assertThat(requests(List.of(bit(7, 4, true)), usual))
        .containsExactly(new WriteRequest.Mask(7, 0xFFEF, 0x0010));
    assertThat(requests(List.of(bit(7, 4, false)), usual))
        .containsExactly(new WriteRequest.Mask(7, 0xFFEF, 0));
  }

  @Test
  void functionsThatTheDeviceLacksAreReplaced() {
    assertThat(requests(List.of(coil(7, true)), Set.of(15)))
        .singleElement()
        .isInstanceOfSatisfying(
            WriteRequest.Coils.class, coils -> assertThat(coils.packed()).containsExactly(1));
    assertThat(requests(List.of(coil(7, true), coil(8, false)), Set.of(5)))
        .containsExactly(
            new WriteRequest.SingleCoil(7, true), new WriteRequest.SingleCoil(8, false));
    assertThat(requests(List.of(register(7, 1, 2)), Set.of(16)))
        .singleElement()
        .isInstanceOf(WriteRequest.Registers.class);
    assertThat(requests(List.of(register(8, 1, 2), register(7, 3, 4)), Set.of(6)))
        .containsExactly(
            new WriteRequest.SingleRegister(7, 0x0304), new WriteRequest.SingleRegister(8, 0x0102));
    assertThat(requests(List.of(register(7, 1, 2)), WritePlanner.FUNCTIONS))
        .singleElement()
        .isInstanceOf(WriteRequest.WriteThenRead.class);
  }

  @Test
  void whatTheDeviceCannotDoWholeIsRefused() {
    assertThat(refusal(List.of(register(7, 1, 2, 3, 4)), Set.of(5, 6))).contains("function 16");
    assertThat(refusal(List.of(bit(7, 4, true)), Set.of(6, 16))).contains("function 22");
    assertThat(refusal(List.of(coil(7, true)), Set.of(6))).contains("5 and 15");
  }

  @Test
  void readOnlyTablesAndClashesAreRefused() {
    var input = new ModbusRegister(Table.INPUT, 1, Encoding.UINT16, WordOrder.ABCD);
    assertThat(refusal(List.of(new Item(input, new Encoded.Registers(new byte[2])))))
        .contains("only be read");
    assertThat(refusal(List.of(register(7, 1, 2, 3, 4), register(8, 1, 2))))
        .contains("two values are written to address 8");
    assertThat(refusal(List.of(coil(7, true), coil(7, false)))).contains("address 7");
    assertThat(refusal(List.of(bit(7, 1, true), bit(7, 1, true)))).contains("address 7");
    assertThat(refusal(List.of(bit(7, 1, true), register(7, 1, 2)))).contains("address 7");
    assertThat(refusal(List.of(register(7, 1, 2), bit(7, 1, true)))).contains("address 7");
    assertThat(
            refusal(
                List.of(
                    new Item(place(Table.HOLDING, 1, Encoding.UINT16), new Encoded.Refused("no")))))
        .isEqualTo("no");
  }

  @Test
  void bitsOfOneRegisterShareOneMask() {
    assertThat(requests(List.of(bit(7, 0, true), bit(7, 15, false)), Set.of(22)))
        .containsExactly(new WriteRequest.Mask(7, 0x7FFE, 1));
  }

  /** Applied to a model of the device, every plan does what the values say, and nothing else. */
  @Test
  void generatedPlansWriteTheirValuesOnly() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      List<Item> items = items(random);
      Set<Integer> functions =
          random.nextBoolean() ? WritePlanner.FUNCTIONS : WritePlanner.DEFAULT_FUNCTIONS;
      byte[] registers = new byte[2 * SIZE];
      boolean[] coils = new boolean[SIZE];
      random.nextBytes(registers);
      byte[] wantedRegisters = registers.clone();
      boolean[] wantedCoils = coils.clone();
      items.forEach(item -> set(item, wantedRegisters, wantedCoils));

      for (WriteRequest request : requests(items, functions)) {
        apply(request, registers, coils);
      }
      assertThat(registers).as("seed %d round %d", SEED, round).isEqualTo(wantedRegisters);
      assertThat(coils).as("seed %d round %d", SEED, round).isEqualTo(wantedCoils);
    }
  }

  private static List<Item> items(Random random) {
    List<Item> items = new ArrayList<>();
    int coil = random.nextInt(10);
    for (int i = random.nextInt(40); i > 0; i--) {
      items.add(coil(coil, random.nextBoolean()));
      coil += random.nextInt(10) == 0 ? 5 : 1;
    }
    int address = random.nextInt(10);
    for (int i = random.nextInt(120); i > 0 && address < SIZE - 20; i--) {
      Encoding encoding =
          new Encoding[] {Encoding.UINT16, Encoding.FLOAT32, Encoding.INT64}[random.nextInt(3)];
      byte[] wire = new byte[2 * encoding.registers()];
      random.nextBytes(wire);
      if (random.nextInt(6) == 0) {
        items.add(bit(address, random.nextInt(16), random.nextBoolean()));
        address++;
      } else {
        items.add(new Item(place(Table.HOLDING, address, encoding), new Encoded.Registers(wire)));
        address += encoding.registers();
      }
      address += random.nextInt(10) == 0 ? 3 : 0;
    }
    Collections.shuffle(items, random);
    return items;
  }

  private static void set(Item item, byte[] registers, boolean[] coils) {
    int at = item.place().address();
    switch (item.value()) {
      case Encoded.Coil coil -> coils[at] = coil.on();
      case Encoded.Registers whole ->
          System.arraycopy(whole.wire(), 0, registers, 2 * at, whole.wire().length);
      case Encoded.Bit bit -> {
        int old = register(registers, at);
        put(registers, at, bit.on() ? old | bit.mask() : old & ~bit.mask());
      }
      case Encoded.Refused refused -> throw new AssertionError(refused);
    }
  }

  /** A device as the standard describes it, clauses 6.5, 6.6, 6.11, 6.12, 6.16 and 6.17. */
  private static void apply(WriteRequest request, byte[] registers, boolean[] coils) {
    int at = request.address();
    switch (request) {
      case WriteRequest.SingleCoil coil -> coils[at] = coil.on();
      case WriteRequest.SingleRegister single -> put(registers, at, single.value());
      case WriteRequest.Coils many -> {
        assertThat(many.count()).isBetween(1, WritePlanner.MAX_COILS);
        for (int i = 0; i < many.count(); i++) {
          coils[at + i] = (many.packed()[i / 8] >> i % 8 & 1) != 0;
        }
      }
      case WriteRequest.Registers many -> {
        assertThat(many.wire().length / 2).isBetween(1, WritePlanner.MAX_REGISTERS);
        System.arraycopy(many.wire(), 0, registers, 2 * at, many.wire().length);
      }
      case WriteRequest.Mask mask ->
          put(registers, at, register(registers, at) & mask.and() | mask.or() & ~mask.and());
      case WriteRequest.WriteThenRead many -> {
        assertThat(many.wire().length / 2).isBetween(1, WritePlanner.MAX_REGISTERS_WITH_READ);
        System.arraycopy(many.wire(), 0, registers, 2 * at, many.wire().length);
      }
    }
  }

  private static int register(byte[] registers, int at) {
    return (registers[2 * at] & 0xFF) << 8 | registers[2 * at + 1] & 0xFF;
  }

  private static void put(byte[] registers, int at, int value) {
    registers[2 * at] = (byte) (value >> 8);
    registers[2 * at + 1] = (byte) value;
  }

  private static List<WriteRequest> requests(List<Item> items, Set<Integer> functions) {
    Plan plan = WritePlanner.plan(items, functions);
    assertThat(plan).isInstanceOf(Plan.Requests.class);
    return ((Plan.Requests) plan).requests();
  }

  private static String refusal(List<Item> items) {
    return refusal(items, WritePlanner.DEFAULT_FUNCTIONS);
  }

  private static String refusal(List<Item> items, Set<Integer> functions) {
    Plan plan = WritePlanner.plan(items, functions);
    assertThat(plan).isInstanceOf(Plan.Refused.class);
    return ((Plan.Refused) plan).reason();
  }

  private static Item coil(int address, boolean on) {
    return new Item(place(Table.COIL, address, Encoding.BOOL), new Encoded.Coil(on));
  }

  private static Item bit(int address, int bit, boolean on) {
    return new Item(place(Table.HOLDING, address, Encoding.BOOL), new Encoded.Bit(1 << bit, on));
  }

  private static Item register(int address, int... bytes) {
    byte[] wire = new byte[bytes.length];
    for (int i = 0; i < wire.length; i++) {
      wire[i] = (byte) bytes[i];
    }
    Encoding encoding = wire.length == 2 ? Encoding.UINT16 : Encoding.UINT32;
    return new Item(place(Table.HOLDING, address, encoding), new Encoded.Registers(wire));
  }

  private static ModbusRegister place(Table table, int address, Encoding encoding) {
    return new ModbusRegister(table, address, encoding, WordOrder.ABCD);
  }
}
