package io.linewright.mqtt;

import java.util.List;
import java.util.stream.Stream;

/** What a user of the broker is, from which follows what it may do; everything else is refused. */
public sealed interface Grant {

  /** Everything the user may do. */
  List<TopicRule> rules();

  /**
   * Reads {@code node=GROUP/NODE}, {@code bridge=HOST} or {@code reader}, the form {@link
   * #toString()} gives.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Grant parse(String text) {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? text : text.substring(0, equals);
    String argument = equals < 0 ? "" : text.substring(equals + 1);
    return switch (kind) {
      case "node" -> {
        String[] parts = argument.split("/", -1);
        if (parts.length != 2) {
          throw new IllegalArgumentException("'" + text + "' must be node=GROUP/NODE");
        }
        yield new Node(parts[0], parts[1]);
      }
      case "bridge" -> new Bridge(argument);
      case "reader" -> new Reader();
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is none of node=GROUP/NODE, bridge=HOST, reader");
    };
  }

  /**
   * A Sparkplug edge node: its own messages, its own commands, the state of hosts and its own
   * confirmations (Sparkplug 3.0 chapter 4).
   *
   * @param group group id
   * @param node edge node id
   */
  record Node(String group, String node) implements Grant {

    public Node {
      requireTopicLevel("group", group);
      requireTopicLevel("node", node);
    }

    @Override
    public List<TopicRule> rules() {
      String prefix = "spBv1.0/" + group + "/";
      Stream<TopicRule> ofNode =
          Stream.of("NBIRTH", "NDEATH", "NDATA")
              .map(t -> TopicRule.publish(prefix + t + "/" + node));
      Stream<TopicRule> ofDevices =
          Stream.of("DBIRTH", "DDEATH", "DDATA")
              .map(t -> TopicRule.publish(prefix + t + "/" + node + "/+"));
      Stream<TopicRule> incoming =
          Stream.of(
                  prefix + "NCMD/" + node,
                  prefix + "NCMD/" + node + "/#",
                  prefix + "DCMD/" + node + "/#",
                  "spBv1.0/STATE/+",
                  "linewright/v1/confirmed/" + group + "/" + node)
              .map(TopicRule::subscribe);
      return Stream.of(ofNode, ofDevices, incoming).flatMap(s -> s).toList();
    }

    @Override
    public String toString() {
      return "node=" + group + "/" + node;
    }
  }

  /**
   * The host application that carries everything onto Kafka, confirms and commands.
   *
   * @param host Sparkplug host id
   */
  record Bridge(String host) implements Grant {

    public Bridge {
      requireTopicLevel("host", host);
    }

    @Override
    public List<TopicRule> rules() {
      return List.of(
          TopicRule.subscribe("spBv1.0/#"),
          TopicRule.subscribe("linewright/v1/confirmed/#"),
          TopicRule.publishRetained("spBv1.0/STATE/" + host),
          TopicRule.publish("spBv1.0/+/NCMD/+"),
          TopicRule.publish("spBv1.0/+/DCMD/+/+"),
          TopicRule.publishRetained("linewright/v1/confirmed/+/+"));
    }

    @Override
    public String toString() {
      return "bridge=" + host;
    }
  }

  /** Somebody who looks and never publishes. */
  record Reader() implements Grant {

    @Override
    public List<TopicRule> rules() {
      return List.of(TopicRule.subscribe("spBv1.0/#"), TopicRule.subscribe("linewright/#"));
    }

    @Override
    public String toString() {
      return "reader";
    }
  }

  private static void requireTopicLevel(String name, String value) {
    if (value.isEmpty() || value.length() > 256 || !value.matches("[A-Za-z0-9:._-]+")) {
      throw new IllegalArgumentException(
          name + " '" + value + "' must be 1 to 256 characters of letters, digits, : . _ -");
    }
  }
}
