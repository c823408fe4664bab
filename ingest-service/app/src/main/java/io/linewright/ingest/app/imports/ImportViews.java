package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.Import.Progress;
import io.linewright.ingest.app.imports.Import.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Imports as REST shows them. */
final class ImportViews {

  private ImportViews() {}

  /**
   * An import.
   *
   * @param state {@code receiving}, {@code producing}, {@code complete}, {@code failed} or {@code
   *     interrupted}
   * @param cause why it failed or was interrupted; null otherwise
   * @param from begin of the period that it declares, included
   * @param to its end, not included
   * @param bytes of the unpacked file, as far as Kafka has its rows
   * @param rows as far as Kafka has them: accepted, refused and repeated ones
   * @param repeated rows that said again what the row before them of the same tag and time said
   * @param sha256 of these bytes, hexadecimal
   * @param stored whether it is complete and the historian has processed all of it: {@code
   *     setAside} of its values were not stored, all others were; null: nobody can tell any more,
   *     because the topic was made anew since
   * @param setAside accepted values that the historian has set aside
   * @param setAsideCause why the first of them; null if there is none
   * @param events machine events of the accepted rows, as far as Kafka has them
   * @param absentReaders consumer groups of machine events that were not waited for, because nobody
   *     is in them: if they begin to read later, retention may have deleted events by then
   * @param refusals the first refused rows
   */
  record ImportView(
      String id,
      String state,
      @Nullable String cause,
      String requester,
      String idempotencyKey,
      Instant from,
      Instant to,
      boolean create,
      int attempts,
      long bytes,
      long rows,
      long accepted,
      long refused,
      long repeated,
      @Nullable String sha256,
      @Nullable Boolean stored,
      long setAside,
      @Nullable String setAsideCause,
      long events,
      List<String> absentReaders,
      Instant createdAt,
      Instant updatedAt,
      List<RefusalView> refusals) {}

  /**
   * A refused row.
   *
   * @param line where it begins in the file, counted from 1
   */
  record RefusalView(long line, String reason) {}

  /** A page, newest first; {@code refusals} are left out. */
  record ImportPage(List<ImportView> imports, @Nullable String next) {}

  /**
   * A page in the order of the file.
   *
   * @param refused how many there are
   * @param kept how many of them were kept, the first ones
   */
  record RefusalPage(long refused, long kept, List<RefusalView> refusals, @Nullable String next) {}

  /**
   * An import as it is shown.
   *
   * @param one read after {@code stored}: what was set aside on the way there is in it
   * @param stored how far the historian has come
   */
  static ImportView view(
      Import one, HistorianLead.Stored stored, List<Import.Refusal> refusals, Instant now) {
    Progress progress = one.progress();
    boolean silent =
        one.state().running() && one.updatedAt().plus(ImportDesk.SILENCE).isBefore(now);
    return new ImportView(
        one.id().toString(),
        (silent ? State.INTERRUPTED : one.state()).toString(),
        silent ? "nothing was heard of it for two minutes; send the same file again" : one.cause(),
        one.requester(),
        one.idempotencyKey(),
        instant(one.terms().fromMicros()),
        instant(one.terms().toMicros()),
        one.terms().create(),
        one.attempt(),
        progress.bytes(),
        progress.rows(),
        progress.accepted(),
        progress.refused(),
        progress.repeated(),
        progress.sha256().isEmpty() ? null : progress.sha256(),
        one.state() == State.COMPLETE
            ? stored.has(progress.topicId(), progress.nextOffsets())
            : Boolean.FALSE,
        one.setAside(),
        one.setAsideCause(),
        progress.events().count(),
        progress.events().absentReaders(),
        one.createdAt(),
        one.updatedAt(),
        refusals.stream().map(ImportViews::view).toList());
  }

  static RefusalView view(Import.Refusal refusal) {
    return new RefusalView(refusal.line(), refusal.reason());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
