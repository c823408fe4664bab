package io.linewright.model.telemetry;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.SampleStream.Block;
import io.linewright.model.telemetry.SampleStream.End;
import io.linewright.model.telemetry.SampleStream.Head;
import io.linewright.model.telemetry.SampleStream.Row;
import io.linewright.model.telemetry.SampleStream.Version;
import io.linewright.model.telemetry.SampleStreamException.Reason;
import io.linewright.model.telemetry.wire.SampleColumns;
import io.linewright.model.telemetry.wire.SampleEnd;
import io.linewright.model.telemetry.wire.SampleFrame;
import io.linewright.model.telemetry.wire.SampleHead;
import io.linewright.model.telemetry.wire.SampleVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link SampleStream} block by block, and trusts nothing in it: what it holds is in
 * proportion to the bytes that came, and never more than one frame. Unknown fields are ignored. Not
 * for several threads.
 *
 * <p>Bytes that are no stream give a {@link SampleStreamException}; an {@link IOException} of
 * another kind is one of the source.
 */
public final class SampleStreamReader implements AutoCloseable {

  private static final int MAX_VARINT_BITS = 28;

  private final InputStream in;
  private final Head head;
  private @Nullable Sample last;
  private long count;
  private @Nullable End end;

  /**
   * Reads the head.
   *
   * @param in closed by {@link #close}; not buffered here
   */
  public SampleStreamReader(InputStream in) throws IOException {
    this.in = in;
    SampleFrame frame = frame();
    if (!frame.hasHead()) {
      throw invalid("the stream does not begin with a head");
    }
    this.head = head(frame.getHead());
  }

  /** What the samples belong to. */
  public Head head() {
    return head;
  }

  /**
   * The next samples; empty at the end.
   *
   * @throws SampleStreamException above all if the stream was broken off: then what was read before
   *     is right, but not all
   */
  public Optional<Block> next() throws IOException {
    if (end != null) {
      return Optional.empty();
    }
    SampleFrame frame = frame();
    if (frame.hasColumns()) {
      return Optional.of(block(frame.getColumns()));
    }
    if (!frame.hasEnd()) {
      throw invalid("a frame is neither columns nor the end");
    }
    end = end(frame.getEnd());
    return Optional.empty();
  }

  /**
   * The end of the stream.
   *
   * @throws IllegalStateException if {@link #next} has not been empty yet
   */
  public End end() {
    if (end == null) {
      throw new IllegalStateException("the end has not been read yet");
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private SampleFrame frame() throws IOException {
    int length = length();
    if (length > SampleStream.MAX_FRAME_BYTES) {
      throw new SampleStreamException(
          Reason.TOO_LARGE,
          "a frame of %d bytes, at most %d are allowed"
              .formatted(length, SampleStream.MAX_FRAME_BYTES));
    }
    // Grows with what comes: a length alone allocates nothing.
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw brokenOff();
    }
    try {
      CodedInputStream coded = CodedInputStream.newInstance(bytes);
      coded.setRecursionLimit(8);
      return SampleFrame.parseFrom(coded);
    } catch (InvalidProtocolBufferException malformed) {
      throw new SampleStreamException(
          Reason.MALFORMED, "not a stream of samples: " + malformed.getMessage());
    }
  }

  private int length() throws IOException {
    int length = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw brokenOff();
      }
      length |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return length;
      }
    }
    throw new SampleStreamException(Reason.TOO_LARGE, "a frame of 256 MiB or more");
  }

  private static Head head(SampleHead wire) throws SampleStreamException {
    try {
      List<Version> versions = new ArrayList<>(wire.getVersionsCount());
      for (SampleVersion one : wire.getVersionsList()) {
        versions.add(
            new Version(
                one.getVersion(),
                one.hasFromUs() ? OptionalLong.of(one.getFromUs()) : OptionalLong.empty(),
                type(one.getTypeValue()),
                one.getUnit(),
                one.getShownIn()));
      }
      return new Head(
          TagKey.parse(wire.getTag()), type(wire.getTypeValue()), wire.getUnit(), versions);
    } catch (IllegalArgumentException brokenRule) {
      throw invalid(String.valueOf(brokenRule.getMessage()));
    }
  }

  private static DataType type(int number) {
    if (number < 1 || number > DataType.values().length) {
      throw new IllegalArgumentException("unknown type " + number);
    }
    return DataType.values()[number - 1];
  }

  private Block block(SampleColumns wire) throws SampleStreamException {
    int size = wire.getSeries().getSourceUsDeltaCount();
    if (size > SampleStream.MAX_BLOCK) {
      throw new SampleStreamException(
          Reason.TOO_LARGE,
          "a block of %d samples, at most %d are allowed".formatted(size, SampleStream.MAX_BLOCK));
    }
    if (size == 0
        || wire.getGatewayUsDeltaCount() != size
        || wire.getIngestUsDeltaCount() != size) {
      throw invalid(
          "a block has %d source times, %d gateway times and %d ingest times"
              .formatted(size, wire.getGatewayUsDeltaCount(), wire.getIngestUsDeltaCount()));
    }
    List<Sample> samples;
    DataType type;
    try {
      samples = SeriesColumns.samplesOf(wire.getSeries());
      type = SeriesColumns.typeOf(wire.getSeries());
    } catch (IllegalArgumentException brokenRule) {
      throw invalid(String.valueOf(brokenRule.getMessage()));
    }
    List<Row> rows = new ArrayList<>(size);
    long gateway = 0;
    long ingest = 0;
    for (int i = 0; i < size; i++) {
      Sample sample = samples.get(i);
      gateway += wire.getGatewayUsDelta(i);
      ingest += wire.getIngestUsDelta(i);
      if (last != null && !isAfter(sample, last)) {
        throw invalid(
            "sample %d is not after the one before it, at %d us"
                .formatted(count + i, sample.sourceMicros()));
      }
      last = sample;
      rows.add(new Row(sample, gateway, ingest));
    }
    count += size;
    return new Block(wire.getVersion(), type, rows);
  }

  private static boolean isAfter(Sample sample, Sample before) {
    return sample.sourceMicros() > before.sourceMicros()
        || (sample.sourceMicros() == before.sourceMicros() && sample.ordinal() > before.ordinal());
  }

  private End end(SampleEnd wire) throws IOException {
    if (wire.getCount() != count) {
      throw invalid("the end says %d samples, but %d came".formatted(wire.getCount(), count));
    }
    if (in.read() >= 0) {
      throw invalid("something follows the end");
    }
    return new End(
        count, wire.getNext().isEmpty() ? Optional.empty() : Optional.of(wire.getNext()));
  }

  private SampleStreamException brokenOff() {
    return new SampleStreamException(
        Reason.BROKEN_OFF, "the stream broke off after %d samples; ask again".formatted(count));
  }

  private static SampleStreamException invalid(String message) {
    return new SampleStreamException(Reason.INVALID, message);
  }
}
