package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.linewright.edge.opcua.UaTimes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.model.variables.AnalogItemType;
import org.eclipse.milo.opcua.sdk.server.model.variables.BaseAnalogType;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilter;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilterContext;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Milo server whose nodes push every value set on them; user {@code edge}, password {@code pw}.
 */
final class TestOpcUaServer implements AutoCloseable {

  static final String NAMESPACE = "urn:test:plant";

  private static final String URI = "urn:test:server";

  /** What survives a restart: key, certificate and the nodes' values. */
  static final class Plant {
    final KeyPair keys;
    final X509Certificate certificate;
    final Map<String, DataValue> values = new ConcurrentHashMap<>();
    final Set<X509Certificate> users = ConcurrentHashMap.newKeySet();

    Plant() throws Exception {
      keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
      certificate =
          new SelfSignedCertificateBuilder(keys)
              .setCommonName("test server")
              .setApplicationUri(URI)
              .addIpAddress("127.0.0.1")
              .build();
    }
  }

  private final Plant plant;
  private final OpcUaServer server;
  private final Nodes nodes;
  private final MutableSubscriptions subscriptions;

  TestOpcUaServer(Plant plant, int port) throws Exception {
    this.plant = plant;
    this.server =
        new OpcUaServer(
            config(plant, port),
            profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
    this.subscriptions = new MutableSubscriptions(server);
    server.addServiceSet("/test", subscriptions);
    this.nodes = new Nodes();
    nodes.startup();
    server.startup().get(60, TimeUnit.SECONDS);
  }

  /** Sets a value with a good status. */
  void set(String node, Object value, long micros) {
    set(node, new DataValue(new Variant(value), StatusCode.GOOD, time(micros), time(micros)));
  }

  void set(String node, DataValue value) {
    nodes.set(node, value);
  }

  static DateTime time(long micros) {
    return new DateTime(micros * 10 + UaTimes.UNIX_EPOCH);
  }

  /** Forgets all sessions; their subscriptions stay, as after a session time-out. */
  void killSessions() {
    for (Session session : server.getSessionManager().getAllSessions()) {
      server.getSessionManager().killSession(session.getSessionId(), false);
    }
  }

  /** Ends all subscriptions and says so, as a server does whose lifetime count ran out. */
  void endSubscriptions() {
    for (Subscription subscription : server.getSubscriptions().values()) {
      var manager = subscription.getSubscriptionManager();
      server.getSubscriptions().remove(subscription.getId());
      manager.removeSubscription(subscription.getId());
      subscription.deleteSubscription();
      manager.sendStatusChangeNotification(
          subscription, new StatusCode(org.eclipse.milo.opcua.stack.core.StatusCodes.Bad_Timeout));
    }
  }

  /** Subscriptions that go over to another session are taken, but publish nothing any more. */
  void muteWhenTransferred() {
    subscriptions.muteWhenTransferred();
  }

  /** Subscriptions whose changes nobody is told of any more, though they answer. */
  void stopReporting() {
    nodes.deaf = true;
  }

  Set<UInteger> subscriptions() {
    return Set.copyOf(server.getSubscriptions().keySet());
  }

  /** Adds a data type with a double and an array of whole numbers, and its encoding. */
  void addAxisType() {
    nodes.addAxisType();
  }

  /** Takes what clients write. */
  @FunctionalInterface
  interface WriteHook {
    void written(String node, DataValue value) throws UaException;
  }

  /** Stores what is written, with the server's time, and tells those who monitor it. */
  void store(String node, DataValue value) {
    DateTime now = DateTime.now();
    set(node, new DataValue(value.value(), StatusCode.GOOD, now, now));
  }

  /** Adds a node that clients may write. */
  void addWritable(String name, NodeId dataType, int rank, Object value, WriteHook hook) {
    DateTime now = DateTime.now();
    plant.values.put(name, new DataValue(new Variant(value), StatusCode.GOOD, now, now));
    nodes.addWritable(name, dataType, rank, AccessLevel.READ_WRITE, hook);
  }

  /** Adds a node that this user may not write, though others may. */
  void addForbidden(String name) {
    plant.values.put(name, new DataValue(new Variant(1.0)));
    nodes.addWritable(name, NodeIds.Double, -1, AccessLevel.READ_ONLY, this::store);
  }

  /** Adds a data type below another one. */
  NodeId addSubtype(String name, NodeId above) {
    return nodes.addSubtype(name, above);
  }

  /** Shows a machine under Objects: analog items, a state, an array, a hidden variable. */
  void addMachine(String name) {
    nodes.addMachine(name);
  }

  /** A value of that type. */
  ExtensionObject axis(double load, int... steps) {
    ByteBuf body = Unpooled.buffer();
    OpcUaBinaryEncoder encoder =
        new OpcUaBinaryEncoder(server.getStaticEncodingContext()).setBuffer(body);
    encoder.encodeDouble(load);
    encoder.encodeInt32(steps.length);
    for (int step : steps) {
      encoder.encodeInt32(step);
    }
    byte[] bytes = new byte[body.readableBytes()];
    body.readBytes(bytes);
    return ExtensionObject.of(ByteString.of(bytes), nodes.id("axis-encoding"));
  }

  @Override
  public void close() throws Exception {
    nodes.shutdown();
    server.shutdown().get(60, TimeUnit.SECONDS);
  }

  private static OpcUaServerConfig config(Plant plant, int port) throws Exception {
    EndpointConfig.Builder endpoint =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress("127.0.0.1")
            .setBindPort(port)
            .setHostname("name-from-inside-a-container")
            .setPath("/test")
            .setCertificate(plant.certificate)
            .addTokenPolicies(
                OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS,
                OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME,
                OpcUaServerConfig.USER_TOKEN_POLICY_X509);
    return OpcUaServerConfig.builder()
        .setApplicationUri(URI)
        .setProductUri(URI)
        .setApplicationName(LocalizedText.english("test server"))
        .setEndpoints(endpoints(endpoint))
        .setCertificateManager(certificates(plant))
        .setIdentityValidator(
            new CompositeValidator(
                AnonymousIdentityValidator.INSTANCE,
                new UsernameIdentityValidator(
                    c -> c.getUsername().equals("edge") && c.getPassword().equals("pw")),
                new X509IdentityValidator(plant.users::contains)))
        .build();
  }

  private static Set<EndpointConfig> endpoints(EndpointConfig.Builder endpoint) {
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    endpoints.add(
        endpoint
            .copy()
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None)
            .build());
    for (SecurityPolicy policy :
        List.of(
            SecurityPolicy.Basic256Sha256,
            SecurityPolicy.Aes128_Sha256_RsaOaep,
            SecurityPolicy.Aes256_Sha256_RsaPss)) {
      for (MessageSecurityMode mode :
          List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
        endpoints.add(endpoint.copy().setSecurityPolicy(policy).setSecurityMode(mode).build());
      }
    }
    return endpoints;
  }

