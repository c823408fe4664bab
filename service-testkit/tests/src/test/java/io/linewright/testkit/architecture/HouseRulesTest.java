package io.linewright.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Each rule fails for its planted violation, and names it. */
class HouseRulesTest {

  private static final String PLANTED = "io.linewright.planted.core";
  private final JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);

  @Test
  void aFrameworkInACoreIsFound() {
    assertBroken(HouseRules.coreKnowsOnly(PLANTED), "CoreWithSpring");
  }

  @Test
  void aClockInACoreIsFound() {
    assertBroken(HouseRules.coreHasNoClockNorDice(PLANTED), "CoreWithClock.planted()");
    assertBroken(HouseRules.coreHasNoClockNorDice(PLANTED), "CoreWithClock.plantedToo()");
  }

  @Test
  void aPublicControllerIsFound() {
    assertBroken(HouseRules.appIsPackagePrivate(PLANTED + ".app"), "PlantedController");
  }

  @Test
  void knowledgeOfAnotherServiceIsFound() {
    assertBroken(HouseRules.knowsNoOtherService(PLANTED), "PlantedController");
  }

  @Test
  void aCycleIsFound() {
    var cycle = new ClassFileImporter().importPackages("io.linewright.planted.cycle");
    var result = HouseRules.noCycles("io.linewright.planted.cycle.(*)..").evaluate(cycle);

    assertThat(result.getFailureReport().toString()).contains("Slice here -> ", "Slice there");
    HouseRules.noCycles("io.linewright.(planted)..").check(cycle);
  }

  @Test
  void aMisspeltPackageIsNoPassedRule() {
    assertThatThrownBy(() -> HouseRules.production("io.linewright.misspelt"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("misspelt");
  }

  private void assertBroken(ArchRule rule, String violation) {
    var result = rule.evaluate(planted);
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains(violation);
  }
}
