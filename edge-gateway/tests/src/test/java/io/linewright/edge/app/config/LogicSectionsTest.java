package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.Publication;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.logic.rule.Condition;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code report}, {@code clock}, {@code summaries}, {@code rules}, {@code publication}. */
class LogicSectionsTest {

  private static final String HEAD =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      %s
      connections:
        - {id: c, driver: opcua, endpoint: "opc.tcp://h:4840", security: {policy: None}, publishing-interval: 250ms}
        - {id: m, driver: modbus-tcp, host: h, poll-interval: 250ms}
      devices:
        - path: acme/graz/a/l/m
          connection: %s
      %s
          tags:
      %s
      """;
  private static final String OPC_UA =
      """
            - {name: force, node: "i=1", type: double, range: [0, 50], report: {%s}}
            - {name: state, node: "i=2", type: integer, role: machine-state}
            - {name: text, node: "i=3", type: string}
      """;

  @TempDir private Path directory;

  @Test
  void everyKeyIsRead() throws Exception {
    DeviceSettings device =
        read(
                "publication: {up-to: enterprise, keep-local: true}",
                """
                    clock: {policy: correct, window: 30s, oldest: 2d, newest: 10s, report: true}
                    summaries:
                      - {tag: force, name: force/1min, window: 1min, values: [mean, percent-good], data-class: partner}
                    rules:
                      - {name: alarm/high, tag: force, when: {above: 40, clear: 35.5}, delay: 2s, clear-delay: 5s}
                      - {name: low, tag: force, when: {below: 1}, role: process-value}
                      - {name: fast, tag: force, when: {rate: 2, over: 10s, direction: rising}}
                      - {name: quiet, tag: text, when: {no-data-for: 30s}}
                      - {name: stop, tag: state, when: {pattern: [6, 11, 6], within: 1min, clear-after: 5s}, role: stop-reason, message: micro stop, data-class: partner}
                """,
                "deadband: 2%, min-interval: 100ms, max-interval: 1h")
            .devices()
            .getFirst();

    assertThat(device.tags().getFirst().reporting())
        .isEqualTo(
            new Reporting(
                OptionalDouble.of(1),
                Optional.of(Duration.ofMillis(100)),
                Optional.of(Duration.ofHours(1))));
    assertThat(device.clock())
        .isEqualTo(
            new ClockSettings(
                ClockPolicy.CORRECT,
                Duration.ofSeconds(30),
                Duration.ofDays(2),
                Duration.ofSeconds(10),
                true));
    TagName force = new TagName("force");
    assertThat(device.summaries())
        .containsExactly(
            new Summary(
                force,
                new TagName("force/1min"),
                Duration.ofMinutes(1),
                List.of(SummaryValue.MEAN, SummaryValue.PERCENT_GOOD),
                Optional.of(DataClass.PARTNER)));
    assertThat(device.rules())
        .extracting(Rule::condition)
        .containsExactly(
            new Condition.Threshold(true, 40, 35.5),
            new Condition.Threshold(false, 1, 1),
            new Condition.RateOfChange(Condition.Direction.RISING, 2, Duration.ofSeconds(10)),
            new Condition.NoData(Duration.ofSeconds(30)),
            new Condition.StatePattern(
                List.of("6", "11", "6"),
                Duration.ofMinutes(1),
                Optional.of(Duration.ofSeconds(5))));
    assertThat(device.rules().getFirst())
        .isEqualTo(
            new Rule(
                new TagName("alarm/high"),
                force,
                new Condition.Threshold(true, 40, 35.5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                TagRole.ALARM,
                Optional.empty(),
                Optional.empty()));
    assertThat(device.rules().getLast().message()).contains("micro stop");
  }

  @Test
  void fileThatSaysNothingOfThisTrustsReportsAndPublishesUpToTheSite() throws Exception {
    Path plain =
        write("", "c", "", "      - {name: force, node: \"i=1\", type: double, range: [0, 50]}");
    EdgeFile file = EdgeFileReader.read(plain);
    assertThat(file.publication()).isEqualTo(Publication.DEFAULT);
    assertThat(file.devices().getFirst().clock()).isEqualTo(ClockSettings.DEFAULT);
    assertThat(file.devices().getFirst().tags().getFirst().reporting()).isEqualTo(Reporting.ALL);
  }

  @Test
  void deadbandOfZeroLeavesOutEqualNumbers() throws Exception {
    assertThat(read("", "", "deadband: 0").devices().getFirst().tags().getFirst().reporting())
        .isEqualTo(new Reporting(OptionalDouble.of(0), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deadband: much | tags[0].report.deadband: 'much' is not a number",
        "deadband: 200% | not between 0 and 100",
        "min-interval: 1ms | report.min-interval: '1ms' is out of range",
        "min-interval: 10s, max-interval: 5s | report.max-interval: is shorter than min-interval",
        "interval: 1s | report.interval: is not known",
      })
  void mistakesOfReport(String report, String problem) throws Exception {
    assertThat(problems("", "", report)).singleElement().asString().contains(problem);
  }

  @Test
  void reportMustFitItsTag() throws Exception {
    String tags =
        """
              - {name: text, node: "i=3", type: string, report: {deadband: 1}}
              - {name: wide, node: "i=4", type: double, report: {deadband: 1%}}
              - {name: state, node: "i=2", type: integer, role: machine-state, report: {min-interval: 1s}}
        """;
    assertThat(problems(write("", "c", "", tags)))
        .hasSize(3)
        .anyMatch(p -> p.contains("edge.yaml:12: devices[0].tags[0].report.deadband: 'string'"))
        .anyMatch(p -> p.contains("tags[1].report.deadband: is a part of a range that is not"))
        .anyMatch(p -> p.contains("tags[2].report.min-interval: would swallow changes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{policy: believe} | clock.policy: 'believe' is not known",
        "{window: 1h} | clock.window: '1h' is out of range",
        "{oldest: 0s} | clock.oldest: '0s' is out of range",
        "{newest: soon} | clock.newest: 'soon' is not a duration",
        "{report: yes} | clock.report: 'yes' is not a truth value",
        "{drift: 1} | clock.drift: is not known",
      })
  void mistakesOfClock(String clock, String problem) throws Exception {
    assertThat(problems("", "    clock: " + clock, ""))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void modbusHasNoClock() throws Exception {
    String tags = "      - {name: x, register: \"holding:1\", encoding: int16, type: integer}";
    assertThat(problems(write("", "m", "    unit-id: 1\n    clock: {policy: trust}", tags)))
        .singleElement()
        .asString()
        .contains("devices[0].clock: is for devices that stamp their values");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tag: nothing, name: s, window: 1min, values: [mean]} | tag: 'nothing' is not a tag",
        "{tag: text, name: s, window: 1min, values: [mean]} | tag: 'string' has no figures",
        "{tag: force, name: s, window: 7min, values: [mean]} | window: '7min' does not divide",
        "{tag: force, name: s, window: 1min, values: [median]} | values: 'median' is not known",
        "{tag: force, name: s, window: 1min, values: [min, min]} | values: 'min' is given twice",
        "{tag: force, name: s, window: 1min, values: []} | values: has no figure",
        "{tag: force, name: s, window: 1min} | values: is missing",
        "{tag: force, window: 1min, values: [min]} | name: is missing",
        "{tag: force, name: s, window: 1min, values: [min], of: x} | of: is not known",
        "{tag: force, name: s, window: 1min, values: [min], data-class: x} | data-class: 'x' is not known",
      })
  void mistakesOfSummaries(String summary, String problem) throws Exception {
    assertThat(problems("", "    summaries:\n      - " + summary, ""))
        .singleElement()
        .asString()
        .contains("edge.yaml:11: devices[0].summaries[0]")
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: r, tag: force} | rules[0].when: is missing",
        "{name: r, tag: force, when: {}} | when: has no condition",
        "{name: r, tag: force, when: {above: 1, below: 0}} | when: has above and below",
        "{name: r, tag: force, when: {above: high}} | when.above: 'high' is not a number",
        "{name: r, tag: force, when: {above: .nan}} | when.above: '.nan' is not a number",
        "{name: r, tag: force, when: {above: 1, clear: 2}} | when: clear 2.0 lies beyond",
        "{name: r, tag: text, when: {above: 1}} | when.above: does not fit values of type",
        "{name: r, tag: force, when: {rate: 1}} | when.over: is missing",
        "{name: r, tag: force, when: {rate: -1, over: 1s}} | when: a rate needs a limit above 0",
        "{name: r, tag: force, when: {no-data-for: 10ms}} | when.no-data-for: '10ms' is out",
        "{name: r, tag: force, when: {pattern: [1, 2], within: 1s}} | pattern: does not fit",
        "{name: r, tag: state, when: {pattern: [1], within: 1s}} | when: a pattern has 2 to 32",
        "{name: r, tag: state, when: {pattern: [1, 2]}} | when.within: is missing",
        "{name: r, tag: state, when: {above: 1}, delay: 2d} | delay: '2d' is out of range",
        "{name: r, tag: state, when: {above: 1}, role: order} | role: 'order' is not what a rule",
        "{name: r, tag: state, when: {above: 1}, role: stop-reason} | message: is missing",
        "{name: r, tag: state, when: {above: 1}, message: ''} | message: has 0 characters",
        "{name: force, tag: state, when: {above: 1}} | name: 'force' is a tag of this device",
        "{name: '#', tag: state, when: {above: 1}} | must not contain #",
        "{name: r, tag: state, when: {above: 1, sharp: 2}} | when.sharp: is not known",
        "{name: r, tag: state, when: {above: 1}, level: 2} | rules[0].level: is not known",
      })
  void mistakesOfRules(String rule, String problem) throws Exception {
    assertThat(problems("", "    rules:\n      - " + rule, ""))
        .singleElement()
        .asString()
        .contains("edge.yaml:11: devices[0].rules[0]")
        .contains(problem);
  }

  @Test
  void derivedNamesMeetNeitherTagsNorEachOther() throws Exception {
    String logic =
        """
            clock: {report: true}
            summaries:
              - {tag: force, name: s, window: 1min, values: [min]}
              - {tag: force, name: s, window: 1h, values: [max, min]}
            rules:
              - {name: s/max, tag: force, when: {above: 1}}
              - {name: clock/offset-ms, tag: force, when: {above: 1}}
        """;
    assertThat(problems("", logic, ""))
        .hasSize(3)
        .anyMatch(p -> p.contains("summaries[1].name: 's/min' is a tag of this device already"))
        .anyMatch(p -> p.contains("rules[0].name: 's/max'"))
        .anyMatch(p -> p.contains("rules[1].name: 'clock/offset-ms'"));
  }

  @Test
  void tagNarrowerThanThePublicationIsRefusedUnlessItIsKept() throws Exception {
    String secret = "      - {name: recipe, node: \"i=9\", type: double, data-class: local-only}";
    assertThat(problems(write("", "c", "", secret)))
        .singleElement()
        .asString()
        .contains("edge.yaml:12: devices[0].tags[0].data-class: 'local-only' may not leave")
        .contains("publication.keep-local: true");
    assertThat(problems(write("publication: {up-to: partner}", "c", "", OPC_UA.formatted(""))))
        .hasSize(3)
        .allMatch(p -> p.contains("'enterprise' may not leave"));
    assertThat(EdgeFileReader.read(write("publication: {keep-local: true}", "c", "", secret)))
        .extracting(EdgeFile::publication)
        .isEqualTo(new Publication(DataClass.SITE, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up-to: local-only | publication.up-to: 'local-only' is not known",
        "keep-local: maybe | publication.keep-local: 'maybe' is not a truth value",
        "to: site | publication.to: is not known",
      })
  void mistakesOfPublication(String publication, String problem) throws Exception {
    assertThat(problems("publication: {" + publication + "}", "", ""))
        .singleElement()
        .asString()
        .contains("edge.yaml:3: " + problem);
  }

  @Test
  void whatIsMadeOfAKeptTagNeedsAClassOfItsOwn() throws Exception {
    String tags =
        "      - {name: recipe, node: \"i=9\", type: double, data-class: local-only, report: {deadband: 1}}";
    String logic =
        """
            rules:
              - {name: a, tag: recipe, when: {above: 1}}
              - {name: b, tag: recipe, when: {above: 1}, data-class: local-only}
              - {name: c, tag: recipe, when: {above: 1}, data-class: site}
        """;
    assertThat(problems(write("publication: {keep-local: true}", "c", logic, tags)))
        .hasSize(3)
        .anyMatch(p -> p.contains("rules[0].data-class: 'local-only' keeps it in the gateway"))
        .anyMatch(p -> p.contains("rules[1].data-class: 'local-only' keeps it in the gateway"))
        .anyMatch(p -> p.contains("tags[0].report: says what leaves of a tag that stays"));
  }

  private EdgeFile read(String publication, String logic, String report) throws Exception {
    return EdgeFileReader.read(write(publication, "c", logic, OPC_UA.formatted(report)));
  }

  private List<String> problems(String publication, String logic, String report) throws Exception {
    return problems(write(publication, "c", logic, OPC_UA.formatted(report)));
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file))
        .problems();
  }

  private Path write(String publication, String connection, String logic, String tags)
      throws Exception {
    return Files.writeString(
        directory.resolve("edge.yaml"), HEAD.formatted(publication, connection, logic, tags));
  }
}
