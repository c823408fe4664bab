package io.linewright.simulator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.linewright.simulator.PlantSimulator;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The plant model knows no framework and no clock; each rule fails on a planted violation. */
class PurePackagesTest {

  private static final String[] MODEL = {
    "io.linewright.simulator.plant..",
    "io.linewright.simulator.tag..",
    "io.linewright.simulator.condition..",
    "io.linewright.simulator.process..",
    "io.linewright.simulator.architecture.planted.."
  };

  private static final ArchRule NO_FRAMEWORK =
      classes()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.linewright.model..",
              "io.linewright.simulator.plant..",
              "io.linewright.simulator.tag..",
              "io.linewright.simulator.condition..",
              "io.linewright.simulator.process..");

  private static final ArchRule NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Instant.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  private final JavaClasses program =
      new ClassFileImporter().importPath(home(PlantSimulator.class));

  private final JavaClasses planted =
      new ClassFileImporter()
          .importPath(
              home(PurePackagesTest.class).resolve("io/linewright/simulator/architecture/planted"));

  @Test
  void theModelKnowsNoFramework() {
    assertThat(NO_FRAMEWORK.evaluate(program).hasViolation()).isFalse();
    assertThat(NO_FRAMEWORK.evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void theModelKnowsNoClock() {
    assertThat(NO_CLOCK.evaluate(program).hasViolation()).isFalse();
    assertThat(NO_CLOCK.evaluate(planted).hasViolation()).isTrue();
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
