package io.linewright.oee.app.master;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.document.JsonNodes;
import io.linewright.oee.app.master.MasterStore.Said;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How master data are answered. */
final class MasterViews {

  private MasterViews() {}

  /**
   * What is wrong with a document.
   *
   * @param line from 1; 0 if it came in no file
   * @param field path of the field
   * @param wrong what is wrong
   * @param right what would be right
   */
  record FaultView(int line, String field, String wrong, String right) {}

  /**
   * What became of an item of a document.
   *
   * @param outcome created, changed, unchanged or refused
   * @param note what whoever sent it should know; null: nothing
   */
  record RowView(
      int line,
      String kind,
      String key,
      String outcome,
      @Nullable String note,
      List<FaultView> faults) {}

  /**
   * What became of a document.
   *
   * @param importId null: nothing was changed, it was a dry run
   * @param state accepted, partly-accepted or refused
   * @param rows the first 1,000 items, refused ones first
   */
  record ImportView(
      @Nullable String importId,
      boolean dryRun,
      String state,
      int created,
      int changed,
      int unchanged,
      int refused,
      List<RowView> rows) {}

  /**
   * What is said from a day on.
   *
   * @param validFrom plant day; null: since ever
   * @param content as documents have it, all single values as texts
   */
  record EditionView(@Nullable String validFrom, Map<String, Object> content) {}

  /**
   * An item.
   *
   * @param version of the latest word about it, which is its ETag
   * @param editions what holds, by first day
   */
  record ItemView(
      String kind,
      String key,
      int version,
      String changedBy,
      String changedAt,
      List<EditionView> editions) {}

  /**
   * A word about an item.
   *
   * @param content null: it was taken back
   * @param importId the document that it came with; null: by itself
   */
  record VersionView(
      int version,
      @Nullable String validFrom,
      @Nullable Map<String, Object> content,
      String changedBy,
      String changedAt,
      @Nullable String importId) {}

  /** Words about an item, the latest first. */
  record VersionsView(String kind, String key, List<VersionView> versions) {}

  /**
   * A page of the items of a kind.
   *
   * @param next cursor of the next page; null: there is none
   */
  record ItemsView(List<ListedView> items, @Nullable String next) {}

  /** An item in a list. */
  record ListedView(String key, List<EditionView> editions) {}

  static ItemView item(Entries entries, Said latest) {
    MasterItem item = latest.item();
    return new ItemView(
        item.kind().section(),
        item.key(),
        latest.version(),
        latest.by(),
        Rfc3339.format(latest.atMicros()),
        editions(entries, item.kind(), item.key()));
  }

  static List<EditionView> editions(Entries entries, MasterKind kind, String key) {
    List<EditionView> editions = new ArrayList<>();
    entries
        .contents(kind, key)
        .forEach((day, content) -> editions.add(new EditionView(day(day), JsonNodes.map(content))));
    return editions;
  }

  static VersionView version(Said said) {
    MasterItem item = said.item();
    Node.Fields content = item.content();
    return new VersionView(
        said.version(),
        day(item.validFrom()),
        content == null ? null : JsonNodes.map(content),
        said.by(),
        Rfc3339.format(said.atMicros()),
        said.importId() == null ? null : said.importId().toString());
  }

  static @Nullable String day(LocalDate day) {
    return day.equals(MasterItem.EVER) ? null : day.toString();
  }
}
