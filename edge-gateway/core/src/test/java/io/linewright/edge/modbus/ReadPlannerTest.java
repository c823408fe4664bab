package io.linewright.edge.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.ReadPlanner.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadPlannerTest {

  private static final long SEED = 20261120;

  @Test
  void neighboursShareOneRead() {
    List<ReadBlock> plan = ReadPlanner.plan(holding(100, 101, 102), 0, 0);

    assertThat(plan).hasSize(1);
    assertThat(plan.getFirst().start()).isEqualTo(100);
    assertThat(plan.getFirst().count()).isEqualTo(3);
  }

  @Test
  void gapIsReadInVainUpToTheLimitOnly() {
    assertThat(ReadPlanner.plan(holding(100, 105), 4, 0)).hasSize(1);
    assertThat(ReadPlanner.plan(holding(100, 106), 4, 0)).hasSize(2);
  }

  @Test
  void valueAtTheLimitOf125RegistersIsNotSplit() {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      slots.add(slot(i, Table.HOLDING, 4 * i, Encoding.FLOAT64));
    }
    assertThat(ReadPlanner.plan(slots, 0, 0)).extracting(ReadBlock::count).containsExactly(124, 36);
  }

  @Test
  void tablesAreReadApart() {
    List<Slot> slots =
        List.of(
            slot(0, Table.HOLDING, 1, Encoding.INT16),
            slot(1, Table.INPUT, 2, Encoding.INT16),
            slot(2, Table.COIL, 3, Encoding.BOOL),
            slot(3, Table.DISCRETE, 4, Encoding.BOOL));
    assertThat(ReadPlanner.plan(slots, 100, 100)).hasSize(4);
  }

  @Test
  void coilsShareReadsOfUpTo2000() {
    List<Slot> coils =
        IntStream.range(0, 2001).mapToObj(i -> slot(i, Table.COIL, i, Encoding.BOOL)).toList();
    assertThat(ReadPlanner.plan(coils, 0, 0)).extracting(ReadBlock::count).containsExactly(2000, 1);
  }

  @Test
  void noValuesNeedNoRead() {
    assertThat(ReadPlanner.plan(List.of(), 0, 0)).isEmpty();
  }

  @Test
  void halvesLeaveTheGapAtTheSeamOut() {
    ReadBlock block = ReadPlanner.plan(holding(10, 20), 20, 0).getFirst();

    assertThat(block.halves()).extracting(ReadBlock::start).containsExactly(10, 20);
    assertThat(block.halves()).extracting(ReadBlock::count).containsExactly(1, 1);
    assertThatIllegalStateException().isThrownBy(() -> block.halves().getFirst().halves());
  }

  @Test
  void everyPlanCoversEveryValueOnceWithinTheLimits() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      List<Slot> slots = slots(random);
      int gap = random.nextInt(40);
      int bitGap = random.nextInt(300);
      List<ReadBlock> plan = ReadPlanner.plan(slots, gap, bitGap);

      assertThat(plan.stream().flatMap(b -> b.slots().stream()))
          .as("seed %d round %d", SEED, round)
          .containsExactlyInAnyOrderElementsOf(slots);
      plan.forEach(block -> assertSound(block, block.ofBits() ? bitGap : gap));
      plan.stream()
          .filter(b -> b.slots().size() > 1)
          .forEach(b -> b.halves().forEach(half -> assertSound(half, Integer.MAX_VALUE)));
    }
  }

  private static void assertSound(ReadBlock block, int gap) {
    assertThat(block.count()).isBetween(1, block.ofBits() ? 2000 : 125);
    int end = block.start();
    for (Slot slot : block.slots()) {
      assertThat(slot.register().table()).isEqualTo(block.table());
      assertThat(slot.register().address()).isGreaterThanOrEqualTo(block.start());
      assertThat(slot.end()).isLessThanOrEqualTo(block.start() + block.count());
      assertThat(slot.register().address() - end).isLessThanOrEqualTo(gap);
      end = Math.max(end, slot.end());
    }
    assertThat(end).isEqualTo(block.start() + block.count());
  }

  private static List<Slot> slots(Random random) {
    List<Slot> slots = new ArrayList<>();
    int count = random.nextInt(200);
    int spread = 1 + random.nextInt(3000);
    for (int i = 0; i < count; i++) {
      Table table = Table.values()[random.nextInt(4)];
      boolean bits = table == Table.COIL || table == Table.DISCRETE;
      Encoding encoding =
          bits ? Encoding.BOOL : Encoding.values()[random.nextInt(Encoding.values().length)];
      slots.add(slot(i, table, random.nextInt(spread), encoding));
    }
    return slots;
  }

  private static List<Slot> holding(int... addresses) {
    return IntStream.range(0, addresses.length)
        .mapToObj(i -> slot(i, Table.HOLDING, addresses[i], Encoding.UINT16))
        .toList();
  }

  private static Slot slot(int index, Table table, int address, Encoding encoding) {
    return new Slot(index, new ModbusRegister(table, address, encoding, WordOrder.ABCD));
  }
}
