package io.linewright.oee.exchange;

import static io.linewright.oee.exchange.ScheduleReader.text;

import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.document.DocFault;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.exchange.OrderRequest.Place;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands a row of a schedule.
 *
 * <p>What is made is the material that a segment requirement produces and no other one of the row
 * consumes; of several segments the last one that makes it says how much and which lot. It may be
 * made from the earliest start of all segments to the latest end, else from the start to the end of
 * the row; where the segments say, else where the row says.
 */
final class RequestReader {

  private static final Set<String> PRODUCED =
      Set.of("Produced", "Material Produced", "Yield Produced");
  private static final Set<String> NOT_MADE = Set.of("Maintenance", "Quality", "Inventory");
  private static final Set<String> CONSUMED = Set.of("Consumed", "Material Consumed", "Consumable");

  /** What planning systems write for pieces; EA would be an exaampere in UCUM. */
  private static final Map<String, UcumUnit> PIECES =
      Map.of("EA", UcumUnit.ONE, "PCE", UcumUnit.ONE);

  private static final int MAX_DIGITS = 40;
  private static final BigDecimal MOST = BigDecimal.valueOf(Quantity.MAX_UNITS);

  /** An element and where it is. */
  private record At(DocNode node, String path) {

    List<At> all(String child) {
      List<At> all = new ArrayList<>();
      for (DocNode one : node.all(child)) {
        all.add(new At(one, "%s/%s[%d]".formatted(path, child, all.size() + 1)));
      }
      return all;
    }
  }

  private final At row;
  private final Faults faults;
  private final List<At> segments = new ArrayList<>();

  private RequestReader(At row, Faults faults) {
    this.row = row;
    this.faults = faults;
    row.all("SegmentRequirement").forEach(this::addSegment);
  }

  private void addSegment(At segment) {
    segments.add(segment);
    segment.all("SegmentRequirementChild").forEach(this::addSegment);
  }

  /** What the row says; empty if it cannot be understood, for the faults that were added. */
  static Optional<OrderRequest> read(
      int number, String path, String scheduleId, DocNode node, Verb verb, Faults faults) {
    Shapes.check(node, path, Shapes.ROW, faults);
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    if (verb.effect() == Verb.Effect.CANCEL) {
      // Which order is all that matters: what was wrong with it is no reason to go on making it.
      return Optional.of(
          new OrderRequest(
              number, path, scheduleId, text(node, "ID"), OrderWish.NONE, List.of(), node));
    }
    RequestReader reader = new RequestReader(new At(node, path), faults);
    OrderWish wish = reader.wish(verb.effect());
    return faults.isEmpty()
        ? Optional.of(
            new OrderRequest(
                number, path, scheduleId, text(node, "ID"), wish, reader.places(), node))
        : Optional.empty();
  }

  private OrderWish wish(Verb.Effect effect) {
    String type = text(row.node(), "OperationsType");
    if (NOT_MADE.contains(type)) {
      faults.add(
          row.path() + "/OperationsType",
          "orders of %s are not taken, only those in which something is made".formatted(type));
    }
    At material = material();
    At quantity = material == null ? null : only(material, "Quantity", "an order has one quantity");
    if (effect == Verb.Effect.SET && quantity == null && faults.isEmpty()) {
      faults.add(
          material == null
              ? segments.getLast().path() + "/MaterialRequirement[1]"
              : material.path() + "/Quantity[1]",
          "nothing says how much is to be made: a MaterialRequirement whose MaterialUse is Produced,"
              + " with a Quantity");
    }
    Quantity amount = quantity == null ? null : amount(quantity);
    UcumUnit unit = quantity == null ? null : unit(quantity);
    String product = said(material, "MaterialDefinitionID", "an order is for one product");
    String lot = said(material, "MaterialLotID", "an order makes one lot: send one order for each");
    Integer priority = priority();
    Long earliest = earliest();
    Long due = due();
    if (earliest != null && due != null && due < earliest) {
      faults.add(row.path(), "it is due before it may begin");
    }
    return faults.isEmpty()
        ? new OrderWish(
            product,
            definition(),
            amount,
            unit,
            lot,
            earliest,
            due,
            null,
            priority,
            OrderState.ofText(text(row.node(), "RequestState")).orElse(null))
        : OrderWish.NONE;
  }

  /** The material that is made, where it is made last. */
  private @Nullable At material() {
    Set<String> consumed = new HashSet<>();
    for (At material : materials(CONSUMED)) {
      material.node().all("MaterialDefinitionID").forEach(id -> consumed.add(id.text()));
    }
    At last = null;
    String product = null;
    for (At material : materials(PRODUCED)) {
      String made = text(material.node(), "MaterialDefinitionID");
      if (consumed.contains(made)) {
        continue;
      }
      if (product != null && !product.equals(made)) {
        faults.add(
            material.path(),
            "it makes %s, and %s makes %s: send one order for each"
                .formatted(DocFault.quote(made), last == null ? "" : last.path(), product));
        return null;
      }
      if (last != null && segmentOf(last).equals(segmentOf(material))) {
        faults.add(
            material.path(), "its segment makes the product in two parts: send one order for each");
        return null;
      }
      product = made;
      last = material;
    }
    return last;
  }

