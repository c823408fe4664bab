package io.linewright.oee.app.word;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.app.Times;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.quantity.Quantity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Production orders as they are and were: {@code production_order}, and its versions. */
public final class Orders {

  /**
   * An order at one of its versions.
   *
   * @param version counted from 1
   * @param documentId which document, or change by hand, was heard last
   * @param by who sent it
   * @param atMicros when, microseconds since the epoch
   */
  public record Kept(
      ProductionOrder order, int version, String documentId, String by, long atMicros) {}

  /**
   * Which orders are asked for; null: whichever.
   *
   * @param at made there, below it, or at something above it
   * @param dueBefore due before that instant, microseconds since the epoch
   * @param after only those with greater ids
   */
  public record Wanted(
      @Nullable OrderState state,
      @Nullable EquipmentPath at,
      @Nullable Long dueBefore,
      String after) {}

  private static final String COLUMNS =
      "order_id, version, product, quantity, unit, lot, earliest, due, equipment, priority, state,"
          + " planned_scrap, document_id, changed_by, changed_at ";

  private static final String LIST =
      """
      FROM production_order
      WHERE order_id > ? AND (?::text IS NULL OR state = ?) AND (?::timestamptz IS NULL OR due < ?)
        AND (?::text IS NULL OR equipment = ? OR starts_with(equipment, ? || '/')
             OR starts_with(?, equipment || '/'))
      ORDER BY order_id LIMIT ?
      """;

  private static final String SET =
      """
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, product = excluded.product,
        quantity = excluded.quantity, unit = excluded.unit, lot = excluded.lot,
        earliest = excluded.earliest, due = excluded.due, equipment = excluded.equipment,
        priority = excluded.priority, state = excluded.state, planned_scrap = excluded.planned_scrap,
        document_id = excluded.document_id, changed_by = excluded.changed_by,
        changed_at = excluded.changed_at
      """;

  private final JdbcClient jdbc;

  Orders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the orders that are known, by id; in the caller's transaction. */
  public Map<String, ProductionOrder> named(Collection<String> ids) {
    Map<String, ProductionOrder> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql("/* read */ SELECT " + COLUMNS + "FROM production_order WHERE order_id = ANY (?)")
          .param(ids.toArray(String[]::new))
          .query((row, n) -> kept(row).order())
          .list()
          .forEach(order -> found.put(order.id(), order));
    }
    return found;
  }

  /** An order as it is now; empty if there is none. */
  public Optional<Kept> find(String id) {
    return jdbc.sql("/* read */ SELECT " + COLUMNS + "FROM production_order WHERE order_id = ?")
        .param(id)
        .query((row, n) -> kept(row))
        .optional();
  }

  /** All versions of an order, the latest first. */
  public List<Kept> versions(String id, int limit) {
    return jdbc.sql(
            "/* read */ SELECT "
                + COLUMNS
                + "FROM production_order_version WHERE order_id = ? ORDER BY version DESC LIMIT ?")
        .params(id, limit)
        .query((row, n) -> kept(row))
        .list();
  }

  /** Orders by id. */
  public List<Kept> list(Wanted wanted, int limit) {
    String state = wanted.state() == null ? null : wanted.state().text();
    String at = wanted.at() == null ? null : wanted.at().toString();
    Object due = wanted.dueBefore() == null ? null : Times.at(wanted.dueBefore());
    return jdbc.sql("/* read */ SELECT " + COLUMNS + LIST)
        .params(Arrays.asList(wanted.after(), state, state, due, due, at, at, at, at, limit))
        .query((row, n) -> kept(row))
        .list();
  }

  /** Another order, or another version of one; the caller has locked all orders. */
  void set(Kept kept) {
    ProductionOrder order = kept.order();
    List<@Nullable Object> values =
        Arrays.asList(
            order.id(),
            kept.version(),
            order.product(),
            order.quantity().millionths(),
            order.unit().code(),
            order.lot(),
            order.earliestMicros() == null ? null : Times.at(order.earliestMicros()),
            order.dueMicros() == null ? null : Times.at(order.dueMicros()),
            order.at() == null ? null : order.at().toString(),
            order.priority(),
            order.state().text(),
            order.plannedScrap() == null ? null : order.plannedScrap().millionths(),
            kept.documentId(),
            kept.by(),
            Times.at(kept.atMicros()));
    jdbc.sql("INSERT INTO production_order (" + COLUMNS + SET).params(values).update();
    jdbc.sql(
            "INSERT INTO production_order_version ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(values)
        .update();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    String at = row.getString(9);
    Long scrap = row.getObject(12, Long.class);
    ProductionOrder order =
        new ProductionOrder(
            row.getString(1),
            row.getString(3),
            new Quantity(row.getLong(4)),
            new UcumUnit(row.getString(5)),
            row.getString(6),
            row.getObject(7) == null ? null : Times.micros(row, 7),
            row.getObject(8) == null ? null : Times.micros(row, 8),
            at == null ? null : EquipmentPath.parse(at),
            row.getInt(10),
            OrderJson.state(row.getString(11)),
            scrap == null ? null : new Quantity(scrap));
    return new Kept(
        order, row.getInt(2), row.getString(13), row.getString(14), Times.micros(row, 15));
  }
}
