package io.linewright.oee.exchange;

import static io.linewright.oee.exchange.Shape.any;
import static io.linewright.oee.exchange.Shape.maybe;
import static io.linewright.oee.exchange.Shape.of;
import static io.linewright.oee.exchange.Shape.one;
import static io.linewright.oee.exchange.Shape.oneOf;
import static io.linewright.oee.exchange.Shape.some;
import static java.util.Map.entry;

import io.linewright.oee.document.DocFault;
import io.linewright.oee.document.DocNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of B2MML V0701 that are understood here, and the check of elements against them. The
 * Business To Manufacturing Markup Language (B2MML) is used courtesy of MESA International.
 *
 * <p>What a type has beside this is neither checked nor refused, and neither is the order of
 * elements, which JSON has not.
 */
final class Shapes {

  /** Most characters of an identifier. */
  static final int MAX_ID = 200;

  /** The row of a schedule: its faults are its own, and not those of the document. */
  static final String ROW = "OperationsRequestType";

  static final String DATE_TIME = "DateTimeType";
  static final String IDENTIFIER = "IdentifierType";

  private static final String REQUEST_STATE = "RequestStateType";
  private static final String MATERIAL_USE = "MaterialUseType";
  private static final String OPERATIONS_TYPE = "OperationsTypeType";
  private static final String EQUIPMENT_LEVEL = "EquipmentLevelType";

  /** Values of the code lists, as they are spelt there. */
  static final Map<String, List<String>> CODES =
      Map.of(
          REQUEST_STATE,
          List.of(
              "Forecast",
              "Released",
              "Waiting",
              "Cancelled",
              "Ready",
              "Running",
              "Completed",
              "Aborted",
              "Held",
              "Suspended",
              "Closed",
              "Other"),
          MATERIAL_USE,
          List.of(
              "Consumable",
              "Consumed",
              "Produced",
              "By-product Produced",
              "Co-product Produced",
              "Yield Produced",
              "Material Consumed",
              "Material Produced",
              "Destructive Sample",
              "Returned Sample",
              "Retained Sample",
              "Inventoried",
              "Other"),
          OPERATIONS_TYPE,
          List.of("Production", "Maintenance", "Quality", "Inventory", "Mixed", "Other"),
          EQUIPMENT_LEVEL,
          List.of(
              "Enterprise",
              "Site",
              "Area",
              "ProcessCell",
              "Unit",
              "ProductionLine",
              "WorkCell",
              "ProductionUnit",
              "StorageZone",
              "StorageUnit",
              "WorkCenter",
              "WorkUnit",
              "EquipmentModule",
              "ControlModule",
              "Other"));

  static final Map<String, Shape> SHAPES =
      Map.ofEntries(
          entry("ProcessOperationsScheduleType", transaction("Process")),
          entry("ChangeOperationsScheduleType", transaction("Change")),
          entry("CancelOperationsScheduleType", transaction("Cancel")),
          entry("SyncOperationsScheduleType", transaction("Sync")),
          entry("ProcessOperationsScheduleType/DataArea", area("Process", "TransProcessType")),
          entry("ChangeOperationsScheduleType/DataArea", area("Change", "TransChangeType")),
          entry("CancelOperationsScheduleType/DataArea", area("Cancel", "TransCancelType")),
          entry("SyncOperationsScheduleType/DataArea", area("Sync", "TransSyncType")),
          entry("TransSyncType", of(any("ActionCriteria", "TransActionCriteriaType"))),
          entry("TransActionCriteriaType", of(any("ActionExpression", "TransExpressionType"))),
          entry("TransExpressionType", of().requiring("actionCode")),
          entry(
              "TransApplicationAreaType",
              of(one("CreationDateTime", DATE_TIME), maybe("BODID", IDENTIFIER))),
          entry(
              "OperationsScheduleType",
              of(
                  one("ID", IDENTIFIER),
                  maybe("Version", IDENTIFIER),
                  maybe("PublishedDate", DATE_TIME),
                  some("OperationsRequest", ROW))),
          entry(
              ROW,
              of(
                  one("ID", IDENTIFIER),
                  maybe("StartTime", DATE_TIME),
                  maybe("EndTime", DATE_TIME),
                  maybe("HierarchyScope", "HierarchyScopeType"),
                  maybe("OperationsType", OPERATIONS_TYPE),
                  maybe("Priority", "PriorityType"),
                  maybe("RequestState", REQUEST_STATE),
                  maybe("OperationsDefinitionID", IDENTIFIER),
                  some("SegmentRequirement", "OpSegmentRequirementType"))),
          entry(
              "OpSegmentRequirementType",
              of(
                  one("ID", IDENTIFIER),
                  maybe("EarliestStartTime", DATE_TIME),
                  maybe("LatestEndTime", DATE_TIME),
                  maybe("HierarchyScope", "HierarchyScopeType"),
                  maybe("OperationsType", OPERATIONS_TYPE),
                  one("ProcessSegmentID", IDENTIFIER),
                  one("OperationsDefinitionID", IDENTIFIER),
                  one("OperationsSegmentID", IDENTIFIER),
                  maybe("SegmentState", REQUEST_STATE),
                  any("EquipmentRequirement", "OpEquipmentRequirementType"),
                  any("MaterialRequirement", "OpMaterialRequirementType"),
                  any("SegmentRequirementChild", "OpSegmentRequirementType"))),
          entry(
              "OpEquipmentRequirementType",
              of(
                  one("ID", IDENTIFIER),
                  any("EquipmentID", IDENTIFIER),
                  maybe("EquipmentLevel", EQUIPMENT_LEVEL))),
          entry(
              "OpMaterialRequirementType",
              of(
                  one("ID", IDENTIFIER),
                  any("MaterialDefinitionID", IDENTIFIER),
                  any("MaterialLotID", IDENTIFIER),
                  maybe("MaterialUse", MATERIAL_USE),
                  any("Quantity", "QuantityValueType"))),
          entry(
              "QuantityValueType",
              of(
                  one("QuantityString", "QuantityStringType"),
                  maybe("UnitOfMeasure", "UnitOfMeasureType"))),
          entry(
              "HierarchyScopeType",
              of(
                  one("EquipmentID", IDENTIFIER),
                  oneOf(EQUIPMENT_LEVEL, "EquipmentLevel", "EquipmentElementLevel"),
                  maybe("HierarchyScopeChild", "HierarchyScopeType"))));

