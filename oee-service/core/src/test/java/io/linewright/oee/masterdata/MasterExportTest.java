package io.linewright.oee.masterdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MasterExportTest {

  private static final EnumSet<MasterKind> ALL = EnumSet.allOf(MasterKind.class);

  @Test
  void whatIsExportedSaysTheSameAgain() {
    Entries entries = Entries.of(Documents.items(Documents.PLANT));

    String exported = Yaml.write(MasterExport.document(entries, ALL));
    List<MasterItem> again = Documents.items(exported);

    assertThat(again).containsExactlyInAnyOrderElementsOf(Documents.items(Documents.PLANT));
    assertThat(Yaml.write(MasterExport.document(Entries.of(again), ALL))).isEqualTo(exported);
  }

  @Test
  void everyKindIsInTheExampleAndInItsExport() {
    assertThat(Documents.items(Documents.PLANT))
        .extracting(MasterItem::kind)
        .contains(MasterKind.values());
    Node.Fields exported = MasterExport.document(Entries.of(Documents.items(Documents.PLANT)), ALL);
    assertThat(exported.fields()).extracting(Node.Field::name).containsAll(MasterKind.sections());
  }

  @Test
  void theOrderInWhichAStoreKeepsFieldsDoesNotMatter() {
    List<MasterItem> items = Documents.items(Documents.PLANT);
    String exported = Yaml.write(MasterExport.document(Entries.of(items), ALL));
    Random random = new Random(7);

    List<MasterItem> shuffled =
        items.stream()
            .map(
                item ->
                    new MasterItem(
                        item.kind(),
                        item.key(),
                        item.validFrom(),
                        (Node.Fields) shuffled(item.content(), random)))
            .toList();

    assertThat(shuffled).isNotEqualTo(items);
    assertThat(Yaml.write(MasterExport.document(Entries.of(shuffled), ALL))).isEqualTo(exported);
  }

  @Test
  void theExampleOfTheDocumentationIsRight() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", "../.."));
    String page = Files.readString(root.resolve("docs/master-data.md"));
    int begin = page.indexOf("```yaml", page.indexOf("## An example")) + "```yaml".length();

    List<MasterItem> items = Documents.items(page.substring(begin, page.indexOf("```", begin)));

    assertThat(items).extracting(MasterItem::kind).contains(MasterKind.CALENDAR, MasterKind.LINE);
    for (MasterKind kind : MasterKind.values()) {
      assertThat(page).contains("### `" + kind.section() + "`");
    }
  }

  @Test
  void onlyTheKindsThatAreAskedForAreWritten() {
    Node.Fields exported =
        MasterExport.document(
            Entries.of(Documents.items(Documents.PLANT)), EnumSet.of(MasterKind.PRODUCT));

    assertThat(Yaml.write(exported))
        .isEqualTo(
            """
            version: '1'
            products:
            - id: P-100
              name: Bracket
              unit: '1'
              planned-scrap: '0.01'
            - id: P/200
            """);
  }

  @Test
  void differentWaysToWriteOneThingAreOne() {
    String one =
        "version: 1\nideal-cycles: [{equipment: a/b/c/d/e, cycle: 4200ms}]\n"
            + "machine-rules: [{equipment: a, stops: {minimum: 60s}, counters: {per-pulse: 2.00}}]";
    String other =
        "version: '1'\nmachine-rules:\n- counters: {per-pulse: \"2\"}\n  stops: {minimum: 1min}\n"
            + "  equipment: a\nideal-cycles: [{cycle: 4.2s, equipment: a/b/c/d/e}]";

    assertThat(Documents.items(one)).containsExactlyInAnyOrderElementsOf(Documents.items(other));
  }

  private static Node shuffled(Node node, Random random) {
    return switch (node) {
      case Node.Fields fields -> {
        List<Node.Field> list =
            new ArrayList<>(
                fields.fields().stream()
                    .map(f -> new Node.Field(f.name(), 0, shuffled(f.value(), random)))
                    .toList());
        Collections.shuffle(list, random);
        yield new Node.Fields(0, list);
      }
      case Node.Items items ->
          new Node.Items(0, items.items().stream().map(item -> shuffled(item, random)).toList());
      case Node.Text text -> text;
      case Node.Nothing nothing -> nothing;
    };
  }
}
