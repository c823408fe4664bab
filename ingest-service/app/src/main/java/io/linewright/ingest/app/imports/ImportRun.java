package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.BackfillLane.RefusedByKafkaException;
import io.linewright.ingest.app.imports.Import.Progress;
import io.linewright.ingest.app.imports.Import.Refusal;
import io.linewright.ingest.app.imports.Import.State;
import io.linewright.ingest.app.imports.event.SentEvents;
import io.linewright.ingest.imports.BatchPacker;
import io.linewright.ingest.imports.Columns;
import io.linewright.ingest.imports.ImportEvents;
import io.linewright.ingest.imports.RowJudge;
import io.linewright.ingest.imports.Verdict;
import io.linewright.model.csv.CsvReader;
import io.linewright.model.csv.CsvRecord;
import io.linewright.model.csv.FileFaultException;
import io.linewright.model.csv.FileFaultException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One attempt to receive a file. Every some thousand rows, or some bytes, what was read is given to
 * Kafka; when Kafka has acknowledged it, how far the import has come is entered. A later attempt
 * reads the file from its begin, but judges and sends only what lies behind that. Used by one
 * thread.
 */
final class ImportRun {

  /** Rows between two entries of how far it is. */
  static final int STRETCH = 20_000;

  /** The same in bytes for Kafka: rows may be long. */
  static final long STRETCH_BYTES = 32L << 20;

  private static final Duration LONGEST_STRETCH = Duration.ofSeconds(5);

  /** What every run works with. */
  record Parts(
      ImportStore store,
      BackfillLane lane,
      HistorianLead lead,
      TransactionTemplate transaction,
      ImportSettings settings,
      InstantSource clock,
      BooleanSupplier stopping) {}

  /** The run cannot go on; the state to enter and the cause. */
  static final class EndedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why it ended. */
    enum Why {
      OTHER_FILE,
      TAKEN_OVER,
      STOPPING,
      HISTORIAN_STANDS,
      READER_STANDS
    }

    private final Why why;

    EndedException(Why why, String message) {
      super(message);
      this.why = why;
    }

