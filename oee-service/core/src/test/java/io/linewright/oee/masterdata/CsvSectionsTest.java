package io.linewright.oee.masterdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.csv.CsvReader;
import io.linewright.oee.masterdata.form.Fault;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvSectionsTest {

  @Test
  void rowsSayWhatYamlWouldSay() throws IOException {
    assertThat(
            items(
                MasterKind.PRODUCT,
                "id,name,unit,planned_scrap\nP-100,\"Bracket, left\",1,0.01\nP-200,,,\n"))
        .isEqualTo(
            Documents.items(
                """
                version: 1
                products:
                  - {id: P-100, name: "Bracket, left", unit: "1", planned-scrap: 0.01}
                  - {id: P-200}
                """));
    assertThat(
            items(
                MasterKind.IDEAL_CYCLE,
                "equipment,product,cycle,valid_from\na/b/c/d/e,P-100,4s,2026-07-01\na/b/c/d/f,,4.2s,\n"))
        .isEqualTo(
            Documents.items(
                """
                version: 1
                ideal-cycles:
                  - {equipment: a/b/c/d/e, product: P-100, cycle: 4s, valid-from: 2026-07-01}
                  - {equipment: a/b/c/d/f, cycle: 4200ms}
                """));
  }

  @Test
  void rowsOfReasonsMakeTrees() throws IOException {
    assertThat(
            items(
                MasterKind.REASON_TREE,
                """
                tree,code,parent,name,category,maintenance,signals
                press,technical,,Technical,breakdown,,
                press,ram,technical,,,corrective,31|32
                press,jam,technical,Jam,minor-stop,,jam
                saw,blade,,,setup,,
                """))
        .containsExactlyInAnyOrderElementsOf(
            Documents.items(
                """
                version: 1
                reason-trees:
                  press:
                    reasons:
                      - {code: technical, name: Technical, category: breakdown}
                      - {code: ram, parent: technical, maintenance: corrective}
                      - {code: jam, parent: technical, name: Jam, category: minor-stop}
                    signals: {"31": ram, "32": ram, jam: jam}
                  saw:
                    reasons: [{code: blade, category: setup}]
                """));
  }

  @Test
  void faultsOfRowsNameTheLineOfTheFile() throws IOException {
    MasterDocument document =
        read(MasterKind.PRODUCT, "id,planned_scrap,colour\nP,0.1,\n\nQ,5,\nR,,red\n");

    assertThat(document.rows().stream().flatMap(row -> row.faults().stream()).map(Fault::text))
        .containsExactly(
            "line 4: products[1].planned-scrap: 5 is out of range; write a number from 0 to 1",
            "line 5: products[2].colour: is not known; use one of id, name, planned-scrap, unit");
  }

  @Test
  void whatIsNoCsvIsToldOfTheFrame() throws IOException {
    assertThat(faults(""))
        .containsExactly(
            "line 1: the document: has no header; name the columns"
                + " in the first line, as id,name");
    assertThat(faults("id,id\n"))
        .containsExactly("line 1: the document: has a column twice; name each column once");
    assertThat(faults("id,name\nP\n"))
        .containsExactly(
            "line 2: the document: has 1 cells, and the header 2; write as many; a text with a"
                + " comma stands in quotation marks");
    assertThat(faults("id\n\"P\n"))
        .singleElement()
        .asString()
        .startsWith("line 2: the document: a quotation mark is not closed");
  }

  @Test
  void whatHasNoRowsIsRefused() {
    assertThatThrownBy(() -> items(MasterKind.CALENDAR, "name\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calendars cannot be rows");
    assertThat(CsvSections.canBe(MasterKind.CALENDAR)).isFalse();
    assertThat(CsvSections.canBe(MasterKind.TOLERANCE)).isTrue();
  }

  private static List<String> faults(String csv) throws IOException {
    Faults faults = new Faults();
    node(MasterKind.PRODUCT, csv, faults);
    return faults.list().stream().map(Fault::text).toList();
  }

  private static List<MasterItem> items(MasterKind kind, String csv) throws IOException {
    MasterDocument document = read(kind, csv);
    assertThat(document.rows()).allSatisfy(row -> assertThat(row.faults()).isEmpty());
    return document.rows().stream().map(row -> row.item().orElseThrow()).toList();
  }

  private static MasterDocument read(MasterKind kind, String csv) throws IOException {
    Faults faults = new Faults();
    Node document = node(kind, csv, faults);
    assertThat(faults.list()).isEmpty();
    return MasterReader.read(document, Entries.NONE);
  }

  private static Node node(MasterKind kind, String csv, Faults faults) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return CsvSections.document(
        kind,
        new CsvReader(new ByteArrayInputStream(bytes), CsvSections.LONGEST_ROW, 1_000_000),
        faults);
  }
}
