package io.linewright.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/**
 * Rules of the house. The test of this class proves each of them with a planted violation: a rule
 * that nothing can break proves nothing.
 */
public final class HouseRules {

  private static final String[] CORE_MAY_KNOW = {
    "java..",
    "javax.measure..",
    // Of the JDK, and as pure as a parser can be: documents of planning systems are XML.
    "javax.xml.stream..",
    "org.jspecify..",
    "io.linewright.model..",
    "org.apache.commons.statistics..",
    "org.apache.commons.numbers..",
    "org.apache.commons.rng..",
    "org.hipparchus.."
  };

  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  private HouseRules() {}

  /** The classes of a package and below, without tests; at least one. */
  public static JavaClasses production(String rootPackage) {
    return notEmpty(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(rootPackage),
        rootPackage);
  }

  /** A core knows the model, JSpecify, pure libraries and itself, nothing else. */
  public static ArchRule coreKnowsOnly(String corePackage) {
    return classes()
        .that(outsideOf(corePackage, ".app"))
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(CORE_MAY_KNOW)
                .or(outsideOf(corePackage, ".app"))
                .or(
                    DescribedPredicate.describe(
                        "are primitive", type -> type.isPrimitive() || type.isArray())))
        .as("a core knows only the model and pure libraries");
  }

  /** A core asks no clock and rolls no dice: time and seeds are arguments. */
  public static ArchRule coreHasNoClockNorDice(String corePackage) {
    return noClasses()
        .that(outsideOf(corePackage, ".app"))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads a clock or random source",
                (JavaCall<?> call) ->
                    CLOCKS.contains(
                        call.getTargetOwner().getFullName() + "." + call.getTarget().getName())))
        .as("a core has neither clock nor dice");
  }

  /** What only its own feature uses is package-private: controllers, handlers, stores, wiring. */
  public static ArchRule appIsPackagePrivate(String appPackage) {
    return classes()
        .that()
        .resideInAPackage(appPackage + "..")
        .and()
        .haveNameMatching(".*(Controller|Handler|Listener|Store|Configuration)")
        .should()
        .notBePublic()
        .as("controllers, handlers, stores and configurations are package-private");
  }

  /** Values are written to tables through topics only: nobody knows another service. */
  public static ArchRule knowsNoOtherService(String servicePackage) {
    return noClasses()
        .that()
        .resideInAPackage(servicePackage + "..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to another service or the simulator",
                type ->
                    type.getPackageName().startsWith("io.linewright.")
                        && !within(type, servicePackage)
                        && !within(type, "io.linewright.model")
                        && !within(type, "io.linewright.kit")))
        .as("a service knows the model, the kit and itself");
  }

  /**
   * No group of classes needs, by way of others, itself.
   *
   * @param groups package pattern with the name of the group in parentheses: {@code
   *     io.linewright.(*)..} for modules, {@code io.linewright.(**)} for packages
   */
  public static ArchRule noCycles(String groups) {
    return SlicesRuleDefinition.slices()
        .matching(groups)
        .should()
        .beFreeOfCycles()
        .as("no cycles between " + groups);
  }

  private static JavaClasses notEmpty(JavaClasses classes, String rootPackage) {
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("there are no classes in " + rootPackage);
    }
    return classes;
  }

  private static DescribedPredicate<JavaClass> outsideOf(String root, String excluded) {
    return DescribedPredicate.describe(
        "are in " + root + " but not in " + root + excluded,
        type -> within(type, root) && !within(type, root + excluded));
  }

  private static boolean within(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }
}
