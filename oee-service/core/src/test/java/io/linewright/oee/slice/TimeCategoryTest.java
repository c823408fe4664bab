package io.linewright.oee.slice;

import static io.linewright.oee.slice.TimeCategory.BLOCKED;
import static io.linewright.oee.slice.TimeCategory.BREAKDOWN;
import static io.linewright.oee.slice.TimeCategory.DELAY;
import static io.linewright.oee.slice.TimeCategory.MINOR_STOP;
import static io.linewright.oee.slice.TimeCategory.NO_DATA;
import static io.linewright.oee.slice.TimeCategory.PENDING;
import static io.linewright.oee.slice.TimeCategory.PLANNED_STOP;
import static io.linewright.oee.slice.TimeCategory.PRODUCTION;
import static io.linewright.oee.slice.TimeCategory.SETUP;
import static io.linewright.oee.slice.TimeCategory.STARVED;
import static io.linewright.oee.slice.TimeCategory.UNEXPLAINED;
import static io.linewright.oee.slice.TimeCategory.UNSCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TimeCategoryTest {

  /** Results of years are stored with these; a test fails before somebody renumbers them. */
  @Test
  void numbersAreThoseThatAreStored() {
    assertThat(
            Arrays.stream(TimeCategory.values())
                .map(category -> category.number() + " " + category)
                .toList())
        .containsExactly(
            "0 PRODUCTION",
            "1 SETUP",
            "2 MINOR_STOP",
            "3 STARVED",
            "4 BLOCKED",
            "5 DELAY",
            "6 BREAKDOWN",
            "7 UNEXPLAINED",
            "8 PLANNED_STOP",
            "9 UNSCHEDULED",
            "10 NO_DATA",
            "11 PENDING");
    for (TimeCategory category : TimeCategory.values()) {
      assertThat(TimeCategory.ofNumber(category.number())).isEqualTo(category);
    }
    for (int none : new int[] {-1, 12, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> TimeCategory.ofNumber(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void elementsAreSumsOfCategories() {
    assertThat(categories(IsoElement.APT)).containsExactly(PRODUCTION);
    assertThat(categories(IsoElement.AUST)).containsExactly(SETUP);
    assertThat(categories(IsoElement.ADET)).containsExactly(MINOR_STOP, STARVED, BLOCKED, DELAY);
    assertThat(categories(IsoElement.ADOT)).containsExactly(BREAKDOWN, UNEXPLAINED);
    assertThat(categories(IsoElement.AUPT)).containsExactly(PRODUCTION, SETUP);
    assertThat(categories(IsoElement.AUBT))
        .containsExactly(PRODUCTION, SETUP, MINOR_STOP, STARVED, BLOCKED, DELAY);
    assertThat(categories(IsoElement.PBT))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(PLANNED_STOP, UNSCHEDULED, PENDING)));
    assertThat(categories(IsoElement.POT))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(UNSCHEDULED, PENDING)));
  }

  @Test
  void aCategoryIsPartOfOneElementAtMost() {
    for (TimeCategory category : TimeCategory.values()) {
      Set<IsoElement> single =
          EnumSet.of(IsoElement.APT, IsoElement.AUST, IsoElement.ADET, IsoElement.ADOT);
      single.removeIf(element -> !element.includes(category));
      assertThat(single).isEqualTo(category.element().map(Set::of).orElse(Set.of()));
    }
    assertThat(NO_DATA.element()).isEmpty();
  }

  @Test
  void timeWithoutDataIsPlannedBusyTime() {
    assertThat(Arrays.stream(TimeCategory.values()).filter(TimeCategory::plannedBusy))
        .containsExactlyElementsOf(categories(IsoElement.PBT))
        .contains(NO_DATA)
        .doesNotContain(PENDING);
  }

  @Test
  void elementsAreNamedAsInTheStandard() {
    assertThat(IsoElement.ADET.title()).isEqualTo("actual unit delay time");
    assertThat(Arrays.stream(IsoElement.values()).map(IsoElement::title).distinct().count())
        .isEqualTo(IsoElement.values().length);
  }

  private static Set<TimeCategory> categories(IsoElement element) {
    return Arrays.stream(TimeCategory.values())
        .filter(element::includes)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(TimeCategory.class)));
  }
}
