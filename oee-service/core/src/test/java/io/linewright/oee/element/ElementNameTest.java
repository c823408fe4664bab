package io.linewright.oee.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementNameTest {

  private static final Elements SOME = RandomElements.known(new Random(7), Duration.ofSeconds(2));

  /** What no machine and no master data tell. */
  private static final Set<ElementName> TOLD_BY_OTHERS =
      EnumSet.of(
          ElementName.AOET,
          ElementName.APAT,
          ElementName.APWT,
          ElementName.PQ_FIRST,
          ElementName.CM,
          ElementName.TH,
          ElementName.AVERAGE_INVENTORY,
          ElementName.GOOD_FINISHED,
          ElementName.GOOD_INTEGRATED,
          ElementName.PRODUCTION_LOSS,
          ElementName.STORAGE_LOSS,
          ElementName.OTHER_LOSS,
          ElementName.LIMITS,
          ElementName.MEAN,
          ElementName.DEVIATION);

  @Test
  void haveAValueOrSayWhatIsMissing() {
    for (ElementName name : ElementName.values()) {
      assertThat(name.of(SOME).isPresent()).isNotEqualTo(TOLD_BY_OTHERS.contains(name));
      assertThat(name.missing(SOME).isEmpty()).isEqualTo(name.of(SOME).isPresent());
      assertThat(name.missing(SOME)).allMatch(text -> text.length() > 10);
    }
  }

  @Test
  void whatIsLackingHasNoValue() {
    assertThat(without(Lack.STATE))
        .containsExactlyInAnyOrder(
            ElementName.APT,
            ElementName.AUST,
            ElementName.ADET,
            ElementName.ADOT,
            ElementName.AUPT,
            ElementName.AUBT,
            ElementName.PBT,
            ElementName.POT,
            ElementName.FE,
            ElementName.TBF,
            ElementName.TTF,
            ElementName.TTR,
            ElementName.CMT,
            ElementName.PMT);
    assertThat(without(Lack.TOTAL)).containsExactly(ElementName.PQ, ElementName.PRI_PQ);
    assertThat(without(Lack.GOOD)).containsExactly(ElementName.GQ);
    assertThat(without(Lack.REJECT)).containsExactly(ElementName.SQ);
    assertThat(without(Lack.REWORK)).containsExactly(ElementName.RQ);
    assertThat(without(Lack.INSPECTION)).containsExactly(ElementName.IP, ElementName.GP);
    assertThat(without(Lack.IDEAL)).containsExactly(ElementName.PRI_PQ);
    assertThat(without(Lack.PLANNED_SCRAP)).containsExactly(ElementName.PSQ);
    assertThat(without(Lack.CAPACITY)).containsExactly(ElementName.EPC);
    assertThat(without(Lack.ENERGY)).containsExactly(ElementName.ENERGY);
  }

  @Test
  void titlesAreNotTheSame() {
    assertThat(Arrays.stream(ElementName.values()).map(ElementName::title)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Lack.values()).map(Lack::title)).doesNotHaveDuplicates();
  }

  private static Set<ElementName> without(Lack lack) {
    Elements lacking = RandomElements.with(SOME, Set.of(lack));
    Set<ElementName> missing = EnumSet.complementOf(EnumSet.copyOf(TOLD_BY_OTHERS));
    missing.removeIf(name -> name.of(lacking).isPresent());
    return missing;
  }
}