  private static DefaultCertificateManager certificates(Plant plant) throws Exception {
    X509Certificate[] chain = {plant.certificate};
    var store = new MemoryCertificateStore();
    var factory =
        new RsaSha256CertificateFactory() {
          @Override
          protected KeyPair createRsaSha256KeyPair() {
            return plant.keys;
          }

          @Override
          protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
            return chain.clone();
          }
        };
    store.set(
        NodeIds.RsaSha256ApplicationCertificateType,
        new CertificateStore.Entry(plant.keys.getPrivate(), chain));
    var group =
        DefaultApplicationGroup.createAndInitialize(
            new MemoryTrustListManager(), store, factory, (certificates, uri, hosts) -> {});
    return new DefaultCertificateManager(new MemoryCertificateQuarantine(), group);
  }

  private final class Nodes extends ManagedNamespaceWithLifecycle {

    private final List<DataItem> items = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;

    Nodes() {
      super(server, NAMESPACE);
      getLifecycleManager().addStartupTask(() -> plant.values.keySet().forEach(this::add));
    }

    private void add(String name) {
      NodeId id = newNodeId(name);
      UaVariableNode node =
          new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
              .setNodeId(id)
              .setBrowseName(new QualifiedName(id.getNamespaceIndex(), name))
              .setDisplayName(LocalizedText.english(name))
              .setDataType(NodeIds.BaseDataType)
              .setTypeDefinition(NodeIds.BaseDataVariableType)
              .setAccessLevel(AccessLevel.READ_ONLY)
              .setUserAccessLevel(AccessLevel.READ_ONLY)
              .setMinimumSamplingInterval(0.0)
              .build();
      node.getFilterChain().addLast(AttributeFilters.getValue(c -> value(name)));
      getNodeManager().addNode(node);
    }

    private void addWritable(
        String name, NodeId dataType, int rank, Set<AccessLevel> ofUser, WriteHook hook) {
      NodeId id = newNodeId(name);
      UaVariableNode node =
          new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
              .setNodeId(id)
              .setBrowseName(new QualifiedName(id.getNamespaceIndex(), name))
              .setDisplayName(LocalizedText.english(name))
              .setDataType(dataType)
              .setValueRank(rank)
              .setTypeDefinition(NodeIds.BaseDataVariableType)
              .setAccessLevel(AccessLevel.READ_WRITE)
              .setUserAccessLevel(ofUser)
              .setMinimumSamplingInterval(0.0)
              .build();
      node.getFilterChain()
          .addLast(
              new AttributeFilter() {
                @Override
                public Object getAttribute(AttributeFilterContext context, AttributeId attribute) {
                  return attribute == AttributeId.Value
                      ? value(name)
                      : context.getAttribute(attribute);
                }

                @Override
                public void writeAttribute(
                    AttributeFilterContext context, AttributeId attribute, @Nullable Object value)
                    throws UaException {
                  hook.written(name, (DataValue) Objects.requireNonNull(value));
                }
              });
      getNodeManager().addNode(node);
    }

    private NodeId addSubtype(String name, NodeId above) {
      UaDataTypeNode type =
          new UaDataTypeNode(
              getNodeContext(),
              id(name),
              new QualifiedName(getNamespaceIndex(), name),
              LocalizedText.english(name),
              LocalizedText.NULL_VALUE,
              uint(0),
              uint(0),
              false);
      type.addReference(
          new Reference(
              type.getNodeId(), NodeIds.HasSubtype, above.expanded(), Reference.Direction.INVERSE));
      getNodeManager().addNode(type);
      return type.getNodeId();
    }

    private void addMachine(String name) {
      UaFolderNode machine =
          new UaFolderNode(
              getNodeContext(),
              id(name),
              new QualifiedName(getNamespaceIndex(), name),
              LocalizedText.english(name));
      getNodeManager().addNode(machine);
      machine.addReference(
          new Reference(
              machine.getNodeId(),
              NodeIds.Organizes,
              NodeIds.ObjectsFolder.expanded(),
              Reference.Direction.INVERSE));
      analog(machine, "SpindleTemperature", 4408652, "°C", 0, 150);
      analog(machine, "Odd", 7, "furlong", 5, 5);
      variable(machine, "MachineState", NodeIds.Int32, -1, new Variant(6), true);
      variable(machine, "ErrorCode", NodeIds.UInt16, -1, new Variant(ushort(0)), true);
      variable(machine, "Loads", NodeIds.Double, 1, new Variant(new Double[] {1.0, 2.0}), true);
      variable(machine, "Secret", NodeIds.Double, -1, new Variant(1.0), false);
      if (getNodeManager().containsNode(id("axis"))) {
        variable(machine, "Axis", id("axis"), -1, new Variant(axis(0.5, 1, 2)), true);
      }
    }

    private void analog(
        UaFolderNode machine, String name, int unitId, String unit, double low, double high) {
      UaVariableNode node = variable(machine, name, NodeIds.Double, -1, new Variant(1.5), true);
      node.setProperty(
          BaseAnalogType.ENGINEERING_UNITS,
          new EUInformation(
              "http://www.opcfoundation.org/UA/units/un/cefact",
              unitId,
              LocalizedText.english(unit),
              LocalizedText.NULL_VALUE));
      node.setProperty(AnalogItemType.EU_RANGE, new Range(low, high));
    }

    private UaVariableNode variable(
        UaFolderNode machine, String name, NodeId type, int rank, Variant value, boolean readable) {
      UaVariableNode node =
          new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
              .setNodeId(id(machine.getBrowseName().name() + "." + name))
              .setBrowseName(new QualifiedName(getNamespaceIndex(), name))
              .setDisplayName(LocalizedText.english(name))
              .setDataType(type)
              .setValueRank(rank)
              .setTypeDefinition(NodeIds.BaseDataVariableType)
              .setAccessLevel(readable ? AccessLevel.READ_ONLY : AccessLevel.NONE)
              .setUserAccessLevel(readable ? AccessLevel.READ_ONLY : AccessLevel.NONE)
              .setValue(new DataValue(value))
              .build();
      getNodeManager().addNode(node);
      machine.addComponent(node);
      return node;
    }

    private NodeId id(String name) {
      return newNodeId(name);
    }

    private void addAxisType() {
      UaDataTypeNode type =
          new UaDataTypeNode(
              getNodeContext(),
              id("axis"),
              new QualifiedName(getNamespaceIndex(), "Axis"),
              LocalizedText.english("Axis"),
              LocalizedText.NULL_VALUE,
              uint(0),
              uint(0),
              false);
      type.setDataTypeDefinition(
          new StructureDefinition(
              id("axis-encoding"),
              NodeIds.Structure,
              StructureType.Structure,
              new StructureField[] {
                new StructureField(
                    "Load", LocalizedText.NULL_VALUE, NodeIds.Double, -1, null, uint(0), false),
                new StructureField(
                    "Steps", LocalizedText.NULL_VALUE, NodeIds.Int32, 1, null, uint(0), false)
              }));
      type.addReference(
          new Reference(
              type.getNodeId(),
              NodeIds.HasSubtype,
              NodeIds.Structure.expanded(),
              Reference.Direction.INVERSE));
      UaObjectNode encoding =
          UaObjectNode.build(
              getNodeContext(),
              b ->
                  b.setNodeId(id("axis-encoding"))
                      .setBrowseName(new QualifiedName(0, "Default Binary"))
                      .setDisplayName(LocalizedText.english("Default Binary"))
                      .setTypeDefinition(NodeIds.DataTypeEncodingType)
                      .build());
      type.addReference(
          new Reference(
              type.getNodeId(), NodeIds.HasEncoding, encoding.getNodeId().expanded(), true));
      getNodeManager().addNode(type);
      getNodeManager().addNode(encoding);
    }

    private DataValue value(String name) {
      return plant.values.getOrDefault(name, new DataValue(StatusCode.BAD));
    }

    synchronized void set(String name, DataValue value) {
      plant.values.put(name, value);
      NodeId id = newNodeId(name);
      for (DataItem item : deaf ? List.<DataItem>of() : items) {
        if (item.getReadValueId().getNodeId().equals(id)) {
          item.setValue(value);
        }
      }
    }

    @Override
    public synchronized void onDataItemsCreated(List<DataItem> created) {
      items.addAll(created);
      created.forEach(
          i -> i.setValue(value(String.valueOf(i.getReadValueId().getNodeId().getIdentifier()))));
    }

    @Override
    public void onDataItemsModified(List<DataItem> modified) {}

    @Override
    public synchronized void onDataItemsDeleted(List<DataItem> deleted) {
      items.removeAll(deleted);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> changed) {}
  }
}
