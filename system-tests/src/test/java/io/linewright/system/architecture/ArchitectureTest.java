package io.linewright.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.linewright.system.contract.Repository;
import io.linewright.testkit.architecture.HouseRules;
import io.linewright.testkit.architecture.SizeRules;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house over all modules; each is proved in the test kit. */
class ArchitectureTest {

  private static final int LINES = 400;
  private static final int FILES = 12;

  private static final String JAVA = "/src/main/java/io/linewright/";

  /** Packages above the limit: what they may have at most until they are divided, and why. */
  private static final Map<String, Integer> LARGE_PACKAGES =
      Map.of(
          // The kit's one mechanism: divided, its parts would have to be public.
          "service-kit" + JAVA + "kit/exactlyonce", 18,
          // Filter, fit, correction and what they say: one idea, and nobody needs a part of it.
          "edge-gateway/core" + JAVA + "edge/clock", 13,
          // One state machine with what goes in and comes out: its guards are nobody else's.
          "edge-gateway/core" + JAVA + "edge/command", 13,
          // The sections of one file, and the reader that they share: it is nobody else's.
          "edge-gateway/app" + JAVA + "edge/app/config", 18,
          // The command and what it wires.
          "standalone" + JAVA + "standalone", 14);

  /** The parts of standalone throw what its first package defines. Nothing depends on it. */
  private static final String WITH_CYCLES = "io.linewright.standalone";

  private static JavaClasses classes;
  private static SizeRules sizes;

  @BeforeAll
  static void read() {
    classes = HouseRules.production("io.linewright");
    sizes = new SizeRules(Repository.root());
  }

  @Test
  void filesAreShort() {
    assertThat(sizes.filesLongerThan(LINES)).isEmpty();
  }

  @Test
  void packagesAreSmall() {
    assertThat(sizes.packagesLargerThan(FILES)).allSatisfy(atMost(LARGE_PACKAGES));
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(sizes.packagesNotNullMarked()).isEmpty();
  }

  @Test
  void modulesHaveNoCycles() {
    HouseRules.noCycles("io.linewright.(*)..").check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    DescribedPredicate<JavaClass> other =
        DescribedPredicate.describe("are in other modules", ArchitectureTest::withoutCycles);
    HouseRules.noCycles("io.linewright.(**)").check(classes.that(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.linewright.model",
        "io.linewright.edge",
        "io.linewright.ingest",
        "io.linewright.oee"
      })
  void coresHaveNeitherClockNorDice(String core) {
    HouseRules.coreHasNoClockNorDice(core).check(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.linewright.edge", "io.linewright.ingest", "io.linewright.oee"})
  void coresKnowOnlyTheModel(String core) {
    HouseRules.coreKnowsOnly(core).check(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.linewright.edge",
        "io.linewright.ingest",
        "io.linewright.oee",
        "io.linewright.gateway"
      })
  void servicesKnowNoOther(String service) {
    HouseRules.knowsNoOtherService(service).check(classes);
  }

  private static boolean withoutCycles(JavaClass type) {
    return !type.getPackageName().startsWith(WITH_CYCLES);
  }

  private static BiConsumer<String, Integer> atMost(Map<String, Integer> exceptions) {
    return (name, figure) ->
        assertThat(figure).as(name).isLessThanOrEqualTo(exceptions.getOrDefault(name, 0));
  }
}