    Why why() {
      return why;
    }
  }

  private final Import subject;
  private final UUID topicId;
  private final Parts parts;
  private final RegistryTags tags;
  private final BatchPacker packer;
  private final ImportEvents events;
  private final BackfillLane.Sending sending;
  private final List<Refusal> refusals = new ArrayList<>();
  private long rows;
  private long accepted;
  private long refused;
  private long repeated;
  private boolean repeating;
  private boolean full;
  private Instant nextEntry;
  private Instant nextSign;

  /**
   * @param subject with the attempt that this is
   * @param topicId Kafka's id of the topic now, in which all is that was sent before
   * @param sent events that earlier attempts have sent and not entered
   */
  ImportRun(Import subject, UUID topicId, SentEvents sent, Parts parts, RegistryTags tags) {
    this.subject = subject;
    this.topicId = topicId;
    this.parts = parts;
    this.tags = tags;
    Progress done = subject.progress();
    this.packer =
        new BatchPacker(subject.id().toString(), subject.createdAt().toEpochMilli() * 1_000);
    this.events = new ImportEvents(subject.id().toString());
    this.sending = parts.lane().sending(done, sent);
    this.accepted = done.accepted();
    this.refused = done.refused();
    this.repeated = done.repeated();
    this.repeating = done.bytes() > 0;
    tags.onlyRead(repeating);
    this.nextEntry = parts.clock().instant().plus(LONGEST_STRETCH);
    this.nextSign = nextEntry;
  }

  /**
   * Receives the file to its end.
   *
   * @throws FileFaultException if it cannot be read on; all before the fault is taken
   * @throws IOException if the connection breaks
   * @throws RefusedByKafkaException if Kafka does not take the values
   * @throws EndedException if it must not, or cannot, go on
   */
  void receive(ImportContent content) throws IOException, InterruptedException {
    content.watch(this::heed);
    CsvReader reader = reader(content, parts.settings(), maxSize(parts));
    try {
      RowJudge judge =
          new RowJudge(
              subject.terms(), Columns.of(reader.next()), tags, parts.settings().maxTags());
      CsvRecord row = reader.next();
      while (row != null) {
        bounded(row);
        take(judge.judge(row), row, reader);
        row = reader.next();
      }
    } catch (FileFaultException fault) {
      if (!full && !repeating && rows > 0) {
        enter(reader);
      }
      throw fault;
    }
    if (repeating && !arrived(reader)) {
      throw otherFile();
    }
    if (!parts.store().enter(subject.number(), subject.attempt(), State.PRODUCING, null, now())) {
      throw takenOver();
    }
    enter(reader);
    if (!parts.lane().topicId().equals(topicId)) {
      throw new RefusedByKafkaException(
          new KafkaException("the topic was deleted and made again meanwhile"));
    }
  }

  /**
   * Reads a file that is complete already and takes nothing of it.
   *
   * @throws EndedException if it is another one, or the service is being stopped
   */
  static void compare(Import complete, ImportContent content, Parts parts) throws IOException {
    content.watch(received -> heed(received, parts));
    CsvReader reader = reader(content, parts.settings(), complete.progress().bytes());
    while (reader.next() != null) {
      // only its bytes count
    }
    if (reader.bytes() != complete.progress().bytes()
        || !reader.sha256().equals(complete.progress().sha256())) {
      throw otherFile();
    }
  }

  private static CsvReader reader(ImportContent content, ImportSettings settings, long maxBytes) {
    return new CsvReader(content, (int) settings.maxRecord().toBytes(), maxBytes);
  }

  /** Tells now and then that it still lives: blank lines have no rows that would. */
  private void heed(long received) throws IOException {
    heed(received, parts);
    if (now().isAfter(nextSign)) {
      goOn();
    }
  }

  /** Packed bytes can be many that unpack to nothing. */
  private static void heed(long received, Parts parts) throws IOException {
    if (parts.stopping().getAsBoolean()) {
      throw stopping();
    }
    if (received > maxSize(parts)) {
      throw new FileFaultException(
          Kind.TOO_LARGE,
          0,
          "the file has more than %d bytes, packed; divide it".formatted(maxSize(parts)));
    }
  }

  private static long maxSize(Parts parts) {
    return parts.settings().maxSize().toBytes();
  }

  private void bounded(CsvRecord next) throws FileFaultException, EndedException {
    if (full) {
      throw new FileFaultException(
          Kind.TOO_LARGE,
          next.line(),
          "an import has at most %d rows; divide the file".formatted(parts.settings().maxRows()));
    }
    if (parts.stopping().getAsBoolean()) {
      throw stopping();
    }
  }

  private void take(Verdict verdict, CsvRecord row, CsvReader reader)
      throws EndedException, InterruptedException {
    rows++;
    full = rows >= parts.settings().maxRows();
    if (repeating) {
      arrived(reader);
      return;
    }
    switch (verdict) {
      case Verdict.Accepted(var tag, var sample) -> {
        accepted++;
        packer.add(tag, sample).forEach(sending::send);
        events.add(tag, sample, sending::send);
      }
      case Verdict.Repeated() -> repeated++;
      case Verdict.Refused(String reason) -> {
        if (refused++ < parts.settings().maxRefusals()) {
          refusals.add(new Refusal(row.line(), reason));
        }
      }
    }
    Instant now = now();
    boolean enough = sending.openBytes() >= STRETCH_BYTES;
    if (rows % STRETCH == 0 || enough || full || now.isAfter(nextEntry)) {
      enter(reader);
      waitForHistorian();
      nextEntry = now().plus(LONGEST_STRETCH);
    }
  }

  /** Whether the part of the file that was taken before has been read again, unchanged. */
  private boolean arrived(CsvReader reader) throws EndedException {
    Progress done = subject.progress();
    tags.onlyRead(reader.bytes() < done.bytes());
    if (reader.bytes() < done.bytes()) {
      return false;
    }
    if (reader.bytes() != done.bytes() || !reader.sha256().equals(done.sha256())) {
      throw otherFile();
    }
    repeating = false;
    return true;
  }

  private void enter(CsvReader reader) throws EndedException {
    packer.drain().forEach(sending::send);
    events.drain(sending::send);
    sending.acknowledged();
    Progress now =
        new Progress(
            reader.bytes(),
            rows,
            accepted,
            refused,
            repeated,
            reader.sha256(),
            sending.nextOffsets(),
            topicId,
            new Import.Events(sending.eventCount(), sending.eventOffsets(), absentReaders()));
    boolean ours =
        Boolean.TRUE.equals(
            parts
                .transaction()
                .execute(
                    status ->
                        parts
                            .store()
                            .advance(subject.number(), subject.attempt(), now, refusals, now())));
    if (!ours) {
      throw takenOver();
    }
    refusals.clear();
  }

  private void waitForHistorian() throws EndedException, InterruptedException {
    HistorianLead.Waited waited = waited();
    if (!waited.goOn()) {
      goOn();
      if (!waited.standing().isEmpty()) {
        throw new EndedException(
            EndedException.Why.READER_STANDS,
            "%s has read none of its machine events for %s; see its /actuator/health, then send the"
                    .formatted(waited.standing(), parts.settings().patience())
                + " same file again");
      }
      throw new EndedException(
          EndedException.Why.HISTORIAN_STANDS,
          "the historian has stored nothing of it for %s; see telemetry-backfill under consumers in"
                  .formatted(parts.settings().patience())
              + " /actuator/health, then send the same file again");
    }
  }

  private List<String> absentReaders() {
    try {
      return parts.lead().absentReaders(sending.eventOffsets());
    } catch (KafkaException silent) {
      throw new RefusedByKafkaException(silent);
    }
  }

  private HistorianLead.Waited waited() throws InterruptedException {
    try {
      return parts
          .lead()
          .await(topicId, sending.nextOffsets(), sending.eventOffsets(), this::mayGoOn);
    } catch (KafkaException silent) {
      throw new RefusedByKafkaException(silent);
    }
  }

  /** Tells that it still lives, if it may go on. */
  private void goOn() throws EndedException {
    if (parts.stopping().getAsBoolean()) {
      throw stopping();
    }
    if (!mayGoOn()) {
      throw takenOver();
    }
    nextSign = now().plus(LONGEST_STRETCH);
  }

  /** Tells at the same time that it still lives. */
  private boolean mayGoOn() {
    return !parts.stopping().getAsBoolean()
        && parts.store().enter(subject.number(), subject.attempt(), State.RECEIVING, null, now());
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private static EndedException otherFile() {
    return new EndedException(
        EndedException.Why.OTHER_FILE,
        "the Idempotency-Key stands for another file; a new file needs a new key");
  }

  static EndedException takenOver() {
    return new EndedException(
        EndedException.Why.TAKEN_OVER, "the same import is being received by a later request");
  }

  private static EndedException stopping() {
    return new EndedException(
        EndedException.Why.STOPPING, "the service is being stopped; send the same file again");
  }
}
