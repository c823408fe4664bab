package io.linewright.edge.app.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/sparkplug-conformance.md against the specification's ids and our tests. */
class ConformanceTableTest {

  private static final Path ROOT = Path.of("../..");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");

  @Test
  void everyIdIsNamedExactlyOnce() throws IOException {
    assertThat(rows()).extracting(row -> row.get(0)).containsExactlyInAnyOrderElementsOf(ids());
    assertThat(ids()).hasSize(303);
  }

  @Test
  void everyRowSaysWhomItConcernsAndWhatShowsIt() throws IOException {
    for (List<String> row : rows()) {
      assertThat(row.get(1)).as(row.get(0)).isIn("edge", "host", "both", "broker");
      assertThat(TEST.matcher(row.get(2)).find() || row.get(2).matches("(n/a|SHOULD NOT).{10,}"))
          .as(row.get(0))
          .isTrue();
    }
  }

  @Test
  void everyNamedTestExists() throws IOException {
    for (List<String> row : rows()) {
      Matcher named = TEST.matcher(row.get(2));
      while (named.find()) {
        assertThat(source(named.group(1)))
            .as("%s: %s", row.get(0), named.group())
            .containsPattern("@Test\\s[^{}]*void " + named.group(2) + "\\(\\)");
      }
    }
  }

  private static List<String> ids() throws IOException {
    try (var in =
        Objects.requireNonNull(
            ConformanceTableTest.class.getResourceAsStream("/sparkplug/assertion-ids.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/sparkplug-conformance.md"))) {
      if (line.startsWith("| tck-id-")) {
        rows.add(Stream.of(line.split("\\|")).map(String::strip).skip(1).toList());
      }
    }
    return rows;
  }

  private static String source(String test) throws IOException {
    for (String module : List.of("edge-gateway/tests", "edge-gateway/core")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        List<Path> found = files.filter(file -> file.endsWith(test + ".java")).toList();
        if (!found.isEmpty()) {
          return Files.readString(found.getFirst());
        }
      }
    }
    throw new AssertionError("there is no test " + test);
  }
}
