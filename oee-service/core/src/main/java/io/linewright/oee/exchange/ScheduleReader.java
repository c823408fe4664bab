package io.linewright.oee.exchange;

import io.linewright.oee.document.DocFault;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.exchange.ScheduleDocument.FaultyRow;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Understands schedules of operations: OperationsSchedule alone, which wants to be processed, and
 * its transactions Process, Change, Cancel and Sync. What is not known is kept and not refused.
 *
 * <p>A document is known by its BODID, else by the id of its message, else by the id and version of
 * its first schedule where it has both, else by its hash: then it is another whenever it says
 * something else. It was written at its CreationDateTime; without an ApplicationArea at the
 * PublishedDate of its first schedule, else when its message was sent.
 *
 * <p>Sync says by actionCode whether the sender added, changed or deleted orders; where it says
 * nothing they are taken as they are, whether they are new or not.
 */
public final class ScheduleReader {

  /** Most faults of a document, and of a row, that are told. */
  public static final int MAX_FAULTS = 20;

  /** Most rows of a document. */
  public static final int MAX_ROWS = 20_000;

  /** How much later than it was sent a document may have been written: clocks differ. */
  private static final long MAX_AHEAD_MICROS = 86_400_000_000L;

  private static final String SCHEDULE = "OperationsSchedule";
  private static final Map<String, Verb> ROOTS =
      Map.of(
          SCHEDULE,
          Verb.PROCESS,
          "Process" + SCHEDULE,
          Verb.PROCESS,
          "Change" + SCHEDULE,
          Verb.CHANGE,
          "Cancel" + SCHEDULE,
          Verb.CANCEL,
          "Sync" + SCHEDULE,
          Verb.SYNC_ADD);
  private static final Map<String, Verb> SYNC =
      Map.of("Add", Verb.SYNC_ADD, "Change", Verb.SYNC_CHANGE, "Delete", Verb.SYNC_DELETE);

  private ScheduleReader() {}

  /**
   * Understands a document. Faults of its frame refuse it whole, faults of a row that row.
   *
   * @param root what was read
   * @param messageId id of the message that it came in, not empty; null: it has none
   * @param sentMicros when the message was sent, microseconds since 1970-01-01T00:00:00Z; a
   *     document that was written more than a day after that is refused, or nothing could change
   *     its orders until then
   */
  public static Reading read(DocNode root, @Nullable String messageId, long sentMicros) {
    String hash = root.hash();
    String id = documentId(root, messageId, hash);
    Faults faults = new Faults();
    Verb verb = ROOTS.get(root.name());
    if (verb == null) {
      faults.add(
          "/" + root.name(),
          "such documents are not taken; taken are "
              + ROOTS.keySet().stream().sorted().collect(Collectors.joining(", ")));
      return new Reading.Refused(id, hash, faults.first());
    }
    String path = "/" + root.name();
    Shapes.check(root, path, root.name() + "Type", faults);
    DocNode area = root.name().equals(SCHEDULE) ? root : root.first("DataArea").orElse(root);
    if (root.name().equals("Sync" + SCHEDULE)) {
      verb = sync(area, path + "/DataArea/Sync", faults);
    }
    List<DocNode> schedules = area == root ? List.of(root) : area.all(SCHEDULE);
    long rows = schedules.stream().mapToLong(one -> one.all("OperationsRequest").size()).sum();
    if (rows > MAX_ROWS) {
      faults.add(
          path,
          "it has %d orders, and at most %d are taken: send several documents"
              .formatted(rows, MAX_ROWS));
    }
    long created = created(root, sentMicros);
    if (created - sentMicros > MAX_AHEAD_MICROS) {
      faults.add(
          path + (area == root ? "/PublishedDate" : "/ApplicationArea/CreationDateTime"),
          "it was written more than a day after it was sent: set the clock of the sender");
    }
    return faults.isEmpty()
        ? new Reading.Understood(document(id, hash, created, verb, schedules, path, area != root))
        : new Reading.Refused(id, hash, faults.first());
  }

