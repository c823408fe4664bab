package io.linewright.edge.modbus.poll;

import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.modbus.ExceptionCodes;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reads of one unit, and what was learned of them: a refused read is halved until the refused
 * value is alone. That value is left out of the plan and asked for by itself, first after a second,
 * then with doubled pauses up to a minute. If all parts can be read but not the whole, the seam
 * between them is learned and forgotten after five minutes. One thread, fed with its clock.
 */
public final class ReadPlan {

  /** Tries of a read in one cycle while the device asks for patience. */
  static final int PATIENT_TRIES = 4;

  private static final long FIRST_PATIENCE = Duration.ofMillis(10).toNanos();
  private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_RETRY = Duration.ofSeconds(60).toNanos();
  private static final long SEAM_LIFE = Duration.ofMinutes(5).toNanos();

  /** Refused values that are tried again in one cycle: they must not crowd out the others. */
  private static final int PROBES_PER_CYCLE = 4;

  private record Refusal(int failures, long retryAt) {}

  private record Seam(Table table, int address, long until) {}

  private final List<Slot> slots;
  private final Limits limits;
  private final Obstacles given;
  private final Map<Slot, Refusal> refused = new LinkedHashMap<>();
  private final List<Seam> seams = new ArrayList<>();
  private final Map<ReadBlock, Search> searches = new HashMap<>();
  private final Map<ReadBlock, Integer> tries = new HashMap<>();
  private List<ReadBlock> blocks;
  private boolean outdated;

  /**
   * @param slots the values of the unit
   * @param given obstacles that the gateway file declares
   * @throws IllegalArgumentException if a value lies on a forbidden address
   */
  public ReadPlan(List<Slot> slots, Limits limits, Obstacles given) {
    this.slots = List.copyOf(slots);
    this.limits = limits;
    this.given = given;
    this.blocks = ReadPlanner.plan(slots, limits, given);
  }

  /** Begins a cycle: the reads to make in it. */
  public List<ReadBlock> cycle(long nanoTime) {
    tries.clear();
    outdated |= seams.removeIf(seam -> nanoTime - seam.until() >= 0);
    if (outdated && searches.isEmpty()) {
      blocks = replan();
      outdated = false;
    }
    List<ReadBlock> reads = new ArrayList<>(blocks);
    refused.forEach(
        (slot, refusal) -> {
          if (nanoTime - refusal.retryAt() >= 0
              && reads.size() < blocks.size() + PROBES_PER_CYCLE) {
            reads.add(ReadBlock.of(slot));
          }
        });
    return reads;
  }

  private List<ReadBlock> replan() {
    List<Slot> live = slots.stream().filter(slot -> !refused.containsKey(slot)).toList();
    Obstacles obstacles = given.copy();
    refused
        .keySet()
        .forEach(s -> obstacles.forbid(s.register().table(), s.register().address(), s.end()));
    live.forEach(slot -> obstacles.allow(slot.register()));
    seams.forEach(seam -> obstacles.seam(seam.table(), seam.address()));
    return ReadPlanner.plan(live, limits, obstacles);
  }

  /** Whether a value is refused at present. */
  public boolean isRefused(Slot slot) {
    return refused.containsKey(slot);
  }

  /** The device answered the read. */
  public void answered(ReadBlock block, long nanoTime) {
    if (block.slots().size() == 1 && refused.remove(block.slots().getFirst()) != null) {
      outdated = true;
    }
    finish(block, false, nanoTime);
  }

  /**
   * The device answered the read with an exception.
   *
   * @param code exception code
   */
  public Verdict refused(ReadBlock block, int code, long nanoTime) {
    int failed = tries.merge(block, 1, Integer::sum);
    boolean single = block.slots().size() == 1;
    if (ExceptionCodes.asksForPatience(code)) {
      return failed < PATIENT_TRIES
          ? new Verdict.Again(block, FIRST_PATIENCE << failed - 1)
          : new Verdict.GiveUp(block);
    }
    if (single && refused.containsKey(block.slots().getFirst())) {
      return refuse(block, nanoTime);
    }
    // A fault that passes (a failing device, one bad message) must not cost a search.
    if (failed == 1 && (single || !ExceptionCodes.isAboutTheRequest(code))) {
      return new Verdict.Again(block, 0);
    }
    return single ? refuse(block, nanoTime) : split(block);
  }

  private Verdict split(ReadBlock block) {
    Search search = searches.remove(block);
    Search whole = search == null ? new Search(null) : search;
    List<ReadBlock> halves = block.halves();
    whole.open(halves.size());
    halves.forEach(half -> searches.put(half, new Search(whole)));
    List<ReadBlock> changed = new ArrayList<>(blocks);
    changed.remove(block);
    changed.addAll(halves);
    blocks = changed;
    return new Verdict.Split(halves);
  }

  private Verdict refuse(ReadBlock block, long nanoTime) {
    Slot slot = block.slots().getFirst();
    Refusal before = refused.get(slot);
    int failures = before == null ? 1 : before.failures() + 1;
    long pause = Math.min(FIRST_RETRY << Math.min(failures - 1, 10), LONGEST_RETRY);
    refused.put(slot, new Refusal(failures, nanoTime + pause));
    if (before == null) {
      List<ReadBlock> changed = new ArrayList<>(blocks);
      changed.remove(block);
      blocks = changed;
      outdated = true;
    }
    finish(block, true, nanoTime);
    return new Verdict.Refused(block);
  }

  /** A part of a search is known; all that is complete with it is closed. */
  private void finish(ReadBlock block, boolean culprit, long nanoTime) {
    Search part = searches.remove(block);
    if (part == null) {
      return;
    }
    int right = block.start();
    boolean found = culprit;
    for (Search whole = part.whole(); whole != null; whole = whole.whole()) {
      if (!whole.closePart(found, right)) {
        return;
      }
      if (!whole.found()) {
        seams.add(new Seam(block.table(), whole.rightmost(), nanoTime + SEAM_LIFE));
      }
      found = true;
      right = 0;
      outdated = true;
    }
  }
}