  private static String segmentOf(At material) {
    return material.path().substring(0, material.path().lastIndexOf('/'));
  }

  private List<At> materials(Set<String> uses) {
    return segments.stream()
        .flatMap(segment -> segment.all("MaterialRequirement").stream())
        .filter(material -> uses.contains(text(material.node(), "MaterialUse")))
        .toList();
  }

  /** The only child of a name; null if there is none. */
  private @Nullable At only(At of, String child, String rule) {
    List<At> all = of.all(child);
    if (all.size() > 1) {
      faults.add(all.get(1).path(), rule);
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  private @Nullable String said(@Nullable At of, String child, String rule) {
    At only = of == null ? null : only(of, child, rule);
    return only == null ? null : only.node().text();
  }

  private @Nullable String definition() {
    String own = text(row.node(), "OperationsDefinitionID");
    return own.isEmpty() ? text(segments.getFirst().node(), "OperationsDefinitionID") : own;
  }

  private @Nullable Quantity amount(At quantity) {
    String text = text(quantity.node(), "QuantityString");
    String path = quantity.path() + "/QuantityString";
    BigDecimal number = decimal(text);
    if (number == null || number.signum() <= 0 || number.compareTo(MOST) > 0) {
      faults.add(
          path,
          "%s is no number above 0, at most %d, with a point before decimals"
              .formatted(DocFault.quote(text), Quantity.MAX_UNITS));
      return null;
    }
    Quantity amount =
        new Quantity(number.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    if (amount.millionths() == 0) {
      faults.add(path, DocFault.quote(text) + " is less than a millionth");
      return null;
    }
    return amount;
  }

  private @Nullable UcumUnit unit(At quantity) {
    String text = text(quantity.node(), "UnitOfMeasure");
    if (text.isEmpty()) {
      return null;
    }
    UcumUnit pieces = PIECES.get(text);
    if (pieces != null) {
      return pieces;
    }
    try {
      return UcumUnit.parse(text);
    } catch (IllegalArgumentException wrong) {
      faults.add(
          quantity.path() + "/UnitOfMeasure",
          "%s is no unit of UCUM, such as 1, kg, m, L, nor EA or PCE for pieces: %s"
              .formatted(DocFault.quote(text), wrong.getMessage()));
      return null;
    }
  }

  private @Nullable Long earliest() {
    List<Long> starts = times("EarliestStartTime");
    return starts.isEmpty()
        ? Shapes.micros(text(row.node(), "StartTime")).orElse(null)
        : starts.stream().min(Long::compare).orElseThrow();
  }

  private @Nullable Long due() {
    List<Long> ends = times("LatestEndTime");
    return ends.isEmpty()
        ? Shapes.micros(text(row.node(), "EndTime")).orElse(null)
        : ends.stream().max(Long::compare).orElseThrow();
  }

  private List<Long> times(String name) {
    return segments.stream()
        .flatMap(segment -> Shapes.micros(text(segment.node(), name)).stream())
        .toList();
  }

  private @Nullable Integer priority() {
    if (row.node().first("Priority").isEmpty()) {
      return null;
    }
    String text = text(row.node(), "Priority");
    BigDecimal number = decimal(text);
    try {
      if (number != null) {
        return number.intValueExact();
      }
    } catch (ArithmeticException notOne) {
      // Told below.
    }
    faults.add(
        row.path() + "/Priority",
        DocFault.quote(text) + " is no whole number from -2147483648 to 2147483647");
    return null;
  }

  private static @Nullable BigDecimal decimal(String text) {
    try {
      BigDecimal number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
      return number == null || Math.abs((long) number.scale()) > MAX_DIGITS ? null : number;
    } catch (NumberFormatException notOne) {
      return null;
    }
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (At segment : segments) {
      List<Place> own = new ArrayList<>();
      for (At requirement : segment.all("EquipmentRequirement")) {
        requirement
            .all("EquipmentID")
            .forEach(id -> own.add(new Place(id.path(), id.node().text())));
      }
      if (own.isEmpty()) {
        scope(segment).ifPresent(own::add);
      }
      places.addAll(own);
    }
    if (places.isEmpty()) {
      scope(row).ifPresent(places::add);
    }
    return places;
  }

  /** Names of a hierarchy scope from the outermost to the innermost. */
  private static Optional<Place> scope(At of) {
    List<String> names = new ArrayList<>();
    String path = of.path();
    String next = "HierarchyScope";
    Optional<DocNode> scope = of.node().first(next);
    while (scope.isPresent()) {
      path = path + "/" + next;
      names.add(text(scope.get(), "EquipmentID"));
      next = "HierarchyScopeChild";
      scope = scope.get().first(next);
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(path + "/EquipmentID", String.join("/", names)));
  }
}
