package io.linewright.edge.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file under its path, such as {@code devices[3].tags[0]}. What is missing or of a
 * wrong kind is noted and read as empty, so that one run finds all problems.
 */
final class YamlMap {

  private final Node node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> unread = new LinkedHashMap<>();

  YamlMap(Node node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "is not a mapping", "write key: value pairs here");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode(), path, "has a key that is not text", "use a plain key");
      } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        problems.add(key, field(key.getValue()), "is given twice", "remove one of them");
      } else {
        unread.put(key.getValue(), key);
      }
    }
  }

  String field(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Whether the key is there at all. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Text, number or truth value of the key as it is written; empty if it is missing or wrong. */
  Optional<String> text(String key) {
    Node value = take(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    problems.add(value, field(key), "is not a single value", "write one text or number");
    return Optional.empty();
  }

  /** Like {@link #text(String)}; a missing key is a problem. */
  Optional<String> required(String key, String advice) {
    if (!has(key)) {
      missing(key, advice);
      return Optional.empty();
    }
    return text(key);
  }

  /**
   * A value that is parsed; the parser's {@link IllegalArgumentException} becomes the reason.
   *
   * @param advice what to write instead
   */
  <T> Optional<T> parsed(String key, Function<String, T> parser, String advice) {
    return text(key).flatMap(value -> parse(key, value, parser, advice));
  }

  /** Like {@link #parsed}; a missing key is a problem. */
  <T> Optional<T> requiredParsed(String key, Function<String, T> parser, String advice) {
    return required(key, advice).flatMap(value -> parse(key, value, parser, advice));
  }

  private <T> Optional<T> parse(
      String key, String value, Function<String, T> parser, String advice) {
    try {
      return Optional.of(parser.apply(value));
    } catch (IllegalArgumentException wrong) {
      problem(key, String.valueOf(wrong.getMessage()), advice);
      return Optional.empty();
    }
  }

  /** The mapping under the key; empty if the key is missing. */
  Optional<YamlMap> map(String key) {
    Node value = take(key);
    return value == null ? Optional.empty() : Optional.of(new YamlMap(value, field(key), problems));
  }

  /** The mappings of the list under the key; empty, and a problem, if there is no list. */
  List<YamlMap> requiredList(String key, String advice) {
    List<YamlMap> maps = new ArrayList<>();
    List<Node> nodes = nodes(key, advice);
    for (int i = 0; i < nodes.size(); i++) {
      maps.add(new YamlMap(nodes.get(i), field(key) + "[" + i + "]", problems));
    }
    return maps;
  }

  /** The single values of the list under the key. */
  List<String> texts(String key, String advice) {
    return nodes(key, advice).stream()
        .filter(ScalarNode.class::isInstance)
        .map(n -> ((ScalarNode) n).getValue())
        .toList();
  }

  private List<Node> nodes(String key, String advice) {
    Node value = take(key);
    if (value == null) {
      missing(key, advice);
      return List.of();
    }
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(value, field(key), "is not a list", advice);
    return List.of();
  }

  /** All keys that were not read yet, with their single values; they count as read. */
  Map<String, String> rest() {
    Map<String, String> rest = new LinkedHashMap<>();
    for (String key : List.copyOf(unread.keySet())) {
      text(key).ifPresent(value -> rest.put(key, value));
    }
    return rest;
  }

  /** Notes a problem of a key that is there. */
  void problem(String key, String reason, String advice) {
    Node value = values.get(key);
    problems.add(value == null ? node : value, field(key), reason, advice);
  }

  /** Notes a problem of the whole mapping. */
  void problem(String reason, String advice) {
    problems.add(node, path, reason, advice);
  }

  private void missing(String key, String advice) {
    if (node instanceof MappingNode) {
      problems.add(node, field(key), "is missing", advice);
    }
  }

  /** Notes every key that nobody asked for. */
  void noOtherKeys() {
    unread.forEach(
        (key, at) ->
            problems.add(at, field(key), "is not known", "remove it or correct its spelling"));
  }

  private @Nullable Node take(String key) {
    unread.remove(key);
    return values.get(key);
  }
}
