package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Documents as people write them. */
public final class Yaml {

  private static final LoadSettings LOAD = LoadSettings.builder().setUseMarks(true).build();

  private Yaml() {}

  public static Node read(String text) {
    return node(new Compose(LOAD).composeString(text).orElseThrow());
  }

  public static String write(Node node) {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(plain(node));
  }

  private static Node node(org.snakeyaml.engine.v2.nodes.Node node) {
    int line = node.getStartMark().orElseThrow().getLine() + 1;
    return switch (node) {
      case MappingNode mapping -> {
        List<Node.Field> fields = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
          ScalarNode key = (ScalarNode) tuple.getKeyNode();
          int keyLine = key.getStartMark().orElseThrow().getLine() + 1;
          fields.add(new Node.Field(key.getValue(), keyLine, node(tuple.getValueNode())));
        }
        yield new Node.Fields(line, fields);
      }
      case SequenceNode list ->
          new Node.Items(line, list.getValue().stream().map(Yaml::node).toList());
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.NULL)
              ? new Node.Nothing(line)
              : new Node.Text(line, scalar.getValue());
      default -> throw new IllegalArgumentException("not in these tests: " + node);
    };
  }

  private static Object plain(Node node) {
    return switch (node) {
      case Node.Text text -> text.text();
      case Node.Nothing nothing -> throw new IllegalArgumentException("nothing is written");
      case Node.Items list -> list.items().stream().map(Yaml::plain).toList();
      case Node.Fields fields -> {
        Map<String, Object> map = new LinkedHashMap<>();
        fields.fields().forEach(field -> map.put(field.name(), plain(field.value())));
        yield map;
      }
    };
  }
}
