package io.linewright.oee.masterdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.linewright.oee.masterdata.MasterDiff.Outcome;
import io.linewright.oee.masterdata.form.MasterKind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasterDiffTest {

  private static final String CYCLE = "{equipment: a/b/c/d/e, cycle: ";

  @Test
  void theSameDocumentAgainMakesNoVersion() {
    MasterDiff first = diff(Entries.NONE, Documents.PLANT);
    assertThat(first.items()).hasSize(first.rows().size());

    MasterDiff second = diff(first.after(), Documents.PLANT);

    assertThat(second.rows())
        .extracting(MasterDiff.Judged::outcome)
        .containsOnly(Outcome.UNCHANGED);
    assertThat(second.items()).isEmpty();
  }

  @Test
  void onlyWhatIsDifferentMakesAVersion() {
    Entries there = diff(Entries.NONE, Documents.PLANT).after();

    MasterDiff change =
        diff(there, Documents.PLANT.replace("planned-scrap: 0.010", "planned-scrap: 0.02"));

    assertThat(change.items())
        .extracting(MasterItem::kind, MasterItem::key)
        .containsExactly(tuple(MasterKind.PRODUCT, "P-100"));
    assertThat(change.rows())
        .extracting(MasterDiff.Judged::outcome)
        .containsOnlyOnce(Outcome.CHANGED)
        .doesNotContain(Outcome.CREATED);
  }

  @Test
  void whatHoldsOnThatDayAlreadyIsNoChangeAlsoIfItBeganEarlier() {
    Entries there = diff(Entries.NONE, cycles(CYCLE + "4s}")).after();

    assertThat(outcomes(there, cycles(CYCLE + "4s, valid-from: 2026-06-01}")))
        .containsExactly(Outcome.UNCHANGED);
    assertThat(outcomes(there, cycles(CYCLE + "5s, valid-from: 2026-06-01}")))
        .containsExactly(Outcome.CHANGED);
  }

  @Test
  void aWordAboutAnEarlierTimeLeavesALaterOne() {
    Entries there =
        diff(Entries.NONE, cycles(CYCLE + "4s}", CYCLE + "5s, valid-from: 2026-06-01}")).after();

    Entries after = diff(there, cycles(CYCLE + "4100ms}")).after();

    assertThat(after.contents(MasterKind.IDEAL_CYCLE, "a/b/c/d/e").keySet())
        .containsExactly(MasterItem.EVER, LocalDate.of(2026, 6, 1));
    assertThat(after.on(MasterKind.IDEAL_CYCLE, "a/b/c/d/e", LocalDate.of(2026, 5, 31)))
        .isEqualTo(Documents.items(cycles(CYCLE + "4.1s}")).getFirst().content());
    assertThat(after.on(MasterKind.IDEAL_CYCLE, "a/b/c/d/e", LocalDate.of(2026, 6, 1)))
        .isEqualTo(Documents.items(cycles(CYCLE + "5s}")).getFirst().content());
  }

  @Test
  void aRemovalTakesAllDaysBackAndWhatIsSaidAfterItHolds() {
    MasterItem gone = MasterItem.removal(MasterKind.IDEAL_CYCLE, "a/b/c/d/e");
    Entries there =
        diff(Entries.NONE, cycles(CYCLE + "4s}", CYCLE + "5s, valid-from: 2026-06-01}"))
            .after()
            .with(List.of(gone));

    assertThat(there.keys(MasterKind.IDEAL_CYCLE)).isEmpty();
    assertThat(outcomes(there, cycles(CYCLE + "4s}"))).containsExactly(Outcome.CREATED);
  }

  @Test
  void whatIsRefusedChangesNothing() {
    MasterDiff diff = diff(Entries.NONE, cycles(CYCLE + "4}"));

    assertThat(diff.rows()).extracting(MasterDiff.Judged::outcome).containsExactly(Outcome.REFUSED);
    assertThat(diff.items()).isEmpty();
    assertThat(diff.after().keys(MasterKind.IDEAL_CYCLE)).isEmpty();
  }

  @Test
  void whatOthersReferToIsTold() {
    Entries there = diff(Entries.NONE, Documents.PLANT).after();

    assertThat(References.to(there, MasterKind.CALENDAR, "three-shift"))
        .containsExactly("calendar-assignments/acme/graz");
    assertThat(References.to(there, MasterKind.CALENDAR, "seasons")).isEmpty();
    assertThat(References.to(there, MasterKind.REASON_TREE, "press"))
        .containsExactly("machine-rules/acme/graz/body");
    assertThat(References.to(there, MasterKind.STATE_MODEL, "old-press"))
        .containsExactly("machine-rules/acme/graz/body");
  }

  private static String cycles(String... cycles) {
    return "version: 1\nideal-cycles: [" + String.join(", ", cycles) + "]";
  }

  private static List<Outcome> outcomes(Entries there, String yaml) {
    return diff(there, yaml).rows().stream().map(MasterDiff.Judged::outcome).toList();
  }

  private static MasterDiff diff(Entries there, String yaml) {
    MasterDocument document = MasterReader.read(Yaml.read(yaml), there);
    assertThat(document.faults()).isEmpty();
    return MasterDiff.of(there, document.rows());
  }
}
