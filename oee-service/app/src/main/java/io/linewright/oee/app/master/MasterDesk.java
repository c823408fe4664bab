package io.linewright.oee.app.master;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.document.SentDocument;
import io.linewright.oee.app.document.WrongDocumentException;
import io.linewright.oee.app.master.MasterStore.Import;
import io.linewright.oee.app.master.MasterStore.Said;
import io.linewright.oee.app.master.MasterViews.FaultView;
import io.linewright.oee.app.master.MasterViews.ImportView;
import io.linewright.oee.app.master.MasterViews.RowView;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterDiff;
import io.linewright.oee.masterdata.MasterDiff.Judged;
import io.linewright.oee.masterdata.MasterDiff.Outcome;
import io.linewright.oee.masterdata.MasterDocument;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.MasterReader;
import io.linewright.oee.masterdata.MasterRow;
import io.linewright.oee.masterdata.References;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.masterdata.form.Fault;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import io.linewright.oee.masterdata.form.Scalars;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Changes master data: what is touched is marked, what was said is told, in one transaction. */
final class MasterDesk {

  /** Most rows of an import that are answered and kept. */
  static final int MAX_ROWS = 1_000;

  /** What became of it; {@code repeated}: it had been taken before. */
  record Taken(UUID id, String result, boolean repeated) {}

  private final MasterStore store;
  private final MasterBooks books;
  private final MasterTouches touches;
  private final MasterNews news;
  private final ZoneWatch zones;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final JsonMapper json;

  MasterDesk(
      MasterStore store,
      MasterBooks books,
      MasterTouches touches,
      MasterNews news,
      ZoneWatch zones,
      TransactionTemplate transaction,
      InstantSource clock,
      JsonMapper json) {
    this.store = store;
    this.books = books;
    this.touches = touches;
    this.news = news;
    this.zones = zones;
    this.transaction = transaction;
    this.clock = clock;
    this.json = json;
  }

  /** What would become of a document. */
  ImportView judge(SentDocument sent, Requester who) {
    return transaction.execute(
        status -> {
          Entries there = books.held().entries();
          return view(null, MasterDiff.of(there, rows(sent, there, who)));
        });
  }

  /**
   * Takes the items of a document that are right.
   *
   * @throws RefusedException if the key stands for another document
   * @throws WrongDocumentException if its frame is wrong
   */
  Taken take(SentDocument sent, Requester who, String idempotencyKey) {
    return transaction.execute(
        status -> {
          store.lock();
          Optional<Import> before = store.imported(who.name(), idempotencyKey);
          if (before.isPresent()) {
            return repeated(before.get(), sent, idempotencyKey);
          }
          MasterBooks.Held held = books.held();
          MasterDiff diff = MasterDiff.of(held.entries(), rows(sent, held.entries(), who));
          UUID id = UUID.randomUUID();
          // Before they are changed: what was said last, by whom.
          ImportView view = view(id, diff);
          change(held, diff.items(), diff.after(), id, who);
          String result = json.writeValueAsString(view);
          store.add(
              new Import(
                  id,
                  sent.name(),
                  sent.format(),
                  sent.sha256(),
                  result,
                  who.name(),
                  Times.micros(clock.instant()),
                  idempotencyKey));
          return new Taken(id, result, false);
        });
  }

  /**
   * Says something of one item.
   *
   * @param key by which it is asked for; null: by what the fields say
   * @param ifMatch which version is known to who says it; null: none, there should be none
   * @throws WrongDocumentException if it is wrong
   */
  Said put(
      MasterKind kind, @Nullable String key, Node node, @Nullable String ifMatch, Requester who) {
    return transaction.execute(
        status -> {
          store.lock();
          MasterBooks.Held held = books.held();
          MasterRow row = MasterReader.item(kind, key == null ? "" : key, node, held.entries());
          if (row.item().isEmpty()) {
            throw new WrongDocumentException(row.faults());
          }
          MasterItem item = row.item().get();
          if (key != null && !item.key().equals(key)) {
            throw new IllegalArgumentException(
                "the item says that it is %s, and it was sent to %s".formatted(item.key(), key));
          }
          if (!mayChange(item, who)) {
            throw unknown(kind, item.key());
          }
          require(kind, item.key(), held.entries(), ifMatch);
          MasterDiff diff = MasterDiff.of(held.entries(), List.of(row));
          change(held, diff.items(), diff.after(), null, who);
          return store.latest(kind, item.key()).orElseThrow();
        });
  }

  /** Takes an item back, with all its days. */
  void remove(MasterKind kind, String key, @Nullable String ifMatch, Requester who) {
    transaction.executeWithoutResult(
        status -> {
          store.lock();
          MasterBooks.Held held = books.held();
          if (!held.entries().has(kind, key)
              || !held.entries().contents(kind, key).values().stream()
                  .allMatch(content -> mayChange(kind, content, who))) {
            throw unknown(kind, key);
          }
          require(kind, key, held.entries(), ifMatch);
          List<String> users = References.to(held.entries(), kind, key);
          if (!users.isEmpty()) {
            throw new RefusedException(
                HttpStatus.CONFLICT,
                "in-use",
                "%s/%s is named by %s; change that first"
                    .formatted(kind.section(), key, users.getFirst()));
          }
          List<MasterItem> items = List.of(MasterItem.removal(kind, key));
          change(held, items, held.entries().with(items), null, who);
        });
  }

