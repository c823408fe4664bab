package io.linewright.oee.app.document;

import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** YAML 1.2 as nodes with lines, and back. */
public final class YamlNodes {

  /** The composer calls itself for each level: 64 KiB of opening brackets would overflow it. */
  private static final int DEEPEST = 32;

  private static final String CHECK = "check quotes, brackets and indentation around this line";

  private YamlNodes() {}

  /**
   * Reads one document.
   *
   * @param faults where is noted what is no YAML
   * @return empty if it is none
   */
  public static Optional<Node> read(String text, Faults faults) {
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(Math.max(1, text.length()))
            .build();
    try {
      if (!isPlain(text, settings, faults)) {
        return Optional.empty();
      }
      Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        faults.add(1, "", "is empty", "begin with version: 1");
      }
      return root.map(YamlNodes::node);
    } catch (MarkedYamlEngineException syntax) {
      faults.add(
          line(syntax.getProblemMark()), "", "is not YAML (" + syntax.getProblem() + ")", CHECK);
    } catch (YamlEngineException syntax) {
      faults.add(1, "", "is not YAML (" + syntax.getMessage() + ")", "check its syntax");
    }
    return Optional.empty();
  }

  /** An alias could name the same list again and again, and a few lines be millions of nodes. */
  private static boolean isPlain(String text, LoadSettings settings, Faults faults) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        faults.add(line(event.getStartMark()), "", "is nested too deep", "see docs/master-data.md");
        return false;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event instanceof AliasEvent) {
        faults.add(line(event.getStartMark()), "", "has an alias", "write the value itself");
        return false;
      }
    }
    return true;
  }

  /** Times of day, which readers of YAML 1.1 take for numbers to the base 60. */
  private static final class Quoting extends StandardRepresenter {

    private static final Pattern TIME = Pattern.compile("\\d+(?::\\d+)+");

    Quoting(DumpSettings settings) {
      super(settings);
      RepresentToNode plain = Objects.requireNonNull(representers.get(String.class));
      representers.put(
          String.class,
          text ->
              TIME.matcher(text.toString()).matches()
                  ? representScalar(Tag.STR, text.toString(), ScalarStyle.DOUBLE_QUOTED)
                  : plain.representData(text));
    }
  }

  /** Writes a document; texts that look like anything else stand in quotation marks. */
  public static String write(Node node) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
    return new Dump(settings, new Quoting(settings)).dumpToString(JsonNodes.plain(node));
  }

  private static Node node(org.snakeyaml.engine.v2.nodes.Node node) {
    int line = line(node.getStartMark());
    return switch (node) {
      case MappingNode mapping -> {
        List<Node.Field> fields = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
          String name =
              tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "(a list or mapping)";
          fields.add(
              new Node.Field(
                  name, line(tuple.getKeyNode().getStartMark()), node(tuple.getValueNode())));
        }
        yield new Node.Fields(line, fields);
      }
      case SequenceNode list ->
          new Node.Items(line, list.getValue().stream().map(YamlNodes::node).toList());
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.NULL)
              ? new Node.Nothing(line)
              : new Node.Text(line, scalar.getValue());
      default -> new Node.Nothing(line);
    };
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(place -> place.getLine() + 1).orElse(1);
  }
}
