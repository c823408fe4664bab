package io.linewright.oee.app.order;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.app.NextLink;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.quantity.Quantity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Orders", description = "What is to be made, and what machines work on")
class OrderController {

  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_VERSIONS = 1_000;
  private static final int MAX_TEXT = 200;

  /**
   * All of an order; what is missing is not said.
   *
   * @param product id of what is made
   * @param quantity how much, more than 0
   * @param unit UCUM; missing: items
   * @param earliest when it may begin
   * @param due when it must be done
   * @param equipment where it is made; missing: anywhere
   * @param priority the higher the sooner; missing: 0
   * @param state as B2MML spells it; missing: as it is, of a new one Released
   */
  record OrderBody(
      @Nullable String product,
      @Nullable Double quantity,
      @Nullable String unit,
      @Nullable String lot,
      @Nullable String earliest,
      @Nullable String due,
      @Nullable String equipment,
      @Nullable Integer priority,
      @Nullable String state) {}

  /**
   * An order.
   *
   * @param version counted from 1, which is its ETag
   * @param plannedScrap null: what the product says
   * @param document which document, or change by hand, was heard last
   */
  record OrderView(
      String id,
      int version,
      String product,
      double quantity,
      String unit,
      @Nullable String lot,
      @Nullable String earliest,
      @Nullable String due,
      @Nullable String equipment,
      int priority,
      String state,
      @Nullable Double plannedScrap,
      String document,
      String changedBy,
      String changedAt) {}

  /** A page of orders, by id. */
  record OrdersView(List<OrderView> orders, @Nullable String next) {}

  /** What an order was, the latest first. */
  record VersionsView(List<OrderView> versions) {}

  private final OrderDesk desk;
  private final Orders orders;
  private final InstantSource clock;

  OrderController(OrderDesk desk, Orders orders, InstantSource clock) {
    this.desk = desk;
    this.orders = orders;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/production-orders", produces = "application/json")
  @Operation(
      operationId = "productionOrders",
      summary = "Orders by id",
      description =
          "With equipment those that are made there, below it, or at something above it; with due"
              + " those that are due before that instant. limit is 1 to 1000.")
  OrdersView list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String due,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    List<Orders.Kept> found =
        orders.list(
            new Orders.Wanted(
                state == null ? null : state(state),
                equipment == null ? null : EquipmentPath.parse(equipment),
                due == null ? null : Rfc3339.parse("due", due),
                cursor),
            limit + 1);
    List<OrderView> page = found.stream().limit(limit).map(OrderController::view).toList();
    if (found.size() <= limit) {
      return new OrdersView(page, null);
    }
    NextLink.add(request, response, page.getLast().id());
    return new OrdersView(page, page.getLast().id());
  }

  @GetMapping(path = "/api/v1/production-orders/{id}", produces = "application/json")
  @Operation(operationId = "productionOrder", summary = "One order; ETag is its version")
  ResponseEntity<OrderView> one(@PathVariable String id) {
    Orders.Kept kept = orders.find(id).orElseThrow(() -> OrderDesk.unknown(id));
    return ResponseEntity.ok().eTag(OrderDesk.tag(kept)).body(view(kept));
  }

  @GetMapping(path = "/api/v1/production-orders/{id}/versions", produces = "application/json")
  @Operation(
      operationId = "productionOrderVersions",
      summary = "What an order was, by whom and when, the latest first",
      description = "At most the latest 1,000.")
  VersionsView versions(@PathVariable String id) {
    List<Orders.Kept> versions = orders.versions(id, MAX_VERSIONS);
    if (versions.isEmpty()) {
      throw OrderDesk.unknown(id);
    }
    return new VersionsView(versions.stream().map(OrderController::view).toList());
  }

  @PutMapping(
      path = "/api/v1/production-orders/{id}",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "putProductionOrder",
      summary = "Make an order, or say all of it anew",
      description =
          "Needs the role admin, and a right to where it is made. Of an order that is there"
              + " If-Match must be its ETag. What was computed with the order as it was is computed"
              + " again.",
      responses = {
        @ApiResponse(responseCode = "200", description = "Changed", useReturnTypeSchema = true),
        @ApiResponse(responseCode = "201", description = "Made", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "409",
            description = "order-in-state: what it is does not allow the change")
      })
  ResponseEntity<OrderView> put(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody OrderBody body,
      Authentication who) {
    if (id.isBlank() || id.length() > MAX_TEXT) {
      throw new IllegalArgumentException("the id of an order has 1 to 200 characters");
    }
    Requester requester = Requester.of(who);
    OrderDesk.Taken taken =
        desk.put(
            id,
            wish(body),
            ifMatch,
            Author.of(requester.name(), Times.micros(clock.instant()), null),
            requester);
    return ResponseEntity.status(taken.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .eTag(OrderDesk.tag(taken.kept()))
        .body(view(taken.kept()));
  }

  private static OrderWish wish(OrderBody body) {
    String product = text("product", body.product());
    Double quantity = body.quantity();
    if (product == null || quantity == null) {
      throw new IllegalArgumentException(
          "an order says at least product and quantity, as {\"product\":\"P-1\",\"quantity\":100}");
    }
    return new OrderWish(
        product,
        null,
        Quantity.of(quantity.doubleValue()),
        body.unit() == null ? UcumUnit.ONE : UcumUnit.parse(body.unit()),
        text("lot", body.lot()),
        body.earliest() == null ? null : Rfc3339.parse("earliest", body.earliest()),
        body.due() == null ? null : Rfc3339.parse("due", body.due()),
        body.equipment() == null ? null : EquipmentPath.parse(body.equipment()),
        body.priority(),
        body.state() == null ? null : state(body.state()));
  }

  private static @Nullable String text(String name, @Nullable String text) {
    if (text != null && (text.isBlank() || text.length() > MAX_TEXT)) {
      throw new IllegalArgumentException(name + " must have 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private static OrderState state(String text) {
    return OrderState.ofText(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "state must be one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(OrderState.values())
                                .map(OrderState::text)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  private static OrderView view(Orders.Kept kept) {
    ProductionOrder order = kept.order();
    return new OrderView(
        order.id(),
        kept.version(),
        order.product(),
        order.quantity().units(),
        order.unit().code(),
        order.lot(),
        order.earliestMicros() == null ? null : Rfc3339.format(order.earliestMicros()),
        order.dueMicros() == null ? null : Rfc3339.format(order.dueMicros()),
        order.at() == null ? null : order.at().toString(),
        order.priority(),
        order.state().text(),
        order.plannedScrap() == null ? null : order.plannedScrap().units(),
        kept.documentId(),
        kept.by(),
        Rfc3339.format(kept.atMicros()));
  }
}
