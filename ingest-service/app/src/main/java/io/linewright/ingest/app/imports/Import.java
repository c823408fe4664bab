package io.linewright.ingest.app.imports;

import io.linewright.ingest.imports.ImportTerms;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as it stands in the table.
 *
 * @param number place in the listing; grows
 * @param idempotencyKey names it among those of its requester
 * @param attempt how often its file was sent; only the last attempt may go on
 * @param cause why it failed or was interrupted; null otherwise
 * @param updatedAt when it was last heard of
 * @param setAside values that Kafka has and the historian has not stored, so far
 * @param setAsideCause why the first of them; null if there is none
 */
record Import(
    long number,
    UUID id,
    String requester,
    String idempotencyKey,
    ImportTerms terms,
    int attempt,
    State state,
    @Nullable String cause,
    Instant createdAt,
    Instant updatedAt,
    Progress progress,
    long setAside,
    @Nullable String setAsideCause) {

  /** How far an import is. */
  enum State {
    RECEIVING,
    /** All of the file was read; Kafka has not acknowledged all of it yet. */
    PRODUCING,
    /** Kafka has all of it. */
    COMPLETE,
    /** Something is wrong with the file, or with Kafka; the cause says it. */
    FAILED,
    /** The upload broke off; the same file again goes on. */
    INTERRUPTED;

    boolean running() {
      return this == RECEIVING || this == PRODUCING;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What Kafka has acknowledged.
   *
   * @param bytes of the unpacked file
   * @param rows judged: accepted, refused and repeated ones
   * @param sha256 of these bytes, hexadecimal
   * @param nextOffsets per partition, behind the last record; 0: none
   * @param topicId Kafka's id of the topic to which they belong; null: not known, or nothing yet
   * @param events machine events of the accepted rows
   */
  record Progress(
      long bytes,
      long rows,
      long accepted,
      long refused,
      long repeated,
      String sha256,
      List<Long> nextOffsets,
      @Nullable UUID topicId,
      Events events) {}

  /**
   * The machine events of an import.
   *
   * @param count how many there are
   * @param nextOffsets per partition of their topic, behind the last one; 0: none
   * @param absentReaders groups that were not waited for, because nobody is in them
   */
  record Events(long count, List<Long> nextOffsets, List<String> absentReaders) {}

  /**
   * A row that was refused.
   *
   * @param line where it begins in the file, counted from 1
   */
  record Refusal(long line, String reason) {}
}
