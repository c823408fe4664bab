package io.linewright.oee.exchange;

import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.ElementName;
import io.linewright.oee.exchange.Performance.Part;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiValue;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.quantity.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes OperationsPerformance of B2MML V0701. There is a response for each order, and one for what
 * was done without, with a segment response for each part: its figures and elements as segment
 * data, its machine with times as equipment, its good items as material that was produced, and
 * rejected and reworked ones as material of other use, Scrap and Rework. What is not known is not
 * there; of a figure that has no value the description says why.
 *
 * <p>The Business To Manufacturing Markup Language (B2MML) is used courtesy of MESA International.
 */
public final class PerformanceDocument {

  /** Elements that the schema lets be repeated, after those that they are in. */
  private static final Map<String, Set<String>> REPEATED =
      Map.of(
          "OperationsPerformance", Set.of("OperationsResponse"),
          "OperationsResponse", Set.of("OperationsRequestID", "SegmentResponse"),
          "SegmentResponse",
              Set.of("OperationsRequestID", "SegmentData", "EquipmentActual", "MaterialActual"),
          "SegmentData", Set.of("Description", "Value"),
          "EquipmentActual", Set.of("EquipmentID", "Quantity"),
          "MaterialActual", Set.of("MaterialDefinitionID", "MaterialLotID", "Quantity"));

  /** Names of states of orders that a response may have. */
  private static final Set<OrderState> RESPONSES =
      Set.of(
          OrderState.WAITING,
          OrderState.READY,
          OrderState.RUNNING,
          OrderState.COMPLETED,
          OrderState.ABORTED,
          OrderState.HELD,
          OrderState.SUSPENDED,
          OrderState.CLOSED);

  private static final List<ElementName> TIMES =
      List.of(ElementName.POT, ElementName.PBT, ElementName.AUBT, ElementName.APT);

  private PerformanceDocument() {}

