package io.linewright.edge.modbus.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  private static final long SEED = 42;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Addresses that the device refuses, whatever else is asked with them. */
  private final BitSet bad = new BitSet();

  private int code = 2;
  private final Set<Integer> read = new TreeSet<>();
  private final Set<Integer> refused = new TreeSet<>();
  private final Set<Integer> givenUp = new TreeSet<>();
  private int requests;

  /** Runs one cycle against the device; queues as the poller does. */
  private void cycle(ReadPlan plan, long now) {
    read.clear();
    givenUp.clear();
    requests = 0;
    Deque<ReadBlock> pending = new ArrayDeque<>(plan.cycle(now));
    while (!pending.isEmpty()) {
      ReadBlock block = pending.poll();
      requests++;
      assertThat(requests).isLessThan(10_000);
      int next = bad.nextSetBit(block.start());
      if (next < 0 || next >= block.start() + block.count()) {
        plan.answered(block, now);
        block.slots().forEach(slot -> read.add(slot.index()));
        block.slots().forEach(slot -> refused.remove(slot.index()));
        continue;
      }
      switch (plan.refused(block, code, now)) {
        case Verdict.Again again -> pending.addLast(again.block());
        case Verdict.Split split -> pending.addAll(split.halves());
        case Verdict.GiveUp up -> up.block().slots().forEach(slot -> givenUp.add(slot.index()));
        case Verdict.Refused alone ->
            alone.block().slots().forEach(slot -> refused.add(slot.index()));
      }
    }
  }

  @Test
  void onlyTheBadAddressIsFoundAndLeftOut() {
    ReadPlan plan = plan(words(100));
    bad.set(37);

    cycle(plan, 0);
    assertThat(refused).containsExactly(37);
    assertThat(read).hasSize(99);
    assertThat(plan.isRefused(words(100).get(37))).isTrue();

    cycle(plan, 1);
    assertThat(read).hasSize(99).doesNotContain(37);
    assertThat(requests).isEqualTo(2); // before and behind the bad address
  }

  @Test
  void refusedValueIsTriedAgainWithGrowingPausesAndComesBack() {
    ReadPlan plan = plan(words(10));
    bad.set(4);
    cycle(plan, 0);
    List<Long> tried = new ArrayList<>();
    for (long now = SECOND / 2; now < 400 * SECOND; now += SECOND / 2) {
      cycle(plan, now);
      if (requests > 2) {
        tried.add(now / SECOND);
      }
    }
    assertThat(tried).startsWith(1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);

    bad.clear();
    cycle(plan, 1000 * SECOND);
    assertThat(refused).isEmpty();
    cycle(plan, 1001 * SECOND);
    assertThat(read).hasSize(10);
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void badAddressInAGapIsReadAroundFromThenOn() {
    ReadPlan plan = plan(List.of(word(0, 10), word(1, 12), word(2, 20), word(3, 22)));
    bad.set(15);

    cycle(plan, 0);
    assertThat(read).containsExactly(0, 1, 2, 3);
    assertThat(refused).isEmpty();
    cycle(plan, SECOND);
    assertThat(requests).isEqualTo(2);
    assertThat(read).containsExactly(0, 1, 2, 3);

    bad.clear();
    cycle(plan, Duration.ofMinutes(6).toNanos());
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void faultThatPassesCostsOneMoreRead() {
    ReadPlan plan = plan(words(50));
    ReadBlock block = plan.cycle(0).getFirst();

    assertThat(plan.refused(block, 4, 0)).isEqualTo(new Verdict.Again(block, 0));
    plan.answered(block, 0);
    assertThat(plan.cycle(1)).containsExactly(block);
    assertThat(plan.refused(block, 4, 1)).isEqualTo(new Verdict.Again(block, 0));
    assertThat(plan.refused(block, 4, 1)).isInstanceOf(Verdict.Split.class);
  }

  @Test
  void busyDeviceIsAskedAgainWithGrowingPausesAndThenLeftForThisCycle() {
    ReadPlan plan = plan(words(50));
    ReadBlock block = plan.cycle(0).getFirst();
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Verdict verdict = plan.refused(block, 6, 0);
      assertThat(verdict).isInstanceOf(Verdict.Again.class);
      pauses.add(Duration.ofNanos(((Verdict.Again) verdict).delayNanos()).toMillis());
    }
    assertThat(pauses).containsExactly(10L, 20L, 40L);
    assertThat(plan.refused(block, 5, 0)).isEqualTo(new Verdict.GiveUp(block));
    assertThat(plan.cycle(1)).containsExactly(block);
    assertThat(plan.refused(block, 5, 1)).isInstanceOf(Verdict.Again.class);
  }

  @Test
  void searchThatIsCutByTheEndOfTheCycleGoesOnInTheNext() {
    ReadPlan plan = plan(words(8));
    bad.set(3);
    ReadBlock whole = plan.cycle(0).getFirst();
    assertThat(plan.refused(whole, 2, 0)).isInstanceOf(Verdict.Split.class);

    cycle(plan, SECOND);
    assertThat(refused).containsExactly(3);
    assertThat(read).hasSize(7);
  }

  @Test
  void bitsOfOneRegisterAreRefusedTogetherAndTheirNeighbourIsNot() {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slots.add(
          new Slot(
              i,
              new ModbusRegister(
                  Table.HOLDING,
                  5,
                  Encoding.BOOL,
                  WordOrder.ABCD,
                  io.linewright.edge.config.RegisterForm.ofBit(i))));
    }
    slots.add(word(4, 6));
    bad.set(5);
    ReadPlan plan = plan(slots);
    cycle(plan, 0);
    assertThat(refused).containsExactly(0, 1, 2, 3);
    assertThat(read).contains(4);
  }

  /** Whatever a device refuses: after some cycles exactly its tags are refused, for any code. */
  @Test
  void generatedDevicesAreSearchedToTheBottom() {
    Random random = new Random(SEED);
    for (int round = 0; round < 1_000; round++) {
      bad.clear();
      refused.clear();
      code = new int[] {1, 2, 3, 4, 8}[random.nextInt(5)];
      List<Slot> slots = slots(random);
      Set<Integer> expected =
          slots.stream()
              .filter(slot -> touchesBad(slot.register()))
              .map(Slot::index)
              .collect(Collectors.toCollection(TreeSet::new));
      ReadPlan plan = plan(slots);
      for (int i = 0; i < 3; i++) {
        cycle(plan, i);
      }
      assertThat(refused).as("seed %d round %d", SEED, round).isEqualTo(expected);
      assertThat(read).as("seed %d round %d", SEED, round).hasSize(slots.size() - expected.size());
      assertThat(givenUp).isEmpty();
      long settled = requests;
      cycle(plan, 4);
      assertThat(requests).as("no search is left").isLessThanOrEqualTo((int) settled);
    }
  }

  private boolean touchesBad(ModbusRegister register) {
    int next = bad.nextSetBit(register.address());
    return next >= 0 && next < register.end();
  }

  private List<Slot> slots(Random random) {
    for (int i = random.nextInt(6); i > 0; i--) {
      bad.set(random.nextInt(300));
    }
    List<Slot> slots = new ArrayList<>();
    int address = 0;
    for (int i = 0; i < random.nextInt(1, 80); i++) {
      Encoding encoding = random.nextBoolean() ? Encoding.UINT16 : Encoding.FLOAT64;
      slots.add(new Slot(i, new ModbusRegister(Table.HOLDING, address, encoding, WordOrder.ABCD)));
      address += encoding.registers() + (random.nextInt(5) == 0 ? random.nextInt(12) : 0);
    }
    return slots;
  }

  private static ReadPlan plan(List<Slot> slots) {
    return new ReadPlan(slots, Limits.DEFAULT, new Obstacles());
  }

  private static List<Slot> words(int count) {
    return IntStream.range(0, count).mapToObj(i -> word(i, i)).toList();
  }

  private static Slot word(int index, int address) {
    return new Slot(
        index, new ModbusRegister(Table.HOLDING, address, Encoding.UINT16, WordOrder.ABCD));
  }
}
