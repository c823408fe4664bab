package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.correction.RefusedItemsException.RefusedItem;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.retention.KeptForEver;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.truth.Correction;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Corrects as the historian does when people ask for it: by its desk, its judge and its tables. */
public final class Corrector {

  /** What is wanted of a tag. */
  public record Item(int tagId, Correction correction) {}

  private final CorrectionDesk desk;

  public Corrector(IngestDatabase database) {
    this.desk =
        new CorrectionDesk(
            new CorrectionStore(new JdbcTemplate(database.dataSource())),
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource())),
            KeptForEver.in(database),
            InstantSource.system());
  }

  /**
   * Makes those of these corrections, in one request, that the desk does not refuse.
   *
   * @return those that were made
   */
  public List<Item> correct(List<Item> wanted) {
    List<Item> left = wanted;
    while (!left.isEmpty()) {
      try {
        desk.take("people", UUID.randomUUID().toString(), "a test", numbered(left));
        return left;
      } catch (RefusedItemsException refusal) {
        left = without(left, refusal);
      }
    }
    return left;
  }

  private static List<Item> without(List<Item> items, RefusedItemsException refusal) {
    Set<Integer> refused =
        refusal.items().stream().map(RefusedItem::item).collect(Collectors.toSet());
    List<Item> left = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!refused.contains(i)) {
        left.add(items.get(i));
      }
    }
    return left;
  }

  private static List<WantedCorrection> numbered(List<Item> items) {
    List<WantedCorrection> numbered = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      numbered.add(new WantedCorrection(i, tag(items.get(i).tagId()), items.get(i).correction()));
    }
    return numbered;
  }

  private static Tag tag(int id) {
    return new Tag(
        id,
        "acme/graz/mill-01",
        "t" + id,
        DataType.DOUBLE,
        "1",
        TagRole.PROCESS_VALUE,
        null,
        null,
        null,
        "site",
        null,
        false,
        List.of());
  }
}