  private static ScheduleDocument document(
      String id,
      String hash,
      long createdMicros,
      Verb verb,
      List<DocNode> schedules,
      String path,
      boolean inArea) {
    List<OrderRequest> orders = new ArrayList<>();
    List<FaultyRow> faulty = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    List<String> ids = new ArrayList<>();
    int row = 0;
    for (int i = 0; i < schedules.size(); i++) {
      String above = inArea ? "%s/DataArea/%s[%d]".formatted(path, SCHEDULE, i + 1) : path;
      String scheduleId = text(schedules.get(i), "ID");
      ids.add(scheduleId);
      List<DocNode> requests = schedules.get(i).all("OperationsRequest");
      for (int j = 0; j < requests.size(); j++) {
        row++;
        String at = "%s/OperationsRequest[%d]".formatted(above, j + 1);
        Faults faults = new Faults();
        String order = text(requests.get(j), "ID");
        String earlier = order.isEmpty() ? null : seen.putIfAbsent(order, at);
        if (earlier != null) {
          faults.add(
              at + "/ID",
              "order %s is also %s: a document says one thing about an order"
                  .formatted(order, earlier));
        }
        Optional<OrderRequest> request =
            RequestReader.read(row, at, scheduleId, requests.get(j), verb, faults);
        if (request.isPresent() && faults.isEmpty()) {
          orders.add(request.get());
        } else {
          faulty.add(new FaultyRow(row, at, shortened(order), faults.first()));
        }
      }
    }
    return new ScheduleDocument(id, hash, createdMicros, verb, ids, orders, faulty);
  }

  private static Verb sync(DocNode area, String path, Faults faults) {
    List<DocNode> criteria =
        area.first("Sync").map(sync -> sync.all("ActionCriteria")).orElse(List.of());
    Set<Verb> verbs = new HashSet<>();
    for (int i = 0; i < criteria.size(); i++) {
      List<DocNode> expressions = criteria.get(i).all("ActionExpression");
      for (int j = 0; j < expressions.size(); j++) {
        String code = expressions.get(j).attributes().getOrDefault("actionCode", "");
        String at =
            "%s/ActionCriteria[%d]/ActionExpression[%d]/@actionCode".formatted(path, i + 1, j + 1);
        Verb verb = SYNC.get(code);
        if (verb == null && !code.isEmpty()) {
          faults.add(at, DocFault.quote(code) + " is none of Add, Change, Delete");
        } else if (verb != null && verbs.add(verb) && verbs.size() > 1) {
          faults.add(at, "one document adds, changes or deletes: send one for each");
        }
      }
    }
    return verbs.stream().findFirst().orElse(Verb.SYNC_ADD);
  }

  private static long created(DocNode root, long sentMicros) {
    Optional<DocNode> area = root.first("ApplicationArea");
    String text =
        area.isPresent() ? text(area.get(), "CreationDateTime") : text(root, "PublishedDate");
    return Shapes.micros(text).orElse(sentMicros);
  }

  private static String documentId(DocNode root, @Nullable String messageId, String hash) {
    String bodId = root.first("ApplicationArea").map(area -> text(area, "BODID")).orElse("");
    if (!bodId.isEmpty() && bodId.length() <= Shapes.MAX_ID) {
      return bodId;
    }
    if (messageId != null && !messageId.isEmpty() && messageId.length() <= Shapes.MAX_ID) {
      return messageId;
    }
    DocNode schedule =
        root.name().equals(SCHEDULE)
            ? root
            : root.first("DataArea").flatMap(area -> area.first(SCHEDULE)).orElse(root);
    String id = text(schedule, "ID");
    String version = text(schedule, "Version");
    String both = id + "@" + version;
    return id.isEmpty() || version.isEmpty() || both.length() > Shapes.MAX_ID ? hash : both;
  }

  private static String shortened(String id) {
    return id.length() <= Shapes.MAX_ID ? id : "";
  }

  static String text(DocNode node, String child) {
    return node.first(child).map(DocNode::text).orElse("");
  }
}
