package io.linewright.simulator.plantfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The fields of one block of a file. Every getter notes what is wrong and goes on with a harmless
 * value, so that one pass finds all problems; the values count only if there were none.
 */
final class Fields {

  private final Node block;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> byName = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  Fields(Node block, String path, Problems problems) {
    this.block = block;
    this.path = path;
    this.problems = problems;
    if (block instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::keep);
    } else {
      problems.add(block, path, "must be a block of 'name: value' lines");
    }
  }

  private void keep(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(tuple.getKeyNode(), path, "field names must be plain text");
    } else if (byName.put(key.getValue(), tuple.getValueNode()) != null) {
      problems.add(key, field(key.getValue()), "appears twice");
    }
  }

  /** The value read by {@code reader}, whose IllegalArgumentException becomes the reason. */
  <T> T required(String name, T harmless, Function<String, T> reader) {
    @Nullable Node node = node(name);
    if (node == null) {
      problems.add(block, field(name), "is missing");
      return harmless;
    }
    return read(name, node, harmless, reader);
  }

  /** As {@link #required}, with a default for an absent field. */
  <T> T optional(String name, T ifAbsent, Function<String, T> reader) {
    @Nullable Node node = node(name);
    return node == null ? ifAbsent : read(name, node, ifAbsent, reader);
  }

  /** As {@link #required}, empty for an absent field. */
  <T> Optional<T> ifPresent(String name, T harmless, Function<String, T> reader) {
    return Optional.ofNullable(node(name)).map(node -> read(name, node, harmless, reader));
  }

  /** The block in that field; empty if it is absent. */
  Optional<Fields> block(String name) {
    return Optional.ofNullable(node(name)).map(node -> new Fields(node, field(name), problems));
  }

  /** The blocks of a list; empty if the field is absent. */
  List<Fields> blocks(String name) {
    @Nullable Node node = node(name);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(node, field(name), "must be a list");
      return List.of();
    }
    List<Fields> result = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      result.add(new Fields(item, field(name) + "[" + result.size() + "]", problems));
    }
    return result;
  }

  /** As {@link #blocks}; an absent or empty list is a problem. */
  List<Fields> someBlocks(String name) {
    List<Fields> result = blocks(name);
    if (result.isEmpty()) {
      problems.add(block, field(name), "must be a list of at least one entry");
    }
    return result;
  }

  /** The fields of this block as blocks by their name, for maps with free names. */
  Map<String, Fields> namedBlocks() {
    var result = new java.util.LinkedHashMap<String, Fields>();
    byName.forEach((name, node) -> result.put(name, new Fields(node, field(name), problems)));
    asked.addAll(byName.keySet());
    return result;
  }

  /** Notes a problem of a field, or of the whole block if the field is absent. */
  void problem(String name, String reason) {
    problems.add(byName.getOrDefault(name, block), field(name), reason);
  }

  /** Notes every field that nobody asked for. Call last. */
  void end() {
    byName.forEach(
        (name, node) -> {
          if (!asked.contains(name)) {
            problems.add(
                node, field(name), "is unknown; known here: " + asked.stream().sorted().toList());
          }
        });
  }

  private @Nullable Node node(String name) {
    asked.add(name);
    return byName.get(name);
  }

  private <T> T read(String name, Node node, T harmless, Function<String, T> reader) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(node, field(name), "must be a single value");
      return harmless;
    }
    try {
      return reader.apply(scalar.getValue());
    } catch (IllegalArgumentException wrong) {
      problems.add(node, field(name), String.valueOf(wrong.getMessage()));
      return harmless;
    }
  }

  private String field(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