  /** The document, its elements in the order of the schema. */
  public static DocNode of(Performance performance) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("ID", performance.documentId()));
    fields.add(DocNode.text("Version", String.valueOf(performance.version())));
    fields.add(DocNode.text("PublishedDate", time(performance.publishedMicros())));
    fields.add(DocNode.text("StartTime", time(performance.span().fromMicros())));
    // The schema spells it so here, and EndTime elsewhere.
    fields.add(DocNode.text("Endtime", time(performance.span().toMicros())));
    fields.add(scope(performance.line()));
    fields.add(DocNode.text("OperationsType", "Production"));
    if (performance.scheduleId() != null) {
      fields.add(DocNode.text("OperationsScheduleID", performance.scheduleId()));
    }
    Map<Optional<String>, List<Part>> byOrder = new LinkedHashMap<>();
    for (Part part : performance.parts()) {
      byOrder
          .computeIfAbsent(Optional.ofNullable(part.order()), order -> new ArrayList<>())
          .add(part);
    }
    byOrder.forEach((order, parts) -> fields.add(response(performance, order.orElse(null), parts)));
    return DocNode.of("OperationsPerformance", fields);
  }

  /** Whether the schema lets an element of these documents be repeated in another. */
  public static boolean repeats(String above, String element) {
    return REPEATED.getOrDefault(above, Set.of()).contains(element);
  }

  private static DocNode response(
      Performance performance, @Nullable String order, List<Part> parts) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(
        DocNode.text(
            "ID", performance.documentId() + (order == null ? "/no-order" : "/order:" + order)));
    fields.add(
        DocNode.text(
            "StartTime",
            time(parts.stream().mapToLong(part -> part.span().fromMicros()).min().orElseThrow())));
    fields.add(
        DocNode.text(
            "EndTime",
            time(parts.stream().mapToLong(part -> part.span().toMicros()).max().orElseThrow())));
    fields.add(scope(performance.line()));
    fields.add(DocNode.text("OperationsType", "Production"));
    if (order != null) {
      fields.add(DocNode.text("OperationsRequestID", order));
    }
    if (order != null && performance.state() != null) {
      fields.add(state(performance.state()));
    }
    for (int i = 0; i < parts.size(); i++) {
      fields.add(segment(parts.get(i), i + 1));
    }
    return DocNode.of("OperationsResponse", fields);
  }

  private static DocNode segment(Part part, int number) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("ID", String.valueOf(number)));
    fields.add(DocNode.text("ActualStartTime", time(part.span().fromMicros())));
    fields.add(DocNode.text("ActualEndTime", time(part.span().toMicros())));
    fields.add(scope(part.machine()));
    fields.add(DocNode.text("OperationsType", "Production"));
    if (part.order() != null) {
      fields.add(DocNode.text("OperationsRequestID", part.order()));
    }
    part.kpis().forEach(value -> fields.add(figure(value)));
    for (ElementName name : ElementName.values()) {
      name.of(part.elements())
          .ifPresent(
              value ->
                  fields.add(
                      DocNode.of(
                          "SegmentData",
                          List.of(
                              DocNode.text("ID", name.name()),
                              DocNode.text("Description", name.title()),
                              value("Value", "ValueString", value, unit(name, part))))));
    }
    fields.add(equipment(part));
    fields.addAll(materials(part));
    return DocNode.of("SegmentResponse", fields);
  }

  private static DocNode figure(KpiValue value) {
    Kpi kpi = value.kpi();
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("ID", kpi.name()));
    fields.add(DocNode.text("Description", kpi.title()));
    switch (value) {
      case KpiValue.Defined defined ->
          fields.add(value("Value", "ValueString", defined.value(), kpi.unit()));
      case KpiValue.NotDefined none ->
          fields.add(DocNode.text("Description", "not defined: " + none.why()));
      case KpiValue.Lacking lacking ->
          fields.add(DocNode.text("Description", "lacks " + String.join("; ", lacking.lacks())));
    }
    return DocNode.of("SegmentData", fields);
  }

  private static DocNode equipment(Part part) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("ID", part.machine().name()));
    fields.add(DocNode.text("EquipmentID", part.machine().toString()));
    for (ElementName name : TIMES) {
      OptionalDouble seconds = name.of(part.elements());
      if (seconds.isPresent()) {
        DocNode quantity =
            value("Quantity", "QuantityString", seconds.getAsDouble(), name.unit().ucum());
        List<DocNode> keyed = new ArrayList<>(quantity.children());
        keyed.add(DocNode.text("Key", name.name()));
        fields.add(DocNode.of("Quantity", keyed));
      }
    }
    return DocNode.of("EquipmentActual", fields);
  }

  private static List<DocNode> materials(Part part) {
    Counts counts = part.elements().counts();
    List<DocNode> materials = new ArrayList<>();
    if (knows(ElementName.GQ, part)) {
      materials.add(material(part, "good", DocNode.text("MaterialUse", "Produced"), counts.good()));
    }
    if (knows(ElementName.SQ, part)) {
      materials.add(material(part, "scrap", otherUse("Scrap"), counts.reject()));
    }
    if (knows(ElementName.RQ, part)) {
      materials.add(material(part, "rework", otherUse("Rework"), counts.rework()));
    }
    return materials;
  }

  private static boolean knows(ElementName name, Part part) {
    return name.missing(part.elements()).isEmpty();
  }

  private static DocNode otherUse(String use) {
    return DocNode.text("MaterialUse", "Other").with("OtherValue", use);
  }

  private static DocNode material(Part part, String id, DocNode use, Quantity quantity) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("ID", id));
    if (part.product() != null) {
      fields.add(DocNode.text("MaterialDefinitionID", part.product()));
    }
    if (part.lot() != null) {
      fields.add(DocNode.text("MaterialLotID", part.lot()));
    }
    fields.add(use);
    fields.add(
        value(
            "Quantity",
            "QuantityString",
            BigDecimal.valueOf(quantity.millionths(), 6),
            part.unit().code()));
    return DocNode.of("MaterialActual", fields);
  }

  private static String unit(ElementName name, Part part) {
    return name.isCount() && name.unit() == ElementName.Unit.ITEM
        ? part.unit().code()
        : name.unit().ucum();
  }

  private static DocNode value(String name, String text, double value, String unit) {
    return value(name, text, BigDecimal.valueOf(value), unit);
  }

  private static DocNode value(String name, String text, BigDecimal value, String unit) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return DocNode.of(
        name,
        List.of(
            DocNode.text(text, plain.toPlainString()),
            DocNode.text("DataType", "decimal"),
            DocNode.text("UnitOfMeasure", unit)));
  }

  private static DocNode state(OrderState state) {
    return RESPONSES.contains(state)
        ? DocNode.text("ResponseState", state.text())
        : DocNode.text("ResponseState", "Other").with("OtherValue", state.text());
  }

  /** The equipment above and itself, each in the one above it. */
  private static DocNode scope(EquipmentPath path) {
    return scope(path, 1, "HierarchyScope");
  }

  private static DocNode scope(EquipmentPath path, int depth, String name) {
    List<DocNode> fields = new ArrayList<>();
    fields.add(DocNode.text("EquipmentID", path.segments().get(depth - 1)));
    fields.add(
        DocNode.text(
            "EquipmentLevel", level(new EquipmentPath(path.segments().subList(0, depth)).level())));
    if (depth < path.segments().size()) {
      fields.add(scope(path, depth + 1, "HierarchyScopeChild"));
    }
    return DocNode.of(name, fields);
  }

  /** As the code list spells it, such as {@code WorkCenter}. */
  private static String level(EquipmentLevel level) {
    StringBuilder name = new StringBuilder();
    for (String word : level.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
