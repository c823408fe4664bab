package io.linewright.edge.app.bridge.mapping;

import io.linewright.edge.app.yaml.YamlDepth;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the file that says which equipment stands behind the ids of foreign nodes:
 *
 * <pre>{@code
 * version: 1
 * mappings:
 *   - {group: Plant1, node: Edge7, path: acme/graz/edge-7}
 *   - {group: Plant1, node: Edge7, device: Press A, path: acme/graz/body/line-1/press-01}
 * }</pre>
 */
public final class MappingFile {

  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_PROBLEMS = 20;
  private static final Set<String> FIELDS = Set.of("group", "node", "device", "path");

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final Map<SparkplugAddress, EquipmentPath> mappings = new HashMap<>();

  private MappingFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a mapping file.
   *
   * @throws IllegalArgumentException if it is wrong; the message lists file, line, field and reason
   *     of up to 20 problems
   * @throws IOException if it cannot be read
   */
  public static EquipmentMapping read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    MappingFile reader = new MappingFile(file);
    LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
    try {
      String text = Files.readString(file);
      if (YamlDepth.tooDeep(text, settings)) {
        throw new IllegalArgumentException(
            "%s is nested deeper than %d levels".formatted(file, YamlDepth.MOST));
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      root.ifPresentOrElse(
          reader::document, () -> reader.problems.add(file + ": the file is empty"));
    } catch (CharacterCodingException encoding) {
      throw new IllegalArgumentException(file + " is not UTF-8: save it as UTF-8", encoding);
    } catch (MarkedYamlEngineException notYaml) {
      int line = notYaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      reader.problems.add("%s:%d: not YAML: %s".formatted(file, line, notYaml.getProblem()));
    } catch (YamlEngineException notYaml) {
      reader.problems.add("%s: not YAML: %s".formatted(file, notYaml.getMessage()));
    }
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", reader.problems));
    }
    return new EquipmentMapping(reader.mappings);
  }

  private void document(Node root) {
    Map<String, Node> fields = fields(root, Set.of("version", "mappings"));
    Node version = fields.get("version");
    if (version == null || !"1".equals(text(version))) {
      problem(version == null ? root : version, "version", "must be 1");
    }
    Node list = fields.get("mappings");
    if (list instanceof SequenceNode sequence) {
      sequence.getValue().forEach(this::mapping);
    } else {
      problem(list == null ? root : list, "mappings", "must be a list");
    }
  }

  private void mapping(Node node) {
    Map<String, Node> fields = fields(node, FIELDS);
    String group = required(node, fields, "group");
    String edgeNode = required(node, fields, "node");
    String path = required(node, fields, "path");
    Node device = fields.get("device");
    if (group.isEmpty() || edgeNode.isEmpty() || path.isEmpty()) {
      return;
    }
    try {
      var address =
          new SparkplugAddress(group, edgeNode, Optional.ofNullable(device).map(MappingFile::text));
      if (mappings.put(address, EquipmentPath.parse(path)) != null) {
        problem(node, "device", "the same ids are mapped twice");
      }
    } catch (IllegalArgumentException noPath) {
      problem(fields.getOrDefault("path", node), "path", String.valueOf(noPath.getMessage()));
    }
  }

  private String required(Node node, Map<String, Node> fields, String name) {
    Node value = fields.get(name);
    String text = value == null ? "" : text(value);
    if (text.isEmpty()) {
      problem(value == null ? node : value, name, "is missing");
    }
    return text;
  }

  private Map<String, Node> fields(Node node, Set<String> known) {
    Map<String, Node> fields = new HashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "", "must be a map of " + known);
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode());
      if (!known.contains(name)) {
        problem(tuple.getKeyNode(), name, "is not known here; known are " + known);
      } else if (fields.put(name, tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), name, "is there twice");
      }
    }
    return fields;
  }

  private void problem(@Nullable Node where, String field, String reason) {
    if (problems.size() < MAX_PROBLEMS) {
      int line = where == null ? 1 : where.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add("%s:%d: %s %s".formatted(file, line, field, reason));
    }
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
