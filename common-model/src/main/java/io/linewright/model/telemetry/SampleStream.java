package io.linewright.model.telemetry;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stored samples of one tag as a stream of bytes, for reading in bulk: a {@link Head}, then {@link
 * Block}s, then an {@link End}. The schema is {@code linewright/samples/v1/samples.proto}.
 */
public final class SampleStream {

  /** Media type of the stream. */
  public static final String MEDIA_TYPE = "application/vnd.linewright.samples+protobuf";

  /** Most samples of a block. */
  public static final int MAX_BLOCK = 5_000;

  /** Largest encoded part of a stream: 1 MiB. */
  public static final int MAX_FRAME_BYTES = 1024 * 1024;

  /**
   * What the samples belong to.
   *
   * @param type of the newest values, as they are shown
   * @param unit UCUM code, as they are shown
   * @param versions ascending by time; empty if type and unit have not changed
   */
  public record Head(TagKey tag, DataType type, String unit, List<Version> versions) {
    public Head {
      versions = List.copyOf(versions);
    }
  }

  /**
   * What the values are from an instant on.
   *
   * @param fromMicros microseconds since the epoch; empty: since ever
   * @param type type in which they were stored
   * @param unit unit in which they were stored
   * @param shownIn unit in which the stream shows them
   */
  public record Version(
      int version, OptionalLong fromMicros, DataType type, String unit, String shownIn) {}

  /**
   * A sample with the times it passed gateway and historian, microseconds since the epoch.
   *
   * @param ingestMicros begin of the transaction that stored it
   */
  public record Row(Sample sample, long gatewayMicros, long ingestMicros) {}

  /**
   * Some samples of one version and type, ascending by source time and ordinal.
   *
   * @param version one of the head; 0 if it has none
   * @param type type of the values as they are shown
   * @param rows 1 to {@link #MAX_BLOCK}
   */
  public record Block(int version, DataType type, List<Row> rows) {
    public Block {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The end of a whole stream.
   *
   * @param count samples in it
   * @param next cursor for the samples after these; empty if there are none
   */
  public record End(long count, Optional<String> next) {}

  private SampleStream() {}
}
