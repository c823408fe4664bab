package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.StoredProperties;
import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.model.event.SamplesLost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that stand for metric names, as durable as the records that use them: an alias is never
 * given to another metric, and a metric that the gateway's file no longer names keeps it until the
 * last record from before has left.
 */
final class AliasTable {

  private record Retirement(long live, long backfill) {}

  private final Map<Long, Alias> byId = new ConcurrentHashMap<>();
  private final Map<Long, Retirement> retired = new ConcurrentHashMap<>();

  /** Reads what is stored. */
  static AliasTable load(Connection connection) throws SQLException {
    AliasTable table = new AliasTable();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM alias")) {
      while (row.next()) {
        long id = row.getLong("id");
        table.byId.put(
            id,
            new Alias(
                id,
                row.getString("device"),
                row.getString("name"),
                row.getInt("type"),
                StoredProperties.read(row.getString("properties"))));
        long live = row.getLong("retired_live");
        if (!row.wasNull()) {
          table.retired.put(id, new Retirement(live, row.getLong("retired_backfill")));
        }
      }
    }
    return table;
  }

  /** The same again, for changes that may fail. */
  AliasTable copy() {
    AliasTable copy = new AliasTable();
    copy.byId.putAll(byId);
    copy.retired.putAll(retired);
    return copy;
  }

  /**
   * Gives every wanted metric an alias and retires the others at the present end of both lanes.
   * Within the caller's transaction.
   *
   * @return the wanted ones, in order
   */
  List<Alias> declare(
      Connection connection, List<Alias> wanted, long live, long backfill, long nowMillis)
      throws SQLException {
    Map<String, Alias> known = new TreeMap<>();
    byId.values().forEach(alias -> known.put(key(alias), alias));
    List<Alias> declared = new ArrayList<>(wanted.size());
    for (Alias want : wanted) {
      Alias old = known.remove(key(want));
      declared.add(store(connection, old == null ? want : want.succeeding(old, nowMillis)));
    }
    for (Alias gone : known.values()) {
      if (!retired.containsKey(gone.id())) {
        retire(connection, gone, live, backfill);
      }
    }
    return declared;
  }

  /** Metrics that only records from before still use. */
  Collection<Alias> retired() {
    return retired.keySet().stream().sorted().map(byId::get).toList();
  }

  /** Forgets retired metrics whose last record has left; tells whether there were any. */
  boolean forgetDrained(Connection connection, long releasedLive, long releasedBackfill)
      throws SQLException {
    List<Long> drained = new ArrayList<>();
    retired.forEach(
        (id, until) -> {
          if (until.live() <= releasedLive && until.backfill() <= releasedBackfill) {
            drained.add(id);
          }
        });
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM alias WHERE id = ?")) {
      for (long id : drained) {
        delete.setLong(1, id);
        delete.executeUpdate();
        retired.remove(id);
        byId.remove(id);
      }
    }
    return !drained.isEmpty();
  }

  /** Losses as records of the node, their tags by name. */
  List<LogRecord> told(List<Loss> losses) {
    return losses.stream()
        .map(
            loss -> {
              SamplesLost told = loss.told(this::nameOf);
              return new LogRecord(
                  "",
                  LogRecord.Kind.LOSS,
                  0,
                  LossBook.micros(told.from()),
                  LossBook.micros(told.to()),
                  LossBook.write(told));
            })
        .toList();
  }

  private @Nullable String nameOf(long id) {
    Alias alias = byId.get(id);
    return alias == null ? null : alias.name();
  }

  /** A loss that was told by name already, with its tags by alias again. */
  Loss withTags(SamplesLost told, RecordLog.Settings settings) {
    List<String> names = told.tags() == null ? List.of() : told.tags();
    Set<Long> ids =
        byId.values().stream()
            .filter(alias -> settings.pathOf(alias.device()).equals(told.equipment()))
            .filter(alias -> names.contains(alias.name()))
            .map(Alias::id)
            .collect(Collectors.toSet());
    return new Loss(told.equipment(), told.from(), told.to(), told.count(), told.reason(), ids);
  }

  /** Writes the declared metrics into a new file under their old numbers. */
  void rewrite(Connection connection) throws SQLException {
    retired.keySet().forEach(byId::remove);
    retired.clear();
    for (Alias alias : byId.values()) {
      store(connection, alias);
    }
  }

  private Alias store(Connection connection, Alias alias) throws SQLException {
    String sql =
        """
        INSERT INTO alias (id, device, name, type, properties) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET type = excluded.type,
          properties = excluded.properties, retired_live = NULL,
          retired_backfill = NULL\
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      if (alias.id() != 0) {
        insert.setLong(1, alias.id());
      }
      insert.setString(2, alias.device());
      insert.setString(3, alias.name());
      insert.setInt(4, alias.type());
      insert.setString(5, StoredProperties.write(alias.properties()));
      insert.executeUpdate();
      Alias stored = alias.id() != 0 ? alias : alias.withId(generated(insert));
      byId.put(stored.id(), stored);
      retired.remove(stored.id());
      return stored;
    }
  }

  private static long generated(PreparedStatement insert) throws SQLException {
    try (ResultSet key = insert.getGeneratedKeys()) {
      if (!key.next()) {
        throw new SQLException("no key generated");
      }
      return key.getLong(1);
    }
  }

  private void retire(Connection connection, Alias alias, long live, long backfill)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE alias SET retired_live = ?, retired_backfill = ? WHERE id = ?")) {
      update.setLong(1, live);
      update.setLong(2, backfill);
      update.setLong(3, alias.id());
      update.executeUpdate();
    }
    retired.put(alias.id(), new Retirement(live, backfill));
  }

  private static String key(Alias alias) {
    return alias.device() + '\n' + alias.name();
  }
}
