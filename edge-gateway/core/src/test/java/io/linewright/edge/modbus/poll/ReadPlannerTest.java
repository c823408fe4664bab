package io.linewright.edge.modbus.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadPlannerTest {

  private static final long SEED = 20261120;
  private static final Obstacles NONE = new Obstacles();

  @Test
  void neighboursShareOneRead() {
    List<ReadBlock> plan = ReadPlanner.plan(holding(100, 101, 102), gaps(0, 0), NONE);

    assertThat(plan).hasSize(1);
    assertThat(plan.getFirst().start()).isEqualTo(100);
    assertThat(plan.getFirst().count()).isEqualTo(3);
  }

  @Test
  void gapIsReadInVainUpToTheLimitOnly() {
    assertThat(ReadPlanner.plan(holding(100, 105), gaps(4, 0), NONE)).hasSize(1);
    assertThat(ReadPlanner.plan(holding(100, 106), gaps(4, 0), NONE)).hasSize(2);
  }

  @Test
  void forbiddenGapIsNeverRead() {
    Obstacles obstacles = new Obstacles();
    obstacles.forbid(Table.HOLDING, 103, 104);
    assertThat(ReadPlanner.plan(holding(100, 102, 104), gaps(9, 9), obstacles))
        .extracting(ReadBlock::start)
        .containsExactly(100, 104);
    obstacles.forbid(Table.INPUT, 101, 102);
    assertThat(ReadPlanner.plan(holding(100, 102), gaps(9, 9), obstacles)).hasSize(1);
  }

  @Test
  void seamPartsNeighbours() {
    Obstacles obstacles = new Obstacles();
    obstacles.seam(Table.HOLDING, 102);
    assertThat(ReadPlanner.plan(holding(100, 101, 102, 103), gaps(0, 0), obstacles))
        .extracting(ReadBlock::start)
        .containsExactly(100, 102);
  }

  @Test
  void valueOnAForbiddenAddressIsRefused() {
    Obstacles obstacles = new Obstacles();
    obstacles.forbid(Table.HOLDING, 100, 101);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPlanner.plan(holding(100), Limits.DEFAULT, obstacles))
        .withMessageContaining("no read may hold");
    Slot text =
        new Slot(
            0,
            new ModbusRegister(
                Table.HOLDING,
                0,
                Encoding.STRING,
                WordOrder.ABCD,
                RegisterForm.text(22, Padding.NUL)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPlanner.plan(List.of(text), new Limits(10, 10, 0, 0), NONE));
  }

  @Test
  void valueAtTheLimitOf125RegistersIsNotSplit() {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      slots.add(slot(i, Table.HOLDING, 4 * i, Encoding.FLOAT64));
    }
    assertThat(ReadPlanner.plan(slots, Limits.DEFAULT, NONE))
        .extracting(ReadBlock::count)
        .containsExactly(124, 36);
  }

  @Test
  void tablesAreReadApart() {
    List<Slot> slots =
        List.of(
            slot(0, Table.HOLDING, 1, Encoding.INT16),
            slot(1, Table.INPUT, 2, Encoding.INT16),
            slot(2, Table.COIL, 3, Encoding.BOOL),
            slot(3, Table.DISCRETE, 4, Encoding.BOOL));
    assertThat(ReadPlanner.plan(slots, Limits.DEFAULT, NONE)).hasSize(4);
  }

  @Test
  void coilsShareReadsOfUpTo2000() {
    List<Slot> coils =
        IntStream.range(0, 2001).mapToObj(i -> slot(i, Table.COIL, i, Encoding.BOOL)).toList();
    assertThat(ReadPlanner.plan(coils, Limits.DEFAULT, NONE))
        .extracting(ReadBlock::count)
        .containsExactly(2000, 1);
  }

  @Test
  void noValuesNeedNoRead() {
    assertThat(ReadPlanner.plan(List.of(), Limits.DEFAULT, NONE)).isEmpty();
  }

  @Test
  void halvesLeaveTheGapAtTheSeamOut() {
    ReadBlock block = ReadPlanner.plan(holding(10, 20), gaps(20, 0), NONE).getFirst();

    assertThat(block.halves()).extracting(ReadBlock::start).containsExactly(10, 20);
    assertThat(block.halves()).extracting(ReadBlock::count).containsExactly(1, 1);
    assertThatIllegalStateException().isThrownBy(() -> block.halves().getFirst().halves());
  }

  @Test
  void everyPlanCoversEveryValueOnceWithinTheLimitsWithTheFewestReads() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      Obstacles obstacles = obstacles(random);
      List<Slot> slots =
          slots(random).stream().filter(slot -> !obstacles.touches(slot.register())).toList();
      Limits limits =
          new Limits(
              random.nextInt(8, 126),
              random.nextInt(1, 2001),
              random.nextInt(40),
              random.nextInt(300));
      List<ReadBlock> plan = ReadPlanner.plan(slots, limits, obstacles);

      assertThat(plan.stream().flatMap(b -> b.slots().stream()))
          .as("seed %d round %d", SEED, round)
          .containsExactlyInAnyOrderElementsOf(slots);
      plan.forEach(block -> assertSound(block, limits, obstacles));
      for (Table table : Table.values()) {
        assertThat(plan.stream().filter(block -> block.table() == table).count())
            .as("seed %d round %d %s", SEED, round, table)
            .isEqualTo(fewest(slots, table, limits, obstacles));
      }
    }
  }

  private static void assertSound(ReadBlock block, Limits limits, Obstacles obstacles) {
    assertThat(block.count()).isBetween(1, block.ofBits() ? limits.bits() : limits.registers());
    int end = block.start();
    for (Slot slot : block.slots()) {
      assertThat(slot.register().table()).isEqualTo(block.table());
      assertThat(slot.register().address()).isGreaterThanOrEqualTo(block.start());
      assertThat(slot.end()).isLessThanOrEqualTo(block.start() + block.count());
      assertThat(slot.register().address() - end)
          .isLessThanOrEqualTo(block.ofBits() ? limits.bitGap() : limits.registerGap());
      end = Math.max(end, slot.end());
    }
    assertThat(end).isEqualTo(block.start() + block.count());
    assertThat(readable(block.table(), block.start(), end, obstacles)).isTrue();
  }

  /** Whether no address of a read is forbidden, asked address by address. */
  private static boolean readable(Table table, int start, int end, Obstacles obstacles) {
    for (int a = start; a < end; a++) {
      if (obstacles.touches(new ModbusRegister(table, a, Encoding.BOOL, WordOrder.ABCD))) {
        return false;
      }
    }
    return true;
  }

  /** The optimum over all cuts of the sorted values, by dynamic programming. */
  private static long fewest(List<Slot> all, Table table, Limits limits, Obstacles obstacles) {
    List<Slot> sorted =
        all.stream()
            .filter(slot -> slot.register().table() == table)
            .sorted(
                Comparator.<Slot>comparingInt(slot -> slot.register().address())
                    .thenComparingInt(slot -> slot.register().registers()))
            .toList();
    boolean bits = table == Table.COIL || table == Table.DISCRETE;
    int most = bits ? limits.bits() : limits.registers();
    int gap = bits ? limits.bitGap() : limits.registerGap();
    long[] best = new long[sorted.size() + 1];
    for (int to = 1; to <= sorted.size(); to++) {
      best[to] = Long.MAX_VALUE;
      for (int from = to - 1; from >= 0; from--) {
        int start = sorted.get(from).register().address();
        int end = start;
        boolean allowed = true;
        for (int i = from; i < to && allowed; i++) {
          allowed = sorted.get(i).register().address() - end <= gap;
          end = Math.max(end, sorted.get(i).end());
        }
        allowed &= end - start <= most && readable(table, start, end, obstacles);
        if (allowed) {
          best[to] = Math.min(best[to], best[from] + 1);
        } else if (sorted.get(to - 1).register().address() - start > most) {
          break;
        }
      }
    }
    return best[sorted.size()];
  }

  private static Obstacles obstacles(Random random) {
    Obstacles obstacles = new Obstacles();
    for (int i = random.nextInt(12); i > 0; i--) {
      int from = random.nextInt(400);
      obstacles.forbid(Table.values()[random.nextInt(4)], from, from + 1 + random.nextInt(10));
    }
    return obstacles;
  }

  private static List<Slot> slots(Random random) {
    List<Slot> slots = new ArrayList<>();
    int count = random.nextInt(60);
    int spread = 1 + random.nextInt(600);
    for (int i = 0; i < count; i++) {
      Table table = Table.values()[random.nextInt(4)];
      boolean bits = table == Table.COIL || table == Table.DISCRETE;
      Encoding encoding =
          bits ? Encoding.BOOL : Encoding.values()[random.nextInt(Encoding.values().length)];
      RegisterForm form =
          encoding == Encoding.STRING
              ? RegisterForm.text(1 + random.nextInt(16), Padding.NUL)
              : RegisterForm.PLAIN;
      slots.add(
          new Slot(
              i,
              new ModbusRegister(table, random.nextInt(spread), encoding, WordOrder.ABCD, form)));
    }
    return slots;
  }

  private static Limits gaps(int registerGap, int bitGap) {
    return new Limits(Limits.MAX_REGISTERS, Limits.MAX_BITS, registerGap, bitGap);
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