  private Shapes() {}

  private static Shape transaction(String verb) {
    return of(
            one("ApplicationArea", "TransApplicationAreaType"),
            one("DataArea", verb + "OperationsScheduleType/DataArea"))
        .requiring("releaseID");
  }

  private static Shape area(String verb, String type) {
    return of(one(verb, type), some("OperationsSchedule", "OperationsScheduleType"));
  }

  /**
   * Finds what is wrong with an element of a type and all below it, without the rows of schedules:
   * those are checked one by one.
   */
  static void check(DocNode node, String path, String type, Faults faults) {
    Shape shape = SHAPES.get(type);
    if (shape == null) {
      checkText(node, path, type, faults);
      return;
    }
    for (String attribute : shape.attributes()) {
      if (node.attributes().getOrDefault(attribute, "").isEmpty()) {
        faults.add(
            path + "/@" + attribute,
            "the attribute is missing; in JSON it is the field @" + attribute);
      }
    }
    Map<String, List<DocNode>> children = byName(node);
    for (Shape.Part part : shape.parts()) {
      check(children, path, part, faults);
    }
  }

  private static void check(
      Map<String, List<DocNode>> children, String path, Shape.Part part, Faults faults) {
    int count = 0;
    for (String name : part.names()) {
      for (DocNode child : children.getOrDefault(name, List.of())) {
        count++;
        if (count > part.most()) {
          faults.add("%s/%s[%d]".formatted(path, name, count), "it may be there only once");
          return;
        }
        if (!part.type().equals(ROW)) {
          check(child, at(path, part, name, count), part.type(), faults);
        }
      }
    }
    if (count < part.least()) {
      faults.add(
          part.path(path, 1),
          part.names().size() == 1
              ? "it is missing, and B2MML requires it"
              : "it is missing, and B2MML requires it; it may also be " + part.names().getLast());
    }
  }

  private static String at(String path, Shape.Part part, String name, int number) {
    return part.names().size() == 1 ? part.path(path, number) : path + "/" + name;
  }

  private static Map<String, List<DocNode>> byName(DocNode node) {
    Map<String, List<DocNode>> children = HashMap.newHashMap(node.children().size());
    for (DocNode child : node.children()) {
      children.computeIfAbsent(child.name(), name -> new ArrayList<>()).add(child);
    }
    return children;
  }

  private static void checkText(DocNode node, String path, String type, Faults faults) {
    List<String> codes = CODES.get(type);
    if (codes != null) {
      if (!codes.contains(node.text())) {
        faults.add(
            path,
            "%s is none of %s".formatted(DocFault.quote(node.text()), String.join(", ", codes)));
      }
    } else if (type.equals(IDENTIFIER)) {
      checkIdentifier(node, path, faults);
    } else if (type.equals(DATE_TIME) && micros(node.text()).isEmpty()) {
      faults.add(
          path,
          DocFault.quote(node.text())
              + " is no time from 1900 to 9999 with its offset from UTC, such as"
              + " 2026-03-29T06:00:00+02:00 or 2026-03-29T04:00:00Z");
    }
  }

  private static void checkIdentifier(DocNode node, String path, Faults faults) {
    if (!node.children().isEmpty()) {
      faults.add(path, "it has elements, where the text of an identifier belongs");
    } else if (node.text().isEmpty()) {
      faults.add(path, "it is empty");
    } else if (node.text().length() > MAX_ID) {
      faults.add(path, "it has more than " + MAX_ID + " characters");
    } else if (node.text().chars().anyMatch(c -> c < ' ')) {
      faults.add(path, "an identifier has neither tabs nor more than one line");
    }
  }

  /** Microseconds since 1970-01-01T00:00:00Z of a time with offset, later digits cut off. */
  static Optional<Long> micros(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() < 1900 || time.getYear() > 9999
          ? Optional.empty()
          : Optional.of(time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000);
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }
}
