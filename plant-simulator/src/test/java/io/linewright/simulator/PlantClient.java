package io.linewright.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.simulator.opcua.PlantOpcUaServer;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/** A real OPC UA client that watches nodes of the plant. */
final class PlantClient implements AutoCloseable {

  private static final String APPLICATION_URI = "urn:linewright:plant-client";

  private final OpcUaClient client;

  private PlantClient(OpcUaClient client) {
    this.client = client;
  }

  /** Connects with encryption. */
  static PlantClient connect(String url, String username, String password) throws Exception {
    return connect(url, SecurityPolicy.Basic256Sha256, username, password);
  }

  static PlantClient connect(String url, SecurityPolicy policy, String username, String password)
      throws Exception {
    KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    X509Certificate certificate =
        new SelfSignedCertificateBuilder(keys)
            .setCommonName("plant client")
            .setApplicationUri(APPLICATION_URI)
            .build();
    OpcUaClient client =
        OpcUaClient.create(
            url,
            endpoints ->
                endpoints.stream()
                    .filter(e -> policy.getUri().equals(e.getSecurityPolicyUri()))
                    .filter(e -> !String.valueOf(e.getEndpointUrl()).endsWith("/discovery"))
                    .findFirst(),
            transport -> {},
            config ->
                config
                    .setApplicationUri(APPLICATION_URI)
                    .setKeyPair(keys)
                    .setCertificate(certificate)
                    .setCertificateChain(new X509Certificate[] {certificate})
                    .setCertificateValidator((chain, uri, hosts) -> {})
                    // Milo's client hands responses to a thread pool: with two under way it may
                    // process them in the wrong order, and then fetches and delivers one twice.
                    .setMaxPendingPublishRequests(uint(1))
                    .setIdentityProvider(new UsernameProvider(username, password)));
    client.connect();
    return new PlantClient(client);
  }

  /** Node id of a tag, such as {@code mill-01/state}. */
  NodeId node(String name) throws UaException {
    UShort index =
        Optional.ofNullable(client.getNamespaceTable().getIndex(PlantOpcUaServer.NAMESPACE_URI))
            .orElseThrow();
    return new NodeId(index, name);
  }

  OpcUaClient client() {
    return client;
  }

  /** Watches nodes; every item must be accepted. */
  OpcUaSubscription watch(
      List<String> names, double publishingInterval, int queueSize, Received received)
      throws UaException {
    var subscription = new OpcUaSubscription(client, publishingInterval);
    subscription.setSubscriptionListener(
        new OpcUaSubscription.SubscriptionListener() {
          @Override
          public void onDataReceived(
              OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> values) {
            for (int i = 0; i < items.size(); i++) {
              received.received(
                  String.valueOf(items.get(i).getReadValueId().getNodeId().getIdentifier()),
                  values.get(i));
            }
          }
        });
    subscription.create();
    List<OpcUaMonitoredItem> items = new ArrayList<>();
    for (String name : names) {
      OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node(name));
      item.setSamplingInterval(1000);
      item.setQueueSize(uint(queueSize));
      items.add(item);
    }
    subscription.addMonitoredItems(items);
    subscription
        .createMonitoredItems()
        .forEach(
            result -> {
              if (!result.isGood()) {
                throw new AssertionError("monitored item refused: " + result);
              }
            });
    return subscription;
  }

  @Override
  public void close() throws UaException {
    client.disconnect();
  }

  /** Takes values in the order of their arrival. */
  interface Received {
    void received(String node, DataValue value);
  }
}
