package io.linewright.oee.orderbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.document.DocFault;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.exchange.OrderRequest;
import io.linewright.oee.exchange.OrderRequest.Place;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.ScheduleDocument;
import io.linewright.oee.exchange.ScheduleDocument.FaultyRow;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import io.linewright.oee.exchange.Verb;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.orderbook.OrderBook.Applied;
import io.linewright.oee.orderbook.OrderBook.Revised;
import io.linewright.oee.orderbook.RowResult.Outcome;
import io.linewright.oee.quantity.Quantity;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderBookTest {

  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");
  private static final KnownNames NAMES =
      new KnownNames(
          Set.of(
              PRESS,
              EquipmentPath.parse("acme/graz/body/line-1/press-02"),
              EquipmentPath.parse("acme/graz/body/line-1"),
              EquipmentPath.parse("acme/graz/body/line-2"),
              EquipmentPath.parse("acme/graz/body/line-2/press-01"),
              EquipmentPath.parse("acme/graz"),
              EquipmentPath.parse("zeta/graz-2")),
          Set.of("P-100"));

  private final Map<String, OrderHistory> histories = new HashMap<>();
  private final Map<String, DocumentReport> reports = new HashMap<>();

  @Test
  void ordersAreCreatedChangedAndCancelled() {
    assertThat(outcomes(send("b-1", 10, Verb.PROCESS, row("PO-1", wish("P-100", 50)))))
        .containsExactly(Outcome.CREATED);
    assertThat(order("PO-1"))
        .isEqualTo(
            new ProductionOrder(
                "PO-1",
                "P-100",
                Quantity.of(50),
                UcumUnit.ONE,
                null,
                null,
                null,
                null,
                0,
                OrderState.RELEASED,
                null));
    assertThat(outcomes(send("b-2", 20, Verb.PROCESS, row("PO-1", wish("P-100", 50)))))
        .containsExactly(Outcome.UNCHANGED);
    assertThat(outcomes(send("b-3", 30, Verb.CHANGE, row("PO-1", priority(7)))))
        .containsExactly(Outcome.CHANGED);
    assertThat(order("PO-1").priority()).isEqualTo(7);
    assertThat(order("PO-1").quantity()).isEqualTo(Quantity.of(50));
    assertThat(outcomes(send("b-4", 40, Verb.CANCEL, row("PO-1", OrderWish.NONE))))
        .containsExactly(Outcome.CANCELLED);
    assertThat(outcomes(send("b-5", 50, Verb.SYNC_DELETE, row("PO-1", OrderWish.NONE))))
        .containsExactly(Outcome.UNCHANGED);
    assertThat(order("PO-1").state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void whatIsNotAllowedIsRefusedAndTheRestIsTaken() {
    send("b-1", 10, Verb.PROCESS, row("PO-1", state(OrderState.COMPLETED)));

    DocumentReport report =
        send(
            "b-2",
            20,
            Verb.CHANGE,
            row("PO-1", priority(7)),
            row("PO-9", priority(7)),
            row("PO-1", state(OrderState.CLOSED)));

    assertThat(report.state()).isEqualTo(DocumentReport.State.PARTLY_ACCEPTED);
    assertThat(report.rows().get(0).faults())
        .containsExactly(
            new DocFault(
                "/Row[1]",
                "order-in-state: order PO-1 is Completed and cannot be changed any more"));
    assertThat(report.rows().get(1).faults())
        .containsExactly(new DocFault("/Row[2]", "order-unknown: there is no order PO-9"));
    assertThat(report.rows().get(2).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(send("b-3", 30, Verb.CANCEL, row("PO-9", OrderWish.NONE)).state())
        .isEqualTo(DocumentReport.State.REFUSED);
    assertThat(histories.get("PO-9").order()).isNull();
    assertThat(histories.get("PO-1").words()).hasSize(3);
  }

  @Test
  void processKeepsTheStateThatItDoesNotNameAndForgetsWhatItDoesNotSay() {
    send("b-1", 10, Verb.PROCESS, row("PO-1", full()));
    send("b-2", 20, Verb.CHANGE, row("PO-1", state(OrderState.RUNNING)));
    send("b-3", 30, Verb.PROCESS, row("PO-1", wish("P-100", 60)));

    assertThat(order("PO-1").state()).isEqualTo(OrderState.RUNNING);
    assertThat(order("PO-1").lot()).isNull();
    assertThat(order("PO-1").quantity()).isEqualTo(Quantity.of(60));
  }

  @Test
  void anOperationsDefinitionIsWhatIsMadeOnlyWhereNothingElseIs() {
    OrderWish defined =
        new OrderWish(null, "OD-1", Quantity.of(5), null, null, null, null, null, null, null);
    send("b-1", 10, Verb.PROCESS, row("PO-1", defined), row("PO-2", wish("P-100", 5)));
    send("b-2", 20, Verb.CHANGE, row("PO-2", defined));

    assertThat(order("PO-1").product()).isEqualTo("OD-1");
    assertThat(order("PO-2").product()).isEqualTo("P-100");
  }

  @Test
  void aChangeThatLeavesNoTimeIsRefused() {
    OrderWish late = new OrderWish(null, null, null, null, null, 900L, null, null, null, null);
    OrderWish due =
        new OrderWish("P-100", null, Quantity.of(1), null, null, null, 500L, null, null, null);
    send("b-1", 10, Verb.PROCESS, row("PO-1", due));

    assertThat(send("b-2", 20, Verb.CHANGE, row("PO-1", late)).rows().getFirst().faults())
        .containsExactly(
            new DocFault("/Row[1]", "order-times: order PO-1 would be due before it may begin"));
  }

  @Test
  void aDocumentThatComesAgainIsToldTheSameAndChangesNothing() {
    DocumentReport first = send("b-1", 10, Verb.PROCESS, row("PO-1", wish("P-100", 50)));
    send("b-2", 20, Verb.CHANGE, row("PO-1", priority(7)));
    Map<String, OrderHistory> before = Map.copyOf(histories);

    assertThat(send("b-1", 10, Verb.PROCESS, row("PO-1", wish("P-100", 50)))).isEqualTo(first);
    assertThat(histories).isEqualTo(before);
  }

  @Test
  void anotherDocumentWithItsIdIsRefused() {
    send("b-1", 10, Verb.PROCESS, row("PO-1", wish("P-100", 50)));
    Map<String, OrderHistory> before = Map.copyOf(histories);

    DocumentReport reused =
        apply(
                new Reading.Understood(
                    document("b-1", "other", 10, Verb.PROCESS, row("PO-1", wish("P-100", 51)))),
                reports.get("b-1"))
            .report();

    assertThat(reused.state()).isEqualTo(DocumentReport.State.REFUSED);
    assertThat(reused.faults().getFirst().reason())
        .isEqualTo(
            "document-id-reused: a document 'b-1' was here that says something else; send this one"
                + " with an id of its own");
    assertThat(histories).isEqualTo(before);
    Reading refused = new Reading.Refused("b-1", "third", List.of(new DocFault("/a", "wrong")));
    assertThat(apply(refused, reports.get("b-1")).report().faults().getFirst().reason())
        .startsWith("document-id-reused");
    assertThatThrownBy(() -> apply(refused, DocumentReport.refused("b-2", "x", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusedDocumentChangesNothingAndIsToldWhy() {
    List<DocFault> faults = List.of(new DocFault("/a", "wrong"));
    Applied applied = apply(new Reading.Refused("b-1", "hash", faults), null);

    assertThat(applied.histories()).isEmpty();
    assertThat(applied.report()).isEqualTo(DocumentReport.refused("b-1", "hash", faults));
    assertThat(apply(new Reading.Refused("b-1", "hash", faults), applied.report()).report())
        .isEqualTo(applied.report());
  }

  @Test
  void faultyRowsAreToldBetweenTheOthers() {
    List<DocFault> faults = List.of(new DocFault("/Row[1]/ID", "it is missing"));
    ScheduleDocument document =
        new ScheduleDocument(
            "b-1",
            "hash",
            10,
            Verb.PROCESS,
            List.of("S"),
            List.of(numbered(row("PO-2", wish("P-100", 1)), 2)),
            List.of(new FaultyRow(1, "/Row[1]", "", faults)));

    DocumentReport report = apply(new Reading.Understood(document), null).report();

    assertThat(report.state()).isEqualTo(DocumentReport.State.PARTLY_ACCEPTED);
    assertThat(report.rows().stream().map(RowResult::row)).containsExactly(1, 2);
    assertThat(report.rows().getFirst().faults()).isEqualTo(faults);
  }

  @Test
  void aDocumentThatWasWrittenBeforeChangesWhatOthersBecame() {
    DocumentReport first = send("b-2", 20, Verb.CHANGE, row("PO-1", priority(7)));
    assertThat(first.state()).isEqualTo(DocumentReport.State.REFUSED);

    Applied applied =
        apply(
            new Reading.Understood(
                document("b-1", "x", 10, Verb.PROCESS, row("PO-1", wish("P-100", 50)))),
            null);

    assertThat(applied.report().rows().getFirst().outcome()).isEqualTo(Outcome.CREATED);
    assertThat(applied.revised())
        .containsExactly(
            new Revised(
                "b-2", new RowResult(1, "/Row[1]", "PO-1", Outcome.CHANGED, List.of(), List.of())));
    assertThat(applied.histories().get("PO-1").order().priority()).isEqualTo(7);
  }

  @Test
  void anUnknownProductIsTakenWithARemark() {
    assertThat(
            send("b-1", 10, Verb.PROCESS, row("PO-1", wish("P-7", 1))).rows().getFirst().remarks())
        .containsExactly("product 'P-7' is not known here yet: figures will lack its ideal cycle");
    assertThat(
            send("b-2", 10, Verb.PROCESS, row("PO-2", wish("P-100", 1)))
                .rows()
                .getFirst()
                .remarks())
        .isEmpty();
  }

  @Test
  void whereAnOrderIsMadeIsFoundByItsName() {
    assertThat(place("acme/graz/body/line-1/press-01")).isEqualTo(PRESS);
    assertThat(place("LINE-1/Press-01")).isEqualTo(PRESS);
    assertThat(place("press-02")).hasToString("acme/graz/body/line-1/press-02");
    assertThat(place("ACME/GRAZ")).hasToString("acme/graz");
    assertThat(place("press-02", "line-1/press-01")).hasToString("acme/graz/body/line-1");
    assertThat(place("press-02", "line-2")).hasToString("acme/graz/body");
    assertThat(placeFault("press-01"))
        .isEqualTo(
            "'press-01' may be acme/graz/body/line-1/press-01 or acme/graz/body/line-2/press-01:"
                + " write more of its path");
    assertThat(placeFault("ess-02")).startsWith("there is no equipment 'ess-02'");
    assertThat(placeFault("press-02", "graz-2"))
        .isEqualTo("it has nothing in common with where else the order is made");
  }

  /** Whatever documents, in any order and again: the same orders. */
  @Test
  void theOrderOfArrivalDoesNotMatter() {
    Seeded.check(
        300,
        random -> {
          List<ScheduleDocument> documents = new ArrayList<>();
          for (int i = 0; i < 12; i++) {
            documents.add(anyDocument(i, random));
          }
          Map<String, OrderHistory> one = arrived(documents);
          List<ScheduleDocument> shuffled = new ArrayList<>(documents);
          shuffled.addAll(documents.subList(0, random.nextInt(documents.size())));
          Collections.shuffle(shuffled, new Random(random.nextLong()));

          Map<String, OrderHistory> other = arrived(shuffled);

          assertThat(other).isEqualTo(one);
          other.forEach(
              (id, history) -> assertThat(history.order()).isEqualTo(one.get(id).order()));
        });
  }

  /** Documents in the order in which they were written are applied one after the other. */
  @Test
  void ascendingDocumentsAreAppliedOneAfterTheOther() {
    Seeded.check(
        100,
        random -> {
          Map<String, OrderHistory> all = new HashMap<>();
          Map<String, ProductionOrder> plain = new HashMap<>();
          for (int i = 0; i < 40; i++) {
            ScheduleDocument document = written(anyDocument(i, random), i);
            Applied applied = OrderBook.apply(new Reading.Understood(document), null, all, NAMES);
            all.putAll(applied.histories());
            assertThat(applied.revised()).isEmpty();
            for (OrderRequest row : document.orders()) {
              OrderChange change =
                  OrderChange.of(
                      row.id(),
                      plain.get(row.id()),
                      new OrderWord(i, document.documentId(), 1, "/", document.verb(), row.wish()));
              plain.put(row.id(), change.order());
              assertThat(all.get(row.id()).order()).isEqualTo(change.order());
            }
          }
        });
  }

  private static Map<String, OrderHistory> arrived(List<ScheduleDocument> documents) {
    Map<String, OrderHistory> histories = new HashMap<>();
    Map<String, DocumentReport> reports = new HashMap<>();
    for (ScheduleDocument document : documents) {
      Applied applied =
          OrderBook.apply(
              new Reading.Understood(document),
              reports.get(document.documentId()),
              histories,
              NAMES);
      histories.putAll(applied.histories());
      reports.putIfAbsent(document.documentId(), applied.report());
    }
    return histories;
  }

  private static ScheduleDocument anyDocument(int number, RandomGenerator random) {
    List<OrderRequest> rows = new ArrayList<>();
    for (String order : List.of("PO-1", "PO-2")) {
      if (random.nextInt(3) > 0) {
        rows.add(numbered(row(order, anyWish(random)), rows.size() + 1));
      }
    }
    return new ScheduleDocument(
        "b-" + number,
        "hash-" + number,
        random.nextInt(6),
        Verb.values()[random.nextInt(Verb.values().length)],
        List.of("S"),
        rows,
        List.of());
  }

  private static OrderWish anyWish(RandomGenerator random) {
    return new OrderWish(
        random.nextBoolean() ? "P-" + random.nextInt(2) : null,
        "OD-1",
        Quantity.of(1 + random.nextInt(3)),
        null,
        random.nextBoolean() ? "L-" + random.nextInt(2) : null,
        random.nextBoolean() ? (long) random.nextInt(3) : null,
        random.nextBoolean() ? 2L + random.nextInt(3) : null,
        null,
        random.nextBoolean() ? random.nextInt(3) : null,
        random.nextBoolean() ? OrderState.values()[random.nextInt(12)] : null);
  }

  private EquipmentPath place(String... names) {
    DocumentReport report =
        send("b-" + histories.size(), 1, Verb.PROCESS, placed("O" + histories.size(), names));
    assertThat(report.rows().getFirst().faults()).isEmpty();
    return order(report.rows().getFirst().id()).at();
  }

  private String placeFault(String... names) {
    RowResult row =
        send("f-" + reports.size(), 1, Verb.PROCESS, placed("F", names)).rows().getFirst();
    assertThat(histories).doesNotContainKey("F");
    assertThat(row.faults().getFirst().path()).isEqualTo("/Row/EquipmentID[" + names.length + "]");
    return row.faults().getFirst().reason();
  }

  private static OrderRequest placed(String id, String... names) {
    List<Place> places = new ArrayList<>();
    for (String name : names) {
      places.add(new Place("/Row/EquipmentID[" + (places.size() + 1) + "]", name));
    }
    return new OrderRequest(
        1, "/Row", "S", id, wish("P-100", 1), places, DocNode.text("OperationsRequest", ""));
  }

  private DocumentReport send(String id, long written, Verb verb, OrderRequest... rows) {
    Applied applied =
        apply(
            new Reading.Understood(document(id, "hash-" + id, written, verb, rows)),
            reports.get(id));
    histories.putAll(applied.histories());
    reports.put(id, applied.report());
    return applied.report();
  }

  private Applied apply(Reading reading, @Nullable DocumentReport earlier) {
    return OrderBook.apply(reading, earlier, histories, NAMES);
  }

  private ProductionOrder order(String id) {
    ProductionOrder order = histories.get(id).order();
    assertThat(order).isNotNull();
    return order;
  }

  private static List<Outcome> outcomes(DocumentReport report) {
    return report.rows().stream().map(RowResult::outcome).toList();
  }

  private static ScheduleDocument document(
      String id, String hash, long written, Verb verb, OrderRequest... rows) {
    List<OrderRequest> numbered = new ArrayList<>();
    for (OrderRequest row : rows) {
      numbered.add(numbered(row, numbered.size() + 1));
    }
    return new ScheduleDocument(id, hash, written, verb, List.of("S"), numbered, List.of());
  }

  private static ScheduleDocument written(ScheduleDocument document, long micros) {
    return new ScheduleDocument(
        document.documentId(),
        document.hash(),
        micros,
        document.verb(),
        document.scheduleIds(),
        document.orders(),
        document.faulty());
  }

  private static OrderRequest numbered(OrderRequest row, int number) {
    return new OrderRequest(
        number,
        row.equipment().isEmpty() ? "/Row[" + number + "]" : row.path(),
        row.scheduleId(),
        row.id(),
        row.wish(),
        row.equipment(),
        row.content());
  }

  private static OrderRequest row(String id, OrderWish wish) {
    return new OrderRequest(
        1, "/Row[1]", "S", id, wish, List.of(), DocNode.text("OperationsRequest", ""));
  }

  private static OrderWish wish(String product, long quantity) {
    return new OrderWish(
        product, "OD-1", Quantity.of(quantity), null, null, null, null, null, null, null);
  }

  private static OrderWish full() {
    return new OrderWish(
        "P-100", "OD-1", Quantity.of(50), null, "L-1", 10L, 20L, null, 3, OrderState.READY);
  }

  private static OrderWish priority(int priority) {
    return new OrderWish(null, null, null, null, null, null, null, null, priority, null);
  }

  private static OrderWish state(OrderState state) {
    return new OrderWish(null, "OD-1", Quantity.of(1), null, null, null, null, null, null, state);
  }
}
