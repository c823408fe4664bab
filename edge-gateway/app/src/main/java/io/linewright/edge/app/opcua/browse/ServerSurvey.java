package io.linewright.edge.app.opcua.browse;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.browse.NodeWalk.Found;
import io.linewright.edge.app.opcua.session.Attributes;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.ServerLimits;
import io.linewright.edge.opcua.browse.EngineeringUnits;
import io.linewright.edge.opcua.browse.Names;
import io.linewright.edge.opcua.browse.Proposal;
import io.linewright.edge.opcua.browse.RoleGuess;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.unit.UcumUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.core.typetree.DataTypeTree;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a server shows and proposes machines and tags. */
public final class ServerSurvey {

  private static final int CURRENT_READ = 1;

  /** Own variables that make an object a machine. */
  private static final int SEVERAL = 2;

  /** Stands for variables that lie in the Objects folder itself. */
  private static final Found SERVER = new Found(NodeIds.ObjectsFolder, "server", false, null);

  private static final List<AttributeId> ASKED =
      List.of(
          AttributeId.DataType,
          AttributeId.ValueRank,
          AttributeId.UserAccessLevel,
          AttributeId.Value);

  private final OpcUaClient client;
  private final Proposal.Access access;
  private final EquipmentPath line;
  private final int maxNodes;
  private final List<String> remarks = new ArrayList<>();
  private int unreadable;
  private int withoutForm;

  /**
   * @param access how the server is reached, for the proposal
   * @param line where the machines are said to stand
   * @param maxNodes most nodes looked at
   */
  public ServerSurvey(
      OpcUaClient client, Proposal.Access access, EquipmentPath line, int maxNodes) {
    this.client = client;
    this.access = access;
    this.line = line;
    this.maxNodes = maxNodes;
  }

  /**
   * The proposal.
   *
   * @throws LinkException if the server does not answer
   */
  public Proposal proposal() throws LinkException, InterruptedException {
    ServerLimits limits = ServerLimits.read(client);
    NamespaceTable namespaces =
        Deadlines.require("reading the namespaces", client.readNamespaceTableAsync());
    NodeWalk walk = new NodeWalk(client, namespaces, limits.nodesPerBrowse(), maxNodes);
    List<Found> variables = walk.walk().stream().filter(Found::variable).toList();
    if (walk.cut()) {
      remarks.add("only the first " + maxNodes + " nodes were looked at; there are more");
    }
    DataTypeTree types =
        Deadlines.require(
            "reading the data types", client.readDataTypeTreeAsync().toCompletableFuture());
    Attributes attributes = new Attributes(client, limits.nodesPerRead());
    List<NodeId> nodes = variables.stream().map(Found::node).toList();
    List<DataValue> answers =
        attributes.read(
            nodes.stream()
                .flatMap(node -> ASKED.stream().map(asked -> Attributes.of(node, asked)))
                .toList());
    List<Map<String, DataValue>> properties = properties(walk.properties(nodes), attributes);
    Drafts drafts = new Drafts(namespaces, new TypeExpansion(types), variables);
    for (int i = 0; i < variables.size(); i++) {
      drafts.add(
          variables.get(i),
          answers.subList(i * ASKED.size(), (i + 1) * ASKED.size()),
          properties.get(i));
    }
    return new Proposal(access, named(drafts.byMachine), remarks());
  }

  private List<String> remarks() {
    if (unreadable > 0) {
      remarks.add(unreadable + " variables may not be read and were left out");
    }
    if (withoutForm > 0) {
      remarks.add(
          withoutForm
              + " variables were left out: structures without definition, empty arrays, or types"
              + " that no tag can hold");
    }
    return remarks;
  }

  private static List<Map<String, DataValue>> properties(
      List<Map<String, NodeId>> nodes, Attributes attributes)
      throws LinkException, InterruptedException {
    List<ReadValueId> questions = new ArrayList<>();
    for (Map<String, NodeId> of : nodes) {
      for (String name : List.of("EngineeringUnits", "EURange")) {
        NodeId node = of.get(name);
        if (node != null) {
          questions.add(Attributes.of(node, AttributeId.Value));
        }
      }
    }
    var answers = attributes.read(questions).iterator();
    List<Map<String, DataValue>> properties = new ArrayList<>();
    for (Map<String, NodeId> of : nodes) {
      Map<String, DataValue> read = new LinkedHashMap<>();
      for (String name : List.of("EngineeringUnits", "EURange")) {
        if (of.get(name) != null) {
          read.put(name, answers.next());
        }
      }
      properties.add(read);
    }
    return properties;
  }

  private List<Proposal.Machine> named(Map<Found, List<Proposal.Variable>> machines) {
    Set<String> taken = new HashSet<>();
    List<Proposal.Machine> named = new ArrayList<>();
    machines.forEach(
        (machine, tags) ->
            named.add(
                new Proposal.Machine(
                    line.child(Names.segment(machine.name(), taken)),
                    String.join("/", machine.path()),
                    tags)));
    return named;
  }

