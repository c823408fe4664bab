package io.linewright.oee.app.word;

import io.linewright.oee.app.Times;
import io.linewright.oee.exchange.Verb;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.orderbook.OrderHistory;
import io.linewright.oee.orderbook.OrderWord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that was said of orders: {@code order_word}, {@code order_base}. */
public final class OrderWords {

  private record Base(
      @Nullable ProductionOrder order, long saidMicros, String documentId, int row) {}

  private static final String OF =
      """
      SELECT order_id, said_at, document_id, row_no, path, verb, wish FROM order_word
      WHERE order_id = ANY (?)
      """;

  private static final String ADD =
      """
      INSERT INTO order_word (order_id, said_at, document_id, row_no, path, verb, wish, by, heard_at)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String REST_ON =
      """
      INSERT INTO order_base (order_id, content, said_at, document_id, row_no)
      VALUES (?, ?::jsonb, ?, ?, ?)
      ON CONFLICT (order_id) DO UPDATE SET content = excluded.content, said_at = excluded.said_at,
        document_id = excluded.document_id, row_no = excluded.row_no
      """;

  private final JdbcClient jdbc;
  private final Orders orders;
  private final OrderJson json;

  OrderWords(JdbcClient jdbc, Orders orders, OrderJson json) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.json = json;
  }

  /**
   * What was said of orders; those of which nothing was said are missing. Who is about to change
   * any has locked all.
   */
  public Map<String, OrderHistory> histories(Collection<String> ids) {
    String[] names = ids.toArray(String[]::new);
    Map<String, Base> bases = new HashMap<>();
    jdbc.sql(
            "SELECT order_id, content, said_at, document_id, row_no FROM order_base WHERE order_id"
                + " = ANY (?)")
        .param(names)
        .query(
            row -> {
              String id = row.getString(1);
              String content = row.getString(2);
              bases.put(
                  id,
                  new Base(
                      content == null ? null : json.order(id, content),
                      Times.micros(row, 3),
                      row.getString(4),
                      row.getInt(5)));
            });
    Map<String, List<OrderWord>> words = new HashMap<>();
    jdbc.sql(OF)
        .param(names)
        .query(
            row -> {
              words.computeIfAbsent(row.getString(1), id -> new ArrayList<>()).add(word(row));
            });
    Map<String, OrderHistory> histories = new HashMap<>();
    words.forEach((id, its) -> histories.put(id, history(id, bases.get(id), its)));
    return histories;
  }

  /**
   * Keeps what else was said, and what the orders are now.
   *
   * @param histories those that are another than before
   * @param documentId with which document
   * @return the orders that are another than before
   */
  public List<Orders.Kept> keep(
      Collection<OrderHistory> histories, String documentId, Author author) {
    List<Orders.Kept> changed = new ArrayList<>();
    for (OrderHistory history : histories) {
      OrderWord last = history.last();
      if (last != null) {
        add(history.id(), last, author);
        ProductionOrder base = history.base();
        jdbc.sql(REST_ON)
            .params(
                Arrays.asList(
                    history.id(),
                    base == null ? null : json.text(base),
                    Times.at(last.saidMicros()),
                    last.documentId(),
                    last.row()))
            .update();
      }
      history.words().forEach(word -> add(history.id(), word, author));
      ProductionOrder now = history.order();
      Orders.Kept before = orders.find(history.id()).orElse(null);
      if (now != null && (before == null || !now.equals(before.order()))) {
        Orders.Kept kept =
            new Orders.Kept(
                now,
                before == null ? 1 : before.version() + 1,
                documentId,
                author.by(),
                author.atMicros());
        orders.set(kept);
        changed.add(kept);
      }
    }
    return changed;
  }

  private void add(String id, OrderWord word, Author author) {
    jdbc.sql(ADD)
        .params(
            id,
            Times.at(word.saidMicros()),
            word.documentId(),
            word.row(),
            word.path(),
            word.verb().name(),
            json.text(word.wish()),
            author.by(),
            Times.at(author.atMicros()))
        .update();
  }

  private static OrderHistory history(String id, @Nullable Base base, List<OrderWord> words) {
    if (base == null) {
      return new OrderHistory(id, null, null, words.stream().sorted().toList());
    }
    OrderWord last =
        words.stream()
            .filter(word -> word.saidMicros() == base.saidMicros())
            .filter(word -> word.documentId().equals(base.documentId()))
            .filter(word -> word.row() == base.row())
            .findFirst()
            .orElseThrow();
    return new OrderHistory(
        id,
        base.order(),
        last,
        words.stream().filter(word -> word.compareTo(last) > 0).sorted().toList());
  }

  private OrderWord word(ResultSet row) throws SQLException {
    return new OrderWord(
        Times.micros(row, 2),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        Verb.valueOf(row.getString(6)),
        json.wish(row.getString(7)));
  }
}
