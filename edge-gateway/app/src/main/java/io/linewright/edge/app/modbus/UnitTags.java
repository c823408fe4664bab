package io.linewright.edge.app.modbus;

import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.ReadBlock;
import io.linewright.edge.modbus.ReadPlanner;
import io.linewright.edge.modbus.ReadPlanner.Slot;
import io.linewright.edge.modbus.RegisterDecoder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tags of one unit: which registers they need, and what changed in them. */
final class UnitTags {

  /** Registers read in vain rather than asking once more: an answer costs more than 32 bytes. */
  private static final int REGISTER_GAP = 16;

  private static final int BIT_GAP = 128;

  private final List<TagChannel> tags;
  private final long[] lastBits;
  private final boolean[] seen;
  private final Set<Integer> refused = new HashSet<>();

  UnitTags(List<TagChannel> tags) {
    this.tags = List.copyOf(tags);
    this.lastBits = new long[tags.size()];
    this.seen = new boolean[tags.size()];
  }

  /** Reads for all tags, also those that were refused before. */
  List<ReadBlock> plan() {
    refused.clear();
    List<Slot> slots = new ArrayList<>(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      slots.add(new Slot(i, (ModbusRegister) tags.get(i).settings().address()));
    }
    return ReadPlanner.plan(slots, REGISTER_GAP, BIT_GAP);
  }

  /** Hands on the values of an answer that are new, changed, or good again. */
  void deliver(ReadBlock block, byte[] data) throws InterruptedException {
    for (Slot slot : block.slots()) {
      ModbusRegister register = slot.register();
      int offset = register.address() - block.start();
      long bits =
          block.ofBits()
              ? RegisterDecoder.bit(data, offset)
              : RegisterDecoder.bits(data, offset, register.encoding(), register.wordOrder());
      TagChannel tag = tags.get(slot.index());
      if (!seen[slot.index()] || lastBits[slot.index()] != bits || tag.marked()) {
        seen[slot.index()] = true;
        lastBits[slot.index()] = bits;
        deliver(tag, register, bits);
      }
    }
  }

  private static void deliver(TagChannel tag, ModbusRegister register, long bits)
      throws InterruptedException {
    long now = tag.presentMicros();
    DataType declared = tag.settings().description().type();
    Optional<SampleValue> value = RegisterDecoder.value(bits, register.encoding(), declared);
    if (value.isEmpty()) {
      tag.setAside(
          StatusCode.BAD_TYPE_MISMATCH,
          now,
          Long.toUnsignedString(bits) + " exceeds the type integer; declare double instead");
    } else if (tag.wireType() == DataType.STRING) {
      tag.deliver(text(value.get()), StatusCode.GOOD, now); // before a state map
    } else {
      tag.deliver(value.get(), StatusCode.GOOD, now);
    }
  }

  private static SampleValue text(SampleValue value) {
    return switch (value) {
      case SampleValue.IntegerValue number -> SampleValue.of(Long.toString(number.value()));
      case SampleValue.BooleanValue truth -> SampleValue.of(Boolean.toString(truth.value()));
      case SampleValue.DoubleValue number -> SampleValue.of(Double.toString(number.value()));
      default -> value;
    };
  }

  /** Makes the tags of a block Bad. */
  void mark(ReadBlock block, StatusCode status) throws InterruptedException {
    for (Slot slot : block.slots()) {
      tags.get(slot.index()).mark(status);
    }
  }

  /** Makes all tags Bad that are not refused. */
  void markAll(StatusCode status) throws InterruptedException {
    for (int i = 0; i < tags.size(); i++) {
      if (!refused.contains(i)) {
        tags.get(i).mark(status);
      }
    }
  }

  /** Makes the only tag of a block Bad until the next plan. */
  void refuse(ReadBlock block, StatusCode status) throws InterruptedException {
    mark(block, status);
    block.slots().forEach(slot -> refused.add(slot.index()));
  }

  /** Paths and names of a block's tags, for a message. */
  String names(ReadBlock block) {
    return tags.get(block.slots().getFirst().index()).key()
        + (block.slots().size() > 1 ? " and " + (block.slots().size() - 1) + " more" : "");
  }
}
