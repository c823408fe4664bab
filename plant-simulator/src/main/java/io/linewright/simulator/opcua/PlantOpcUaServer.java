package io.linewright.simulator.opcua;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** The OPC UA server of the plant. */
public final class PlantOpcUaServer implements AutoCloseable {

  /** Path of the endpoint. */
  public static final String PATH = "/linewright";

  /** URI of the namespace of all tags. */
  public static final String NAMESPACE_URI = PlantNamespace.URI;

  private static final long SHUTDOWN_SECONDS = 10;

  private final OpcUaServer server;
  private final PlantNamespace namespace;
  private final PlantNode[] nodes;
  private final int port;

  private PlantOpcUaServer(
      OpcUaServer server, PlantNamespace namespace, PlantNode[] nodes, int port) {
    this.server = server;
    this.namespace = namespace;
    this.nodes = nodes;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param tags tags on OPC UA
   * @param tagCount number of all tags of the plant
   * @throws IOException if the port is taken
   */
  public static PlantOpcUaServer start(
      List<PlantTag> tags, int tagCount, ServerIdentity identity, OpcUaOptions options)
      throws IOException {
    int port = options.port() == 0 ? freePort(options.address()) : options.port();
    OpcUaServerConfig config = config(identity, options, port);
    var server =
        new OpcUaServer(
            config,
            profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
    PlantNode[] nodes = new PlantNode[tagCount];
    tags.forEach(
        tag ->
            nodes[tag.index()] =
                new PlantNode(
                    DataValue.valueOnly(
                        org.eclipse.milo.opcua.stack.core.types.builtin.Variant.NULL_VALUE)));
    var namespace = new PlantNamespace(server, tags, nodes, options.speed());
    namespace.startup();
    var result = new PlantOpcUaServer(server, namespace, nodes, port);
    try {
      server.startup().join();
    } catch (CompletionException e) {
      result.close();
      throw new IOException(
          "cannot listen on " + options.address() + ":" + port + " for OPC UA; is the port taken?",
          e);
    }
    return result;
  }

  /** TCP port that it listens on. */
  public int port() {
    return port;
  }

  /**
   * Shows a new value: every client that monitors the tag is told of it once.
   *
   * @param micros source time in µs since 1970 (UTC)
   */
  public void setValue(PlantTag tag, SampleValue value, long micros) {
    DateTime time = Values.time(micros);
    nodes[tag.index()].setValue(
        new DataValue(Values.variant(tag, value), StatusCode.GOOD, time, time));
  }

  /** How many tags have no client yet that is told of every change. */
  public int unreported() {
    return namespace.unreported();
  }

  @Override
  public void close() {
    namespace.shutdown();
    try {
      server.shutdown().get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      org.slf4j.LoggerFactory.getLogger(PlantOpcUaServer.class)
          .warn("the OPC UA server did not stop cleanly", e);
    }
  }

  private static OpcUaServerConfig config(ServerIdentity identity, OpcUaOptions options, int port) {
    byte[] password = options.password().getBytes(StandardCharsets.UTF_8);
    return OpcUaServerConfig.builder()
        .setApplicationUri(ServerIdentity.APPLICATION_URI)
        .setProductUri(ServerIdentity.APPLICATION_URI)
        .setApplicationName(LocalizedText.english("Linewright plant simulator"))
        .setBuildInfo(
            new BuildInfo(
                ServerIdentity.APPLICATION_URI,
                "Linewright",
                "plant-simulator",
                OpcUaServer.SDK_VERSION,
                "",
                DateTime.MIN_VALUE))
        .setEndpoints(endpoints(identity, options, port))
        .setCertificateManager(Certificates.trustingEveryClient(identity))
        .setLimits(new PlantLimits())
        .setIdentityValidator(
            new UsernameIdentityValidator(
                challenge ->
                    options.username().equals(challenge.getUsername())
                        && MessageDigest.isEqual(
                            password, challenge.getPassword().getBytes(StandardCharsets.UTF_8))))
        .build();
  }

  private static Set<EndpointConfig> endpoints(
      ServerIdentity identity, OpcUaOptions options, int port) {
    EndpointConfig.Builder base =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress(options.address())
            .setBindPort(port)
            .setHostname(options.host())
            .setPath(PATH)
            .setCertificate(identity.certificate())
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME);
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    endpoints.add(
        base.copy()
            .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
            .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
            .build());
    EndpointConfig.Builder open =
        base.copy()
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None);
    if (options.allowInsecure()) {
      endpoints.add(open.copy().build());
    }
    // Clients must be able to ask for endpoints before they know a certificate (OPC 10000-6, 7.1).
    endpoints.add(open.copy().setPath(PATH + "/discovery").build());
    return endpoints;
  }

  private static int freePort(String address) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }
}