  static RefusedException unknown(MasterKind kind, String key) {
    return new RefusedException(
        HttpStatus.NOT_FOUND, "not-found", "There is no %s/%s".formatted(kind.section(), key));
  }

  private void change(
      MasterBooks.Held before,
      List<MasterItem> items,
      Entries after,
      @Nullable UUID importId,
      Requester who) {
    if (items.isEmpty()) {
      return;
    }
    store.rise();
    Instant now = clock.instant();
    news.tell(store.add(items, importId, who.name(), now));
    MasterBook book = books.book(before.book().version() + 1, after);
    zones.see(book.zones());
    // Lines are locked last, and not for long: their folds go on meanwhile.
    touches.mark("master-data", before.book(), book);
  }

  private void require(MasterKind kind, String key, Entries there, @Nullable String ifMatch) {
    int version = store.latest(kind, key).map(Said::version).orElse(0);
    boolean exists = there.has(kind, key);
    if (exists && ifMatch == null) {
      throw new RefusedException(
          HttpStatus.PRECONDITION_REQUIRED,
          "precondition-required",
          "If-Match is missing: send the ETag of the version that you know, here \"%d\""
              .formatted(version));
    }
    if (ifMatch != null && (!exists || !matches(ifMatch, version))) {
      throw new RefusedException(
          HttpStatus.PRECONDITION_FAILED,
          "precondition-failed",
          exists
              ? "%s/%s is at version \"%d\" by now; read it again and decide anew"
                  .formatted(kind.section(), key, version)
              : "There is no %s/%s any more; send it without If-Match to make it anew"
                  .formatted(kind.section(), key));
    }
  }

  private static boolean matches(String ifMatch, int version) {
    String tag = "\"" + version + "\"";
    return Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag));
  }

  private List<MasterRow> rows(SentDocument sent, Entries there, Requester who) {
    MasterDocument document = MasterReader.read(sent.node(), there);
    if (!document.faults().isEmpty()) {
      throw new WrongDocumentException(document.faults());
    }
    return document.rows().stream().map(row -> mine(row, who)).toList();
  }

  /** Refuses what somebody may not change. */
  private static MasterRow mine(MasterRow row, Requester who) {
    if (row.item().isEmpty() || mayChange(row.item().get(), who)) {
      return row;
    }
    Fault fault =
        new Fault(
            row.line(),
            row.kind().section(),
            "is not among the equipment that you may change",
            "ask somebody who may change all of the plant");
    return new MasterRow(row.line(), row.kind(), row.key(), Optional.empty(), List.of(fault));
  }

  private static boolean mayChange(MasterItem item, Requester who) {
    Node.Fields content = item.content();
    return content != null && mayChange(item.kind(), content, who);
  }

  /** What is about no equipment holds for the whole plant. */
  private static boolean mayChange(MasterKind kind, Node.Fields content, Requester who) {
    return who.mayChangeAll()
        || !kind.named()
            && content.fields().stream()
                .filter(f -> f.name().equals("equipment") || f.name().equals("path"))
                .anyMatch(
                    f -> f.value() instanceof Node.Text text && who.mayChange(path(text.text())));
  }

  private static EquipmentPath path(String text) {
    return Scalars.PATH.read().apply(text);
  }

  private Taken repeated(Import before, SentDocument sent, String key) {
    if (!before.sha256().equals(sent.sha256()) || !before.format().equals(sent.format())) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "The Idempotency-Key '%s' stands for another document, import %s; a new one needs a new"
                  .formatted(key, before.id())
              + " key");
    }
    return new Taken(before.id(), before.result(), true);
  }

  private ImportView view(@Nullable UUID id, MasterDiff diff) {
    int refused = count(diff, Outcome.REFUSED);
    String state =
        refused == 0 ? "accepted" : refused < diff.rows().size() ? "partly-accepted" : "refused";
    List<RowView> rows =
        diff.rows().stream()
            .sorted(Comparator.comparing(row -> row.outcome() != Outcome.REFUSED))
            .limit(MAX_ROWS)
            .map(this::view)
            .toList();
    return new ImportView(
        id == null ? null : id.toString(),
        id == null,
        state,
        count(diff, Outcome.CREATED),
        count(diff, Outcome.CHANGED),
        count(diff, Outcome.UNCHANGED),
        refused,
        rows);
  }

  private RowView view(Judged judged) {
    MasterRow row = judged.row();
    String note =
        judged.outcome() == Outcome.CHANGED
            ? store
                .latest(row.kind(), row.key())
                .filter(said -> said.importId() == null)
                .map(
                    said ->
                        "takes back what %s said at %s, in no document"
                            .formatted(said.by(), Rfc3339.format(said.atMicros())))
                .orElse(null)
            : null;
    return new RowView(
        row.line(),
        row.kind().section(),
        row.key(),
        Scalars.lower(judged.outcome()),
        note,
        row.faults().stream()
            .map(f -> new FaultView(f.line(), f.field(), f.wrong(), f.right()))
            .toList());
  }

  private static int count(MasterDiff diff, Outcome outcome) {
    return (int) diff.rows().stream().filter(row -> row.outcome() == outcome).count();
  }
}
