package io.linewright.oee.app.master;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.document.JsonNodes;
import io.linewright.oee.masterdata.MasterExport;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What was said of the plant; tables {@code master_item}, {@code master_import}. */
final class MasterStore {

  /** All items at one moment, in the order in which they were said of each key. */
  record Loaded(long version, List<MasterItem> items) {}

  /**
   * A version of an item.
   *
   * @param importId of the document that it came with; null: by itself
   */
  record Said(int version, MasterItem item, String by, long atMicros, @Nullable UUID importId) {}

  /**
   * A document that was taken.
   *
   * @param result the answer, JSON
   */
  record Import(
      UUID id,
      String name,
      String format,
      String sha256,
      String result,
      String by,
      long atMicros,
      String idempotencyKey) {}

  /** One statement, so that version and items are of one snapshot. */
  private static final String LOAD =
      """
      /* read */ SELECT v.version, i.kind, i.key, i.valid_from, i.content
      FROM master_version v LEFT JOIN master_item i ON true
      ORDER BY i.kind, i.key, i.version
      """;

  private static final String ADD =
      """
      INSERT INTO master_item (kind, key, version, valid_from, content, import_id, changed_by, changed_at)
      SELECT t.kind, t.key,
        coalesce((SELECT max(m.version) FROM master_item m WHERE m.kind = t.kind AND m.key = t.key), 0)
          + row_number() OVER (PARTITION BY t.kind, t.key ORDER BY t.n),
        t.valid_from::date, t.content::jsonb, ?, ?, ?
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
        WITH ORDINALITY AS t (kind, key, valid_from, content, n)
      RETURNING kind, key, version, valid_from, content, changed_by, changed_at, import_id
      """;

  private static final String VERSIONS =
      """
      /* read */ SELECT kind, key, version, valid_from, content, changed_by, changed_at, import_id
      FROM master_item WHERE kind = ? AND key = ? ORDER BY version DESC LIMIT ?
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  MasterStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  long version() {
    return jdbc.sql("/* read */ SELECT version FROM master_version").query(Long.class).single();
  }

  /** Keeps the version as it is until the transaction ends; others may do so at the same time. */
  long share() {
    return jdbc.sql("SELECT version FROM master_version FOR SHARE").query(Long.class).single();
  }

  /** Lets nobody else change anything until the transaction ends. */
  void lock() {
    jdbc.sql("SELECT version FROM master_version FOR UPDATE").query(Long.class).single();
  }

  void rise() {
    jdbc.sql("UPDATE master_version SET version = version + 1").update();
  }

  Loaded load() {
    List<MasterItem> items = new ArrayList<>();
    long[] version = new long[1];
    jdbc.sql(LOAD)
        .query(
            row -> {
              version[0] = row.getLong(1);
              String kind = row.getString(2);
              if (kind != null) {
                item(kind, row.getString(3), row.getObject(4, LocalDate.class), row.getString(5))
                    .ifPresent(items::add);
              }
            });
    return new Loaded(version[0], items);
  }

  /** Adds items, in the order of the list; what was added, in any. */
  List<Said> add(List<MasterItem> items, @Nullable UUID importId, String by, Instant at) {
    @Nullable String[] contents = new @Nullable String[items.size()];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = content(items.get(i).content());
    }
    return jdbc
        .sql(ADD)
        .params(Arrays.asList(importId, by, Times.at(Times.micros(at))))
        .param(texts(items, item -> item.kind().section()))
        .param(texts(items, MasterItem::key))
        .param(texts(items, item -> item.validFrom().toString()))
        .param(contents)
        .query((row, n) -> said(row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The latest version of an item, also if that takes it back. */
  Optional<Said> latest(MasterKind kind, String key) {
    return versions(kind, key, 1).stream().findFirst();
  }

  /** Its versions, the latest first. */
  List<Said> versions(MasterKind kind, String key, int most) {
    return jdbc
        .sql(VERSIONS)
        .params(kind.section(), key, most)
        .query((row, n) -> said(row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<Import> imported(String by, String idempotencyKey) {
    return imports("by = ? AND idempotency_key = ?", by, idempotencyKey);
  }

  Optional<Import> imported(UUID id) {
    return imports("import_id = ?", id);
  }

  void add(Import taken) {
    jdbc.sql(
            "INSERT INTO master_import (import_id, name, format, sha256, result, by, at,"
                + " idempotency_key) VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?)")
        .params(
            taken.id(),
            taken.name(),
            taken.format(),
            taken.sha256(),
            taken.result(),
            taken.by(),
            Times.at(taken.atMicros()),
            taken.idempotencyKey())
        .update();
  }

  private Optional<Import> imports(String where, Object... params) {
    return jdbc.sql(
            "SELECT import_id, name, format, sha256, result, by, at, idempotency_key FROM"
                + " master_import WHERE "
                + where)
        .params(params)
        .query(
            (row, n) ->
                new Import(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    Times.micros(row, 7),
                    row.getString(8)))
        .optional();
  }

  private Optional<Said> said(ResultSet row) throws SQLException {
    int version = row.getInt(3);
    String by = row.getString(6);
    long at = Times.micros(row, 7);
    UUID importId = row.getObject(8, UUID.class);
    return item(
            row.getString(1), row.getString(2), row.getObject(4, LocalDate.class), row.getString(5))
        .map(item -> new Said(version, item, by, at, importId));
  }

  /** Empty for a kind of a later version of this service. */
  private Optional<MasterItem> item(
      String section, String key, LocalDate validFrom, @Nullable String content) {
    return MasterKind.of(section)
        .map(
            kind ->
                content != null && JsonNodes.of(json.readTree(content)) instanceof Node.Fields said
                    // The database keeps fields in an order of its own.
                    ? new MasterItem(kind, key, validFrom, MasterExport.ordered(kind, key, said))
                    : MasterItem.removal(kind, key));
  }

  private @Nullable String content(Node.@Nullable Fields content) {
    return content == null ? null : json.writeValueAsString(JsonNodes.map(content));
  }

  private static String[] texts(List<MasterItem> items, Function<MasterItem, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }
}
