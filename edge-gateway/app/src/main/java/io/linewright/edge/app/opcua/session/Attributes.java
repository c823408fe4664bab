package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.opcua.Batches;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Reads attributes of many nodes within a server's limits. */
public final class Attributes {

  private final OpcUaClient client;
  private final int nodesPerRead;

  public Attributes(OpcUaClient client, int nodesPerRead) {
    this.client = client;
    this.nodesPerRead = nodesPerRead;
  }

  public static ReadValueId of(NodeId node, AttributeId attribute) {
    return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
  }

  /** One value per question, in their order; what cannot be read says so in its status. */
  public List<DataValue> read(List<ReadValueId> questions)
      throws LinkException, InterruptedException {
    List<DataValue> answers = new ArrayList<>(questions.size());
    for (List<ReadValueId> part : Batches.of(questions, nodesPerRead)) {
      DataValue[] results =
          Deadlines.require(
                  "reading " + part.size() + " attributes",
                  client.readAsync(0, TimestampsToReturn.Neither, part))
              .getResults();
      if (results == null || results.length != part.size()) {
        throw new LinkException("the server answered for another number of nodes than asked for");
      }
      answers.addAll(List.of(results));
    }
    return answers;
  }
}
