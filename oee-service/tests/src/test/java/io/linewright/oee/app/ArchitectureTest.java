package io.linewright.oee.app;

import io.linewright.testkit.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String SERVICE = "io.linewright.oee";

  @Test
  void theHouseRulesHold() {
    var classes = HouseRules.production(SERVICE);
    HouseRules.coreKnowsOnly(SERVICE).check(classes);
    HouseRules.coreHasNoClockNorDice(SERVICE).check(classes);
    HouseRules.appIsPackagePrivate(SERVICE + ".app").check(classes);
    HouseRules.knowsNoOtherService(SERVICE).check(classes);
  }
}
