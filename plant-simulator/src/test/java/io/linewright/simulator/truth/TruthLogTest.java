package io.linewright.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthLogTest {

  @TempDir private Path directory = Path.of("unset");

  @Test
  void writesOneLineForEachValue() throws Exception {
    List<PlantTag> tags = PlantTags.of(PlantFile.load("demo"));
    Path file = directory.resolve("truth.tsv");
    try (TruthLog log = TruthLog.create(file, tags, 42, 2.5, false)) {
      log.value(tag(tags, "mill-01/state"), 1_795_202_342_448_161L, SampleValue.of(6L));
      log.value(tag(tags, "mill-01/power"), 2, SampleValue.of(0.1));
      log.value(tag(tags, "mill-01/stop-reason"), 3, SampleValue.of("chip-jam"));
      log.comment("observed 4");
      log.value(tag(tags, "packer-01/alarm"), 5, SampleValue.of(true));
      log.flush();
      assertThat(Files.readString(file))
          .isEqualTo(
              """
              # linewright-truth 1 seed=42 speed=2.5
              1795202342448161\tacme/graz/machining/line-1/mill-01#state\tinteger\t6
              2\tacme/graz/machining/line-1/mill-01#power\tdouble\t0.1
              3\tacme/graz/machining/line-1/mill-01#stop-reason\tstring\tchip-jam
              # observed 4
              5\tacme/graz/packaging/line-2/packer-01#alarm\tboolean\ttrue\tmodbus
              """);
    }
  }

  @Test
  void losesNothingWhenItsBufferIsFull() throws Exception {
    List<PlantTag> tags = PlantTags.of(PlantFile.load("demo"));
    Path file = directory.resolve("truth.tsv");
    try (TruthLog log = TruthLog.create(file, tags, 1, 1, false)) {
      for (long i = 0; i < 50_000; i++) {
        log.value(tag(tags, "mill-01/state"), i, SampleValue.of(i));
      }
    }
    List<String> lines = Files.readAllLines(file);

    assertThat(lines).hasSize(50_001);
    for (int i = 0; i < 50_000; i++) {
      assertThat(lines.get(i + 1)).startsWith(i + "\t").endsWith("\t" + i);
    }
  }

  @Test
  void handsEachValueToTheSystemAtOnceIfAsked() throws Exception {
    List<PlantTag> tags = PlantTags.of(PlantFile.load("demo"));
    Path file = directory.resolve("truth.tsv");
    try (TruthLog log = TruthLog.create(file, tags, 1, 1, true)) {
      log.value(tag(tags, "mill-01/state"), 7, SampleValue.of(6L));
      assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("7\t");
    }
  }

  @Test
  void keepsNothingWithoutAFile() {
    try (TruthLog log = TruthLog.none()) {
      for (int i = 0; i < 100_000; i++) {
        log.comment("this goes nowhere");
      }
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static PlantTag tag(List<PlantTag> tags, String name) {
    return tags.stream().filter(tag -> tag.nodeName().equals(name)).findFirst().orElseThrow();
  }
}
