package io.linewright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.simulator.plantfile.PlantFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/simulator.md shows is true. */
class DocumentationTest {

  private final String page = read();

  @Test
  void thePlantFileInItCanBeRead() throws Exception {
    Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();

    assertThat(PlantFile.parse("docs/simulator.md", block.group(1)).machines()).hasSize(2);
  }

  @Test
  void itNamesEveryOption() {
    var usage = new StringWriter();
    PlantSimulatorMain.commandLine().usage(new PrintWriter(usage, true));
    Matcher option = Pattern.compile("--[a-z-]+").matcher(usage.toString());
    while (option.find()) {
      if (!option.group().equals("--help") && !option.group().equals("--version")) {
        assertThat(page).contains(option.group());
      }
    }
    assertThat(usage.toString()).contains("--wait-for-gateway");
  }

  private static String read() {
    try {
      String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", "..");
      return Files.readString(Path.of(root, "docs", "simulator.md"));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
