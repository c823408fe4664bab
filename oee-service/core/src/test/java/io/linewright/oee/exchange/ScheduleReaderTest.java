package io.linewright.oee.exchange;

import static io.linewright.oee.exchange.Schedules.JSON;
import static io.linewright.oee.exchange.Schedules.SENT;
import static io.linewright.oee.exchange.Schedules.XML;
import static io.linewright.oee.exchange.Schedules.adding;
import static io.linewright.oee.exchange.Schedules.refused;
import static io.linewright.oee.exchange.Schedules.understood;
import static io.linewright.oee.exchange.Schedules.with;
import static io.linewright.oee.exchange.Schedules.without;
import static io.linewright.oee.exchange.Schedules.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.document.DocFault;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.document.DocReading;
import io.linewright.oee.document.JsonTree;
import io.linewright.oee.document.XmlWriter;
import io.linewright.oee.exchange.OrderRequest.Place;
import io.linewright.oee.exchange.ScheduleDocument.FaultyRow;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.quantity.Quantity;
import io.linewright.testkit.property.Seeded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ScheduleReaderTest {

  private static final DocNode DOCUMENT = xml(XML);
  private static final String AREA = "/ProcessOperationsSchedule/DataArea";
  private static final String SCHEDULE = AREA + "/OperationsSchedule[1]";
  private static final String ROW = SCHEDULE + "/OperationsRequest[1]";
  private static final String SEGMENT = ROW + "/SegmentRequirement[1]";
  private static final String MADE = SEGMENT + "/MaterialRequirement[2]";

  @Test
  void aScheduleIsItsOrders() {
    ScheduleDocument document = understood(DOCUMENT);

    assertThat(document.documentId()).isEqualTo("bod-1");
    assertThat(document.createdMicros()).isEqualTo(micros("2026-03-20T07:00:00.5Z"));
    assertThat(document.verb()).isEqualTo(Verb.PROCESS);
    assertThat(document.scheduleIds()).containsExactly("WEEK-13");
    assertThat(document.faulty()).isEmpty();
    assertThat(document.orders()).hasSize(2);
    OrderRequest first = document.orders().getFirst();
    assertThat(first.row()).isEqualTo(1);
    assertThat(first.path()).isEqualTo(ROW);
    assertThat(first.id()).isEqualTo("PO-1");
    assertThat(first.scheduleId()).isEqualTo("WEEK-13");
    assertThat(first.wish())
        .isEqualTo(
            new OrderWish(
                "P-100",
                "OD-100",
                Quantity.of(1500),
                UcumUnit.ONE,
                "L-7",
                micros("2026-03-23T05:00:00Z"),
                micros("2026-03-27T21:00:00Z"),
                null,
                5,
                OrderState.RELEASED));
    assertThat(first.equipment())
        .containsExactly(
            new Place(SEGMENT + "/EquipmentRequirement[1]/EquipmentID[1]", "line-1/press-01"));
  }

  @Test
  void aLotOfOneWithoutProductAndUnitIsAnOrder() {
    OrderRequest second = understood(DOCUMENT).orders().get(1);

    assertThat(second.wish())
        .isEqualTo(
            new OrderWish(
                null,
                "OD-200",
                Quantity.of(1),
                null,
                null,
                micros("2026-03-24T05:00:00Z"),
                micros("2026-03-24T13:00:00Z"),
                null,
                null,
                OrderState.OTHER));
    assertThat(second.equipment()).isEmpty();
  }

  @Test
  void inJsonItIsTheSame() {
    DocReading read = JsonTree.read(new JsonMapper().readValue(JSON, Object.class));

    assertThat(read).isInstanceOf(DocReading.Whole.class);
    DocNode json = ((DocReading.Whole) read).root();
    assertThat(json.canonical()).isEqualTo(DOCUMENT.canonical());
    assertThat(json.hash()).isEqualTo(DOCUMENT.hash());
    ScheduleDocument one = understood(json);
    ScheduleDocument other = understood(DOCUMENT);
    assertThat(one.hash()).isEqualTo(other.hash());
    assertThat(one.orders().stream().map(OrderRequest::wish))
        .isEqualTo(other.orders().stream().map(OrderRequest::wish).toList());
    assertThat(one.orders().stream().map(OrderRequest::equipment))
        .isEqualTo(other.orders().stream().map(OrderRequest::equipment).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ProcessOperationsSchedule/@releaseID",
        "/ProcessOperationsSchedule/ApplicationArea",
        "/ProcessOperationsSchedule/ApplicationArea/CreationDateTime",
        "/ProcessOperationsSchedule/DataArea",
        "/ProcessOperationsSchedule/DataArea/Process",
        "/ProcessOperationsSchedule/DataArea/OperationsSchedule[1]",
        "/ProcessOperationsSchedule/DataArea/OperationsSchedule[1]/ID",
      })
  void whatTheFrameMustHaveIsMissedAtItsPath(String path) {
    assertThat(refused(without(DOCUMENT, path)).faults().stream().map(DocFault::path))
        .containsExactly(path);
  }

  @Test
  void aScheduleWithoutOrdersIsMissedAtThePathOfTheFirst() {
    DocNode none = without(without(DOCUMENT, SCHEDULE + "/OperationsRequest[2]"), ROW);

    assertThat(refused(none).faults())
        .containsExactly(new DocFault(ROW, "it is missing, and B2MML requires it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ID",
        "/HierarchyScope/EquipmentID",
        "/HierarchyScope/EquipmentLevel",
        "/HierarchyScope/HierarchyScopeChild/EquipmentID",
        "/HierarchyScope/HierarchyScopeChild/EquipmentLevel",
        "/SegmentRequirement[1]",
        "/SegmentRequirement[1]/ID",
        "/SegmentRequirement[1]/ProcessSegmentID",
        "/SegmentRequirement[1]/OperationsDefinitionID",
        "/SegmentRequirement[1]/OperationsSegmentID",
        "/SegmentRequirement[1]/EquipmentRequirement[1]/ID",
        "/SegmentRequirement[1]/MaterialRequirement[2]/ID",
        "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]",
        "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString",
      })
  void whatARowMustHaveIsMissedAtItsPathAndTheOthersAreTaken(String below) {
    ScheduleDocument document = understood(without(DOCUMENT, ROW + below));

    assertThat(document.orders().stream().map(OrderRequest::id)).containsExactly("PO-2");
    FaultyRow row = document.faulty().getFirst();
    assertThat(document.faulty()).hasSize(1);
    assertThat(row.row()).isEqualTo(1);
    assertThat(row.path()).isEqualTo(ROW);
    assertThat(row.id()).isEqualTo(below.equals("/ID") ? "" : "PO-1");
    assertThat(row.faults().stream().map(DocFault::path)).containsExactly(ROW + below);
  }

  /** Whatever one element less: what the schema of B2MML refuses is refused, at that path. */
  @Test
  void whatTheSchemaMissesIsMissed(@TempDir Path directory) throws Exception {
    Schema schema = Schema.unpacked(directory);
    assertThat(schema.fault(XmlWriter.write(DOCUMENT))).isEmpty();
    List<String> paths = new ArrayList<>();
    collect(DOCUMENT, "/ProcessOperationsSchedule", paths);
    int invalid = 0;
    for (String path : paths) {
      DocNode less = without(DOCUMENT, path);
      List<String> faults = faults(ScheduleReader.read(less, null, SENT));
      if (schema.fault(XmlWriter.write(less)).isPresent()) {
        invalid++;
        assertThat(faults).as(path).containsExactly(path);
      } else if (!path.contains("/MaterialRequirement") || path.endsWith("ID[1]")) {
        assertThat(faults).as(path).isEmpty();
      }
    }
    assertThat(invalid).isGreaterThan(25);
    assertThat(paths).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @CsvSource({
    "/RequestState, released, 'is none of Forecast, Released'",
    "/RequestState, '', 'is none of Forecast, Released'",
    "/OperationsType, Cooking, is none of Production",
    "/OperationsType, Maintenance, orders of Maintenance are not taken",
    "/Priority, high, is no whole number",
    "/Priority, 1.5, is no whole number",
    "/Priority, 1e99999, is no whole number",
    "/StartTime, 2026-03-23T06:00:00, with its offset from UTC",
    "/StartTime, 23.3.2026, with its offset from UTC",
    "/StartTime, +99999-03-23T06:00:00Z, with its offset from UTC",
    "/ID, '', it is empty",
    "/SegmentRequirement[1]/MaterialRequirement[2]/MaterialUse, Made, is none of Consumable",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, 0, is no number above 0",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, -5, is no number above 0",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, '1,5', is no number above 0",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, NaN, is no number above 0",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, 1e13, is no number above 0",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, 1e999999999, is no number",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/QuantityString, 0.0000001, less than a millionth",
    "/SegmentRequirement[1]/MaterialRequirement[2]/Quantity[1]/UnitOfMeasure, Stück, is no unit of UCUM",
    "/SegmentRequirement[1]/EquipmentRequirement[1]/EquipmentID[1], '', it is empty",
  })
  void aWrongValueRefusesItsRowAtItsPath(String below, String value, String reason) {
    ScheduleDocument document = understood(with(DOCUMENT, ROW + below, value));

    assertThat(document.orders().stream().map(OrderRequest::id)).containsExactly("PO-2");
    assertThat(document.faulty()).hasSize(1);
    DocFault fault = document.faulty().getFirst().faults().getFirst();
    assertThat(document.faulty().getFirst().faults()).hasSize(1);
    assertThat(fault.path()).isEqualTo(ROW + below);
    assertThat(fault.reason()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({"EA, 1", "PCE, 1", "1, 1", "kg, kg", "L, L", "m2, m2"})
  void unitsAreThoseOfUcumAndPieces(String unit, String ucum) {
    DocNode document = with(DOCUMENT, MADE + "/Quantity[1]/UnitOfMeasure", unit);

    assertThat(first(document).wish().unit()).isEqualTo(new UcumUnit(ucum));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Produced", "Material Produced", "Yield Produced"})
  void eachOfTheseUsesIsWhatIsMade(String use) {
    assertThat(first(with(DOCUMENT, MADE + "/MaterialUse", use)).wish().product())
        .isEqualTo("P-100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"By-product Produced", "Co-product Produced", "Inventoried", "Other"})
  void otherUsesAreNotWhatIsMade(String use) {
    assertThat(understood(with(DOCUMENT, MADE + "/MaterialUse", use)).faulty())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.faults().getFirst().reason()).startsWith("nothing says how much"));
  }

  @Test
  void everyStateOfTheCodeListIsAState() {
    for (OrderState state : OrderState.values()) {
      assertThat(first(with(DOCUMENT, ROW + "/RequestState", state.text())).wish().state())
          .isEqualTo(state);
    }
  }

  @Test
  void whatIsUnknownIsKeptAndNotRefused() {
    DocNode more = DocNode.of("{urn:erp}Extra", List.of(DocNode.text("Color", "red")));
    DocNode document = DOCUMENT;
    for (String path : List.of("/ProcessOperationsSchedule", AREA, SCHEDULE, ROW, SEGMENT, MADE)) {
      document = adding(adding(document, path, more), path, DocNode.text("Color", "blue"));
    }

    OrderRequest order = first(document);
    assertThat(understood(document).faulty()).isEmpty();
    assertThat(order.wish()).isEqualTo(first(DOCUMENT).wish());
    assertThat(order.content().all("{urn:erp}Extra")).containsExactly(more);
    assertThat(understood(document).hash()).isNotEqualTo(understood(DOCUMENT).hash());
  }

  @Test
  void whatMayBeThereOnceIsRefusedTwice() {
    assertThat(
            understood(adding(DOCUMENT, ROW, DocNode.text("Priority", "7")))
                .faulty()
                .getFirst()
                .faults())
        .containsExactly(new DocFault(ROW + "/Priority[2]", "it may be there only once"));
    assertThat(refused(adding(DOCUMENT, SCHEDULE, DocNode.text("ID", "X"))).faults())
        .containsExactly(new DocFault(SCHEDULE + "/ID[2]", "it may be there only once"));
  }

  @Test
  void anOrderIsOneRow() {
    DocNode twice = with(DOCUMENT, SCHEDULE + "/OperationsRequest[2]/ID", "PO-1");

    assertThat(understood(twice).orders()).hasSize(1);
    assertThat(understood(twice).faulty().getFirst().faults())
        .containsExactly(
            new DocFault(
                SCHEDULE + "/OperationsRequest[2]/ID",
                "order PO-1 is also " + ROW + ": a document says one thing about an order"));
  }

  @Test
  void whatIsUnclearIsRefused() {
    DocNode other =
        DOCUMENT
            .first("DataArea")
            .orElseThrow()
            .first("OperationsSchedule")
            .orElseThrow()
            .first("OperationsRequest")
            .orElseThrow()
            .first("SegmentRequirement")
            .orElseThrow()
            .all("MaterialRequirement")
            .get(1);
    DocNode otherProduct = with(other, "/MaterialRequirement/MaterialDefinitionID", "P-200");

    assertThat(rowFault(adding(DOCUMENT, SEGMENT, other)))
        .isEqualTo(SEGMENT + "/MaterialRequirement[3]");
    assertThat(rowFault(adding(DOCUMENT, SEGMENT, otherProduct)))
        .isEqualTo(SEGMENT + "/MaterialRequirement[3]");
    assertThat(rowFault(adding(DOCUMENT, MADE, DocNode.text("MaterialLotID", "L-8"))))
        .isEqualTo(MADE + "/MaterialLotID[2]");
    assertThat(rowFault(adding(DOCUMENT, MADE, DocNode.text("MaterialDefinitionID", "P-9"))))
        .isEqualTo(MADE + "/MaterialDefinitionID[2]");
    assertThat(rowFault(adding(DOCUMENT, MADE, other.first("Quantity").orElseThrow())))
        .isEqualTo(MADE + "/Quantity[2]");
    assertThat(rowFault(with(DOCUMENT, ROW + "/EndTime", "2026-03-23T04:00:00Z"))).isEqualTo(ROW);
  }

  /** What one operation makes for the next is not what the order is for. */
  @Test
  void ofSeveralOperationsTheLastSaysWhatIsMade() {
    DocNode row =
        DOCUMENT
            .first("DataArea")
            .orElseThrow()
            .first("OperationsSchedule")
            .orElseThrow()
            .first("OperationsRequest")
            .orElseThrow();
    DocNode segment = row.first("SegmentRequirement").orElseThrow();
    DocNode next = with(segment, "/S/MaterialRequirement[1]/MaterialDefinitionID", "P-100");
    next = with(next, "/S/MaterialRequirement[2]/MaterialDefinitionID", "P-900");
    next = with(next, "/S/MaterialRequirement[2]/Quantity[1]/QuantityString", "1480.5");
    next = with(next, "/S/EquipmentRequirement[1]/EquipmentID[1]", "press-02");
    next = adding(next, "/S", DocNode.text("EarliestStartTime", "2026-03-24T00:00:00Z"));
    next = adding(next, "/S", DocNode.text("LatestEndTime", "2026-03-25T00:00:00Z"));

    for (DocNode document :
        List.of(
            adding(DOCUMENT, ROW, next),
            adding(
                DOCUMENT,
                SEGMENT,
                new DocNode(
                    "SegmentRequirementChild", next.attributes(), next.text(), next.children())))) {
      OrderRequest order = first(document);
      assertThat(order.wish().product()).isEqualTo("P-900");
      assertThat(order.wish().quantity()).isEqualTo(Quantity.of(1480.5));
      assertThat(order.wish().earliestMicros()).isEqualTo(micros("2026-03-24T00:00:00Z"));
      assertThat(order.wish().dueMicros()).isEqualTo(micros("2026-03-25T00:00:00Z"));
      assertThat(order.equipment().stream().map(Place::name))
          .containsExactly("line-1/press-01", "press-02");
    }
  }

  @Test
  void whereNoMachineIsNamedTheScopeSaysWhere() {
    assertThat(first(without(DOCUMENT, SEGMENT + "/EquipmentRequirement[1]")).equipment())
        .containsExactly(
            new Place(ROW + "/HierarchyScope/HierarchyScopeChild/EquipmentID", "GRAZ/BODY"));
  }

  @ParameterizedTest
  @CsvSource({
    "Change, CHANGE",
    "Cancel, CANCEL",
    "Sync, SYNC_ADD",
  })
  void theRootIsTheVerb(String name, Verb verb) {
    assertThat(understood(transaction(name, DocNode.text(name, ""))).verb()).isEqualTo(verb);
  }

  @ParameterizedTest
  @CsvSource({"Add, SYNC_ADD", "Change, SYNC_CHANGE", "Delete, SYNC_DELETE"})
  void syncSaysWhatChanged(String code, Verb verb) {
    assertThat(understood(transaction("Sync", sync(code))).verb()).isEqualTo(verb);
  }

  @Test
  void syncThatIsUnclearIsRefused() {
    String path =
        "/SyncOperationsSchedule/DataArea/Sync/ActionCriteria[1]/ActionExpression[%d]/@actionCode";

    assertThat(refused(transaction("Sync", sync("Replaced"))).faults())
        .containsExactly(
            new DocFault(path.formatted(1), "'Replaced' is none of Add, Change, Delete"));
    assertThat(refused(transaction("Sync", sync("Add", "Add", "Delete"))).faults())
        .containsExactly(
            new DocFault(
                path.formatted(3), "one document adds, changes or deletes: send one for each"));
    assertThat(refused(transaction("Sync", sync(""))).faults().getFirst().path())
        .isEqualTo(path.formatted(1));
  }

  @Test
  void aChangeNeedNotSayHowMuch() {
    DocNode change = transaction("Change", DocNode.text("Change", ""));
    String row = "/ChangeOperationsSchedule/DataArea/OperationsSchedule[1]/OperationsRequest[1]";
    DocNode less = without(change, row + "/SegmentRequirement[1]/MaterialRequirement[2]");

    assertThat(understood(less).orders().getFirst().wish().quantity()).isNull();
    assertThat(understood(less).orders().getFirst().wish().product()).isNull();
  }

  /** Whatever else is wrong with an order, its sender does not want it any more. */
  @Test
  void toCancelTheNumberIsEnough() {
    DocNode cancel = transaction("Cancel", DocNode.text("Cancel", ""));
    String row = "/CancelOperationsSchedule/DataArea/OperationsSchedule[1]/OperationsRequest[1]";
    DocNode wrong = with(cancel, row + "/Priority", "high");

    assertThat(understood(wrong).orders().getFirst().wish()).isEqualTo(OrderWish.NONE);
    assertThat(understood(wrong).orders().getFirst().equipment()).isEmpty();
    assertThat(understood(wrong).orders().getFirst().id()).isEqualTo("PO-1");
  }

  @Test
  void aDocumentOfTheFutureIsRefused() {
    String path = "/ProcessOperationsSchedule/ApplicationArea/CreationDateTime";
    String day = Instant.ofEpochSecond(SENT / 1_000_000 + 86_400).toString();
    String later = Instant.ofEpochSecond(SENT / 1_000_000 + 86_401).toString();

    assertThat(understood(with(DOCUMENT, path, day)).orders()).hasSize(2);
    assertThat(refused(with(DOCUMENT, path, later)).faults())
        .containsExactly(
            new DocFault(
                path,
                "it was written more than a day after it was sent: set the clock of the sender"));
  }

  /** Whatever is sent, there is an answer, and a row is taken or told. */
  @Test
  void noDocumentMakesItFail() {
    List<String> texts =
        List.of("", "0", "-1", "1e400", "PO-1", "Produced", "Add", "x".repeat(300));
    Seeded.check(
        1_000,
        random -> {
          DocNode document = DOCUMENT;
          for (int i = random.nextInt(6); i >= 0; i--) {
            List<String> paths = new ArrayList<>();
            collect(document, "/ProcessOperationsSchedule", paths);
            if (paths.isEmpty()) {
              break;
            }
            String path = paths.get(random.nextInt(paths.size()));
            document =
                random.nextInt(3) == 0
                    ? without(document, path)
                    : with(document, path, texts.get(random.nextInt(texts.size())));
          }
          switch (ScheduleReader.read(document, null, SENT)) {
            case Reading.Refused refused -> assertThat(refused.faults()).isNotEmpty();
            case Reading.Understood(ScheduleDocument read) -> {
              assertThat(read.faulty()).allSatisfy(row -> assertThat(row.faults()).isNotEmpty());
              assertThat(read.orders().size() + read.faulty().size()).isBetween(1, 2);
            }
          }
        });
  }

  @Test
  void aBareScheduleIsToBeProcessed() {
    DocNode bare =
        DOCUMENT.first("DataArea").orElseThrow().first("OperationsSchedule").orElseThrow();
    ScheduleDocument document = understood(bare);

    assertThat(document.verb()).isEqualTo(Verb.PROCESS);
    assertThat(document.documentId()).isEqualTo("WEEK-13@2");
    assertThat(document.createdMicros()).isEqualTo(SENT);
    assertThat(document.orders().get(1).path())
        .isEqualTo("/OperationsSchedule/OperationsRequest[2]");
    DocNode published = adding(bare, "/S", DocNode.text("PublishedDate", "2026-03-19T00:00:00Z"));
    assertThat(understood(published).createdMicros()).isEqualTo(micros("2026-03-19T00:00:00Z"));
  }

  @Test
  void aDocumentIsKnownByWhatItHas() {
    DocNode noBod = without(DOCUMENT, "/ProcessOperationsSchedule/ApplicationArea/BODID");
    DocNode noVersion = without(noBod, SCHEDULE + "/Version");

    assertThat(id(DOCUMENT, "ce-1")).isEqualTo("bod-1");
    assertThat(id(noBod, "ce-1")).isEqualTo("ce-1");
    assertThat(id(noBod, null)).isEqualTo("WEEK-13@2");
    assertThat(id(noVersion, null)).isEqualTo(noVersion.hash());
  }

  @Test
  void otherDocumentsAreRefused() {
    assertThat(refused(DocNode.text("GetOperationsSchedule", "")).faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.path()).isEqualTo("/GetOperationsSchedule");
              assertThat(fault.reason())
                  .startsWith("such documents are not taken; taken are CancelOperationsSchedule,");
            });
  }

  @Test
  void atMostTwentyFaultsAreTold() {
    DocNode document = DOCUMENT;
    for (int i = 0; i < 30; i++) {
      document = adding(document, AREA, DocNode.text("OperationsSchedule", ""));
    }

    assertThat(refused(document).faults()).hasSize(ScheduleReader.MAX_FAULTS);
  }

  @Test
  void tooManyRowsAreRefused() {
    DocNode row = DocNode.text("OperationsRequest", "");
    DocNode schedule =
        DocNode.of(
            "OperationsSchedule",
            Stream.concat(
                    Stream.of(DocNode.text("ID", "S")),
                    Stream.generate(() -> row).limit(ScheduleReader.MAX_ROWS + 1L))
                .toList());

    assertThat(refused(schedule).faults().getFirst().reason())
        .isEqualTo("it has 20001 orders, and at most 20000 are taken: send several documents");
  }

  private static void collect(DocNode node, String path, List<String> paths) {
    node.attributes().keySet().forEach(name -> paths.add(path + "/@" + name));
    for (DocNode child : node.children().stream().distinct().toList()) {
      List<DocNode> same = node.all(child.name());
      String below = path + "/" + child.name();
      boolean many =
          List.of(
                      "OperationsSchedule",
                      "OperationsRequest",
                      "SegmentRequirement",
                      "EquipmentRequirement",
                      "MaterialRequirement",
                      "Quantity",
                      "MaterialDefinitionID",
                      "MaterialLotID",
                      "Description")
                  .contains(child.name())
              || child.name().equals("EquipmentID") && node.name().equals("EquipmentRequirement");
      below = many ? "%s[%d]".formatted(below, same.indexOf(child) + 1) : below;
      paths.add(below);
      collect(child, below, paths);
    }
  }

  private static List<String> faults(Reading reading) {
    return switch (reading) {
      case Reading.Refused refused -> refused.faults().stream().map(DocFault::path).toList();
      case Reading.Understood(ScheduleDocument document) ->
          document.faulty().stream()
              .flatMap(row -> row.faults().stream())
              .map(DocFault::path)
              .toList();
    };
  }

  private static String rowFault(DocNode document) {
    List<FaultyRow> faulty = understood(document).faulty();
    assertThat(faulty).hasSize(1);
    assertThat(faulty.getFirst().faults()).hasSize(1);
    return faulty.getFirst().faults().getFirst().path();
  }

  private static OrderRequest first(DocNode document) {
    return understood(document).orders().getFirst();
  }

  private static String id(DocNode document, String messageId) {
    return Optional.of(ScheduleReader.read(document, messageId, SENT))
        .map(reading -> ((Reading.Understood) reading).document().documentId())
        .orElseThrow();
  }

  private static DocNode transaction(String name, DocNode verb) {
    DocNode area = DOCUMENT.first("DataArea").orElseThrow();
    return DocNode.of(
            name + "OperationsSchedule",
            List.of(
                DOCUMENT.first("ApplicationArea").orElseThrow(),
                DocNode.of(
                    "DataArea", List.of(verb, area.first("OperationsSchedule").orElseThrow()))))
        .with("releaseID", "7.01");
  }

  private static DocNode sync(String... codes) {
    List<DocNode> expressions = new ArrayList<>();
    for (String code : codes) {
      expressions.add(DocNode.text("ActionExpression", "/").with("actionCode", code));
    }
    return DocNode.of("Sync", List.of(DocNode.of("ActionCriteria", expressions)));
  }

  private static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
