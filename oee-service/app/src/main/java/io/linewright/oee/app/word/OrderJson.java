package io.linewright.oee.app.word;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.quantity.Quantity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Wishes and orders as JSON of the database. */
final class OrderJson {

  /** Quantities in millionths, times in microseconds since the epoch. */
  private record Content(
      @Nullable String product,
      @Nullable String definition,
      @Nullable Long quantity,
      @Nullable String unit,
      @Nullable String lot,
      @Nullable Long earliest,
      @Nullable Long due,
      @Nullable String at,
      @Nullable Integer priority,
      @Nullable String state,
      @Nullable Long plannedScrap) {}

  private final JsonMapper json;

  OrderJson(JsonMapper json) {
    this.json = json;
  }

  String text(OrderWish wish) {
    return json.writeValueAsString(
        new Content(
            wish.product(),
            wish.definition(),
            wish.quantity() == null ? null : wish.quantity().millionths(),
            wish.unit() == null ? null : wish.unit().code(),
            wish.lot(),
            wish.earliestMicros(),
            wish.dueMicros(),
            wish.at() == null ? null : wish.at().toString(),
            wish.priority(),
            wish.state() == null ? null : wish.state().text(),
            null));
  }

  OrderWish wish(String text) {
    Content content = json.readValue(text, Content.class);
    return new OrderWish(
        content.product(),
        content.definition(),
        content.quantity() == null ? null : new Quantity(content.quantity()),
        content.unit() == null ? null : new UcumUnit(content.unit()),
        content.lot(),
        content.earliest(),
        content.due(),
        content.at() == null ? null : EquipmentPath.parse(content.at()),
        content.priority(),
        content.state() == null ? null : state(content.state()));
  }

  String text(ProductionOrder order) {
    return json.writeValueAsString(
        new Content(
            order.product(),
            null,
            order.quantity().millionths(),
            order.unit().code(),
            order.lot(),
            order.earliestMicros(),
            order.dueMicros(),
            order.at() == null ? null : order.at().toString(),
            order.priority(),
            order.state().text(),
            order.plannedScrap() == null ? null : order.plannedScrap().millionths()));
  }

  ProductionOrder order(String id, String text) {
    Content content = json.readValue(text, Content.class);
    if (content.product() == null
        || content.quantity() == null
        || content.unit() == null
        || content.priority() == null
        || content.state() == null) {
      throw new IllegalStateException("the order " + id + " is not whole: " + text);
    }
    return new ProductionOrder(
        id,
        content.product(),
        new Quantity(content.quantity()),
        new UcumUnit(content.unit()),
        content.lot(),
        content.earliest(),
        content.due(),
        content.at() == null ? null : EquipmentPath.parse(content.at()),
        content.priority(),
        state(content.state()),
        content.plannedScrap() == null ? null : new Quantity(content.plannedScrap()));
  }

  static OrderState state(String text) {
    return OrderState.ofText(text)
        .orElseThrow(() -> new IllegalStateException("there is no state of orders " + text));
  }
}
