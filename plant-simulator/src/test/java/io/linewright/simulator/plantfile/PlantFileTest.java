package io.linewright.simulator.plantfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.simulator.plant.LineDescription;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.tag.PlantTags;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantFileTest {

  private static final String GOOD =
      """
      version: 1
      seed: 3
      starts-at: "07:30"
      breaks:
        - {at: "09:00", length: 15m}
      machine-types:
        press:
          cycle-time: 4s
          stops:
            - {reason: jam, code: 11, kind: micro-stop, every: 10m, lasts: 20s}
          sensors:
            - {tag: ram/force, kind: current, base: 3}
      sites:
        - path: acme/graz
          lines:
            - path: body/line-1
              buffer: 7
              machines:
                - {name: press-01, type: press}
                - {name: press-02, type: press, buffer: 2, modbus: {unit-id: 9}}
      """;

  @Test
  void readsAPlant() throws Exception {
    PlantDescription plant = PlantFile.parse("good.yaml", GOOD);

    assertThat(plant.seed()).isEqualTo(3);
    assertThat(plant.startsAt()).isEqualTo(LocalTime.of(7, 30));
    assertThat(plant.breaks().getFirst().length()).isEqualTo(Duration.ofMinutes(15));
    List<MachineDescription> machines = plant.machines().toList();
    assertThat(machines.getFirst().path()).hasToString("acme/graz/body/line-1/press-01");
    assertThat(machines.getFirst().buffer()).isEqualTo(7);
    assertThat(machines.getLast().buffer()).isEqualTo(2);
    assertThat(machines.getLast().modbus().orElseThrow().unitId()).isEqualTo(9);
    assertThat(machines.getFirst().type().cycleNoise()).isEqualTo(0.03);
  }

  @Test
  void theDemoPlantHasTwoLinesTenMachinesAndBothProtocols() throws Exception {
    PlantDescription demo = PlantFile.load("demo");

    assertThat(demo.sites().getFirst().lines())
        .extracting(LineDescription::path)
        .map(Object::toString)
        .containsExactly("acme/graz/machining/line-1", "acme/graz/packaging/line-2");
    assertThat(demo.machines()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(demo.machines().filter(m -> m.modbus().isPresent())).hasSizeGreaterThanOrEqualTo(2);
    assertThat(demo.machines().map(MachineDescription::type).map(MachineType::stops))
        .allSatisfy(stops -> assertThat(stops).isNotEmpty());
  }

  @Test
  void theLoadPlantMakes21000ChangesASecond() throws Exception {
    PlantDescription load = PlantFile.load("load");

    double perSecond =
        load.machines()
            .map(machine -> machine.type().signals().orElseThrow())
            .mapToDouble(signals -> signals.count() * 1000.0 / signals.interval().toMillis())
            .sum();

    assertThat(perSecond).isEqualTo(21_000);
    assertThat(PlantTags.of(load)).hasSizeGreaterThan(1050);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed: 3                  | seed: many               | 2  | seed
          starts-at: "07:30"       | starts-at: "25:00"       | 3  | starts-at
          length: 15m              | length: 15               | 5  | breaks[0].length
          cycle-time: 4s           | cycle-time: 1ms          | 8  | machine-types.press.cycle-time
          cycle-time: 4s           | cycle: 4s                | 8  | machine-types.press.cycle
          kind: micro-stop         | kind: stop               | 10 | machine-types.press.stops[0].kind
          code: 11                 | code: 4                  | 10 | machine-types.press.stops[0].code
          reason: jam              | reason: starved          | 10 | machine-types.press.stops[0].reason
          tag: ram/force           | tag: power               | 12 | machine-types.press.sensors[0].tag
          base: 3                  | base: -3                 | 12 | machine-types.press.sensors[0].base
          path: acme/graz          | path: acme               | 14 | sites[0].path
          path: body/line-1        | path: body/LINE          | 16 | sites[0].lines[0].path
          buffer: 7                | buffer: 0                | 17 | sites[0].lines[0].buffer
          name: press-02           | name: press-01           | 20 | sites[0].lines[0].machines[1].name
          type: press}             | type: oven}              | 19 | sites[0].lines[0].machines[0].type
          unit-id: 9               | unit-id: 300             | 20 | sites[0].lines[0].machines[1].modbus.unit-id
          version: 1               | version: 2               | 1  | version
          """)
  void saysLineAndFieldOfWhatIsWrong(String good, String wrong, int line, String field) {
    assertThat(GOOD).contains(good);

    List<Problem> problems = problems(GOOD.replace(good, wrong));

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.line()).isEqualTo(line);
              assertThat(problem.reason()).isNotBlank();
            });
  }

  @Test
  void findsAllProblemsAtOnceAndNamesTheFile() {
    String wrong = GOOD.replace("seed: 3", "seed: x").replace("buffer: 7", "buffer: y");

    assertThatThrownBy(() -> PlantFile.parse("my-plant.yaml", wrong))
        .isInstanceOf(PlantFileException.class)
        .hasMessageContaining("my-plant.yaml:2: seed: 'x' must be a whole number")
        .hasMessageContaining("my-plant.yaml:17: sites[0].lines[0].buffer: 'y' must be");
  }

  @Test
  void tellsOfAtMostTwentyProblems() {
    String machine = "          - {name: press-01, type: oven}\n";

    assertThat(problems(GOOD + machine.repeat(50))).hasSize(Problems.MOST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'a: [1'", "''", "'- a'", "'version: 1'", "'a: 1\na: 2'", "'\u0007'"})
  void survivesAnything(String text) {
    assertThat(problems(text == null ? "" : text)).isNotEmpty();
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path directory) {
    assertThatThrownBy(() -> PlantFile.load(directory.resolve("none.yaml").toString()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void readsAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("plant.yaml"), GOOD);

    assertThat(PlantFile.load(file.toString())).isEqualTo(PlantFile.parse("plant.yaml", GOOD));
  }

  private static List<Problem> problems(String text) {
    return catchThrowableOfType(PlantFileException.class, () -> PlantFile.parse("test", text))
        .problems();
  }
}
