package io.linewright.edge.app.config;

import io.linewright.edge.app.yaml.YamlDepth;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.Publication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the gateway file, version 1; the format is in {@code docs/edge-gateway.md}. */
public final class EdgeFileReader {

  /** Largest file that is read. */
  public static final long MAX_BYTES = 64L << 20;

  /**
   * Reads and checks a file. Relative paths in it are taken relative to it.
   *
   * @throws EdgeFileException if it cannot be read or anything in it is wrong; lists the first 20
   *     problems
   */
  public static EdgeFile read(Path file) throws EdgeFileException {
    Problems problems = new Problems(file);
    return read(root(() -> text(file, problems), problems), file, problems);
  }

  /**
   * The same of what the file held a moment ago.
   *
   * @param content its bytes
   */
  public static EdgeFile read(Path file, byte[] content) throws EdgeFileException {
    Problems problems = new Problems(file);
    return read(root(() -> text(content), problems), file, problems);
  }

  /**
   * The same of a content that is to take the place of another while the gateway runs; what only a
   * restart can change is a problem, too.
   *
   * @param content its bytes
   */
  public static EdgeFile change(Path file, byte[] content, EdgeFile inForce)
      throws EdgeFileException {
    Problems problems = new Problems(file);
    YamlMap map = root(() -> text(content), problems);
    EdgeFile next = read(map, file, problems);
    GatewaySection.requireSame(map, inForce, next);
    problems.throwIfAny();
    return next;
  }

  /** Where the text comes from. */
  @FunctionalInterface
  private interface Source {
    String text() throws IOException;
  }

  private static String text(Path file, Problems problems) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      problems.add(1, "file", "is larger than 64 MiB", "split the gateway in several");
      return "";
    }
    return text(Files.readAllBytes(file));
  }

  private static String text(byte[] content) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static YamlMap root(Source source, Problems problems) throws EdgeFileException {
    Optional<Node> root = compose(source, problems);
    problems.throwIfAny();
    YamlMap map = new YamlMap(root.orElseThrow(), "", problems);
    problems.throwIfAny();
    return map;
  }

  private static EdgeFile read(YamlMap map, Path file, Problems problems) throws EdgeFileException {
    map.requiredParsed("version", Scalars.integer(1, 1), "write version: 1");
    Optional<GatewayIdentity> gateway = GatewaySection.identity(map, map.map("gateway"));
    LogSettings log = GatewaySection.log(map.map("log"));
    Publication publication = GatewaySection.publication(map.map("publication"));
    ConnectionSection connectionSection = new ConnectionSection(file);
    List<Connection> connections =
        connectionSection.read(map.requiredList("connections", "list the ways to your machines"));
    List<DeviceSettings> devices =
        new DeviceSection(gateway, connections, connectionSection.ids(), publication)
            .read(map.requiredList("devices", "list the machines with their tags"));
    map.noOtherKeys();
    problems.throwIfAny();
    return new EdgeFile(gateway.orElseThrow(), log, connections, devices, publication);
  }

  private static Optional<Node> compose(Source source, Problems problems) {
    try {
      String text = source.text();
      if (problems.any()) {
        return Optional.empty();
      }
      LoadSettings settings =
          LoadSettings.builder().setUseMarks(true).setCodePointLimit((int) MAX_BYTES).build();
      if (YamlDepth.tooDeep(text, settings)) {
        String reason = "is nested deeper than %d levels".formatted(YamlDepth.MOST);
        problems.add(1, "file", reason, "start from the example in docs/edge-gateway.md");
        return Optional.empty();
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, "file", "is empty", "start from the example in docs/edge-gateway.md");
      }
      return root;
    } catch (MarkedYamlEngineException syntax) {
      problems.add(
          Problems.line(syntax.getProblemMark()),
          "file",
          "is not YAML (" + syntax.getProblem() + ")",
          "check quotes, brackets and indentation around this line");
    } catch (YamlEngineException syntax) {
      problems.add(1, "file", "is not YAML (" + syntax.getMessage() + ")", "check its syntax");
    } catch (NoSuchFileException missing) {
      problems.add(1, "file", "does not exist", "set linewright.edge.file to the gateway file");
    } catch (CharacterCodingException encoding) {
      problems.add(1, "file", "is not UTF-8", "save it as UTF-8");
    } catch (IOException unreadable) {
      problems.add(1, "file", "cannot be read (" + unreadable + ")", "check its permissions");
    }
    return Optional.empty();
  }

  private EdgeFileReader() {}
}
