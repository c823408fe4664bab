package io.linewright.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds its planted violation, and only that. */
class SizeRulesTest {

  private static final String HOUSE = "module/src/main/java/house/";
  private static final String MARKED = "@NullMarked\npackage house;\n";

  @TempDir Path root;

  @Test
  void aFileThatIsTooLongIsFound() throws IOException {
    plant(HOUSE + "Long.java", "//\n".repeat(401));
    plant(HOUSE + "Right.java", "//\n".repeat(400));

    assertThat(new SizeRules(root).filesLongerThan(400))
        .containsOnlyKeys(HOUSE + "Long.java")
        .containsValue(401);
  }

  @Test
  void aPackageThatIsTooLargeIsFound() throws IOException {
    plant(HOUSE + "package-info.java", MARKED);
    plant(HOUSE + "inner/Three.java", "");
    plant(HOUSE + "One.java", "");
    plant(HOUSE + "Two.java", "");

    assertThat(new SizeRules(root).packagesLargerThan(1))
        .containsExactly(java.util.Map.entry(HOUSE.substring(0, HOUSE.length() - 1), 2));
    assertThat(new SizeRules(root).packagesLargerThan(2)).isEmpty();
  }

  @Test
  void aPackageWithoutNullMarkIsFound() throws IOException {
    plant(HOUSE + "package-info.java", MARKED);
    plant(HOUSE + "bare/One.java", "");
    plant(HOUSE + "commented/package-info.java", "// @NullMarked\npackage house.commented;\n");

    assertThat(new SizeRules(root).packagesNotNullMarked())
        .containsExactly(HOUSE + "bare", HOUSE + "commented");
  }

  @Test
  void testsAndBuildOutputAreNotMeasured() throws IOException {
    plant(HOUSE + "data/One.java", "");
    plant("module/src/test/java/house/Long.java", "//\n".repeat(401));
    plant("module/target/copy/src/main/java/house/Long.java", "//\n".repeat(401));

    SizeRules rules = new SizeRules(root);
    assertThat(rules.filesLongerThan(400)).isEmpty();
    assertThat(rules.packagesLargerThan(0)).containsOnlyKeys(HOUSE + "data");
  }

  @Test
  void aWrongRootIsNoPassedRule() {
    assertThatThrownBy(() -> new SizeRules(root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no main code");
  }

  private void plant(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
