package io.linewright.simulator.edgefile;

import io.linewright.model.equipment.TagDescription;
import io.linewright.model.unit.UcumUnit;
import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.opcua.PlantOpcUaServer;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plant.SiteDescription;
import io.linewright.simulator.tag.PlantTag;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the gateway file (version 1) that reads every tag of a site. */
public final class EdgeFileWriter {

  /**
   * Longest wait for one Modbus answer: as long as the gateway keeps a connection that says
   * nothing. A register counts as read when it is answered; an answer that the gateway gave up
   * before it came would be a value that it never saw.
   */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private static final long SHORTEST_SAMPLING_MS = 10;

  private final EdgeFileSource source;
  private final Map<Integer, RegisterPlace> places = new HashMap<>();

  /** A writer for that plant. */
  public EdgeFileWriter(EdgeFileSource source) {
    this.source = source;
    source.places().forEach(place -> places.put(place.tag().index(), place));
  }

  /**
   * Writes one file per site; with several sites the site's name goes before the file's extension.
   * Files are complete when they appear under their name.
   *
   * @return the files written
   */
  public List<Path> write(PlantDescription plant, Path file) throws IOException {
    List<Path> written = new ArrayList<>();
    for (SiteDescription site : plant.sites()) {
      Path target = plant.sites().size() == 1 ? file : named(file, site.path().name());
      Path directory = target.toAbsolutePath().getParent();
      Files.createDirectories(Objects.requireNonNull(directory));
      Path draft = Files.createTempFile(directory, "edge", ".yaml");
      Files.writeString(draft, text(site, directory));
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      written.add(target);
    }
    return written;
  }

  /**
   * The content of the file for a site.
   *
   * @param directory where the file will stand; other files are named relative to it
   */
  public String text(SiteDescription site, Path directory) {
    var out = new StringBuilder(64 * 1024);
    String group = String.join(":", site.path().segments());
    out.append("# Reads the whole simulated plant; written by the plant simulator.\n");
    out.append("version: 1\n");
    out.append(
        "gateway: {group: \"%s\", node: gw-1, host: linewright, confirm: bridge}\n"
            .formatted(group));
    connections(out, site, directory);
    out.append("devices:\n");
    site.lines().stream()
        .flatMap(line -> line.machines().stream())
        .forEach(machine -> device(out, machine));
    return out.toString();
  }

  private void connections(StringBuilder out, SiteDescription site, Path directory) {
    List<MachineDescription> machines =
        site.lines().stream().flatMap(line -> line.machines().stream()).toList();
    out.append("connections:\n");
    if (machines.stream().anyMatch(machine -> machine.modbus().isEmpty())) {
      out.append(
          """
            - id: opcua
              driver: opcua
              endpoint: "opc.tcp://%s:%d%s"
              security: {policy: Basic256Sha256, mode: SignAndEncrypt, username: "%s", password-file: "%s", trust-dir: "%s"}
              publishing-interval: %dms
          """
              .formatted(
                  EdgeFileSource.inUrl(source.opcUaHost()),
                  source.opcUaPort(),
                  PlantOpcUaServer.PATH,
                  source.username(),
                  relative(directory, source.passwordFile()),
                  relative(directory, source.trustDirectory()),
                  source.publishingInterval().toMillis()));
    }
    if (machines.stream().anyMatch(machine -> machine.modbus().isPresent())) {
      out.append(
          "  - {id: modbus, driver: modbus-tcp, host: \"%s\", port: %d, poll-interval: %dms, timeout: %ds}\n"
              .formatted(
                  source.modbusHost(),
                  source.modbusPort(),
                  source.pollInterval().toMillis(),
                  ANSWER_TIMEOUT.toSeconds()));
    }
  }

  private void device(StringBuilder out, MachineDescription machine) {
    out.append("  - path: ").append(machine.path()).append('\n');
    machine
        .modbus()
        .ifPresentOrElse(
            unit ->
                out.append("    connection: modbus\n    unit-id: %d\n".formatted(unit.unitId())),
            () -> out.append("    connection: opcua\n"));
    out.append("    tags:\n");
    for (PlantTag tag : source.tags()) {
      if (tag.machine().path().equals(machine.path())) {
        tag(out, tag);
      }
    }
  }

  private void tag(StringBuilder out, PlantTag tag) {
    TagDescription description = tag.description();
    out.append("      - {name: \"").append(description.key().name()).append("\", ");
    address(out, tag);
    out.append(", type: ").append(description.type());
    if (!description.unit().equals(UcumUnit.ONE)) {
      out.append(", unit: \"").append(description.unit()).append('"');
    }
    out.append(", role: ").append(description.role());
    description
        .range()
        .ifPresent(
            range ->
                out.append(", range: [%s, %s]".formatted(plain(range.low()), plain(range.high()))));
    description.sampling().ifPresent(sampling -> out.append(", sampling: ").append(text(sampling)));
    out.append("}\n");
  }

  private void address(StringBuilder out, PlantTag tag) {
    RegisterPlace place = places.get(tag.index());
    if (place == null) {
      out.append("node: \"nsu=%s;s=%s\"".formatted(PlantOpcUaServer.NAMESPACE_URI, tag.nodeName()));
      return;
    }
    out.append("register: \"%s\", encoding: %s".formatted(place.text(), place.encoding()));
    if (place.encoding().registers() > 1) {
      out.append(", word-order: ").append(tag.machine().modbus().orElseThrow().wordOrder());
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private String text(Duration sampling) {
    long milliseconds = Math.round(sampling.toMillis() / source.speed());
    return Math.max(SHORTEST_SAMPLING_MS, milliseconds) + "ms";
  }

  private static String relative(Path directory, Path target) {
    return directory.relativize(target.toAbsolutePath()).toString().replace('\\', '/');
  }

  private static Path named(Path file, String site) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String inserted =
        dot < 0 ? name + "-" + site : name.substring(0, dot) + "-" + site + name.substring(dot);
    return file.resolveSibling(inserted);
  }
}