  /** Collects tags by the object that is taken for their machine. */
  private final class Drafts {
    private final NamespaceTable namespaces;
    private final TypeExpansion expansion;
    private final Map<Found, List<Proposal.Variable>> byMachine = new LinkedHashMap<>();
    private final Map<Found, Set<String>> names = new LinkedHashMap<>();
    private final Map<Found, Integer> ownVariables = new HashMap<>();

    private Drafts(NamespaceTable namespaces, TypeExpansion expansion, List<Found> variables) {
      this.namespaces = namespaces;
      this.expansion = expansion;
      for (Found variable : variables) {
        Found parent = variable.parent();
        if (parent != null) {
          ownVariables.merge(parent, 1, Integer::sum);
        }
      }
    }

    /** The highest object above that has several variables of its own; else the nearest one. */
    private Found machineOf(Found variable) {
      Found machine = SERVER;
      boolean found = false;
      for (Found at = variable.parent(); at != null; at = at.parent()) {
        boolean several = ownVariables.getOrDefault(at, 0) >= SEVERAL;
        if (!at.variable() && (several || machine.equals(SERVER))) {
          machine = found && !several ? machine : at;
          found |= several;
        }
      }
      return machine;
    }

    private void add(Found variable, List<DataValue> answers, Map<String, DataValue> properties) {
      boolean readable =
          !(answers.get(2).value().value() instanceof UByte level)
              || (level.intValue() & CURRENT_READ) != 0;
      if (!readable || !(answers.get(0).value().value() instanceof NodeId dataType)) {
        unreadable++;
        return;
      }
      int rank = answers.get(1).value().value() instanceof Integer r ? r : -1;
      List<TypeExpansion.Leaf> leaves =
          expansion.expand(dataType, rank, answers.get(3).value().value());
      if (leaves.isEmpty()) {
        withoutForm++;
        return;
      }
      Found machine = machineOf(variable);
      leaves.forEach(leaf -> add(machine, variable, leaf, properties));
    }

    private void add(
        Found machine, Found variable, TypeExpansion.Leaf leaf, Map<String, DataValue> properties) {
      List<String> path = new ArrayList<>(variable.path());
      path.subList(0, machine.equals(SERVER) ? 0 : machine.path().size()).clear();
      if (!leaf.part().whole()) {
        path.add(leaf.part().toString());
      }
      String name = Names.tag(path, names.computeIfAbsent(machine, m -> new HashSet<>()));
      Optional<EUInformation> told =
          structure(properties.get("EngineeringUnits"), EUInformation.class);
      Optional<UcumUnit> unit = told.flatMap(ServerSurvey::unit);
      String remark = leaf.remark();
      if (told.isPresent() && unit.isEmpty()) {
        remark =
            (remark.isEmpty() ? "" : remark + "; ")
                + "unit '"
                + name(told.get())
                + "' is not known";
      }
      byMachine
          .computeIfAbsent(machine, m -> new ArrayList<>())
          .add(
              new Proposal.Variable(
                  name,
                  text(variable.node()),
                  leaf.part(),
                  leaf.type(),
                  unit,
                  structure(properties.get("EURange"), Range.class).flatMap(ServerSurvey::range),
                  RoleGuess.of(name, leaf.type(), unit),
                  remark));
    }

    /** By the namespace's URI, which stays when a server renumbers; standard nodes have none. */
    private String text(NodeId node) {
      String uri = namespaces.get(node.getNamespaceIndex());
      String local = node.toParseableString();
      return node.getNamespaceIndex().intValue() == 0 || uri == null || uri.contains(";")
          ? local
          : "nsu=" + uri + ";" + local.substring(local.indexOf(';') + 1);
    }
  }

  private <T extends UaStructuredType> Optional<T> structure(
      @Nullable DataValue data, Class<T> type) {
    if (data == null || !(data.value().value() instanceof ExtensionObject object)) {
      return Optional.empty();
    }
    try {
      return Optional.of(object.decode(client.getStaticEncodingContext()))
          .filter(type::isInstance)
          .map(type::cast);
    } catch (RuntimeException undecodable) {
      return Optional.empty();
    }
  }

  private static Optional<UcumUnit> unit(EUInformation told) {
    String uri = told.getNamespaceUri();
    Integer id = told.getUnitId();
    return EngineeringUnits.toUcum(uri == null ? "" : uri, id == null ? -1 : id, name(told));
  }

  private static String name(EUInformation told) {
    return told.getDisplayName() == null || told.getDisplayName().text() == null
        ? ""
        : told.getDisplayName().text();
  }

  private static Optional<ValueRange> range(Range told) {
    Double low = told.getLow();
    Double high = told.getHigh();
    if (low == null || high == null || !(low < high)) {
      return Optional.empty();
    }
    return Double.isFinite(low) && Double.isFinite(high)
        ? Optional.of(new ValueRange(low, high))
        : Optional.empty();
  }
}
