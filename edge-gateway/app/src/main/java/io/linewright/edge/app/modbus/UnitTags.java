package io.linewright.edge.app.modbus;

import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.poll.ReadPlan;
import io.linewright.edge.modbus.poll.ReadPlanner.Slot;
import io.linewright.edge.modbus.value.Decoded;
import io.linewright.edge.modbus.value.RegisterDecoder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags of one unit: where they lie, and what changed in them. */
final class UnitTags {

  private final List<TagChannel> tags;
  private final List<Slot> slots;
  private final long[] lastBits;
  private final @Nullable String[] lastText;
  private final boolean[] seen;

  UnitTags(List<TagChannel> tags) {
    this.tags = List.copyOf(tags);
    this.lastBits = new long[tags.size()];
    this.lastText = new String[tags.size()];
    this.seen = new boolean[tags.size()];
    List<Slot> places = new ArrayList<>(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      places.add(new Slot(i, (ModbusRegister) tags.get(i).settings().address()));
    }
    this.slots = List.copyOf(places);
  }

  /** Where all tags lie; the index is that of the tag. */
  List<Slot> slots() {
    return slots;
  }

  /** Hands on the values of an answer that are new, changed, or good again. */
  void deliver(ReadBlock block, byte[] data) throws InterruptedException {
    for (Slot slot : block.slots()) {
      ModbusRegister place = slot.register();
      int offset = place.address() - block.start();
      if (place.encoding() == Encoding.STRING) {
        deliver(slot.index(), RegisterDecoder.text(data, offset, place));
      } else {
        long bits =
            block.ofBits()
                ? RegisterDecoder.bit(data, offset)
                : RegisterDecoder.bits(data, offset, place);
        deliver(slot.index(), place, bits);
      }
    }
  }

  private void deliver(int index, String text) throws InterruptedException {
    TagChannel tag = tags.get(index);
    if (!seen[index] || !text.equals(lastText[index]) || tag.marked()) {
      seen[index] = true;
      lastText[index] = text;
      tag.deliver(SampleValue.of(text), StatusCode.GOOD, tag.presentMicros());
    }
  }

  private void deliver(int index, ModbusRegister place, long bits) throws InterruptedException {
    TagChannel tag = tags.get(index);
    if (seen[index] && lastBits[index] == bits && !tag.marked()) {
      return;
    }
    seen[index] = true;
    lastBits[index] = bits;
    DataType declared = tag.settings().description().type();
    switch (RegisterDecoder.number(bits, place, declared)) {
      case Decoded.Value number when tag.wireType() == DataType.STRING ->
          tag.deliver(
              text(number.value()), StatusCode.GOOD, tag.presentMicros()); // before a state map
      case Decoded.Value number ->
          tag.deliver(number.value(), StatusCode.GOOD, tag.presentMicros());
      case Decoded.Unusable bad -> tag.setAside(bad.status(), tag.presentMicros(), bad.reason());
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

  /** Makes all tags Bad that the device does not refuse anyway. */
  void markAll(StatusCode status, ReadPlan plan) throws InterruptedException {
    for (Slot slot : slots) {
      if (!plan.isRefused(slot)) {
        tags.get(slot.index()).mark(status);
      }
    }
  }

  /** Paths and names of a block's tags, for a message. */
  String names(ReadBlock block) {
    return tags.get(block.slots().getFirst().index()).key()
        + (block.slots().size() > 1 ? " and " + (block.slots().size() - 1) + " more" : "");
  }
}
