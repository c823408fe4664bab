package io.linewright.edge.app.opcua.session;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.config.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Opens sessions as the gateway file says. */
public final class OpcUaConnector {

  private static final int CHUNK = 65_535;
  private static final int MAX_MESSAGE = 32 << 20;
  private static final int SESSION_TIMEOUT_MS = 60_000;

  private final Connection.OpcUa settings;
  private final Path pki;
  private final String gateway;

  /**
   * @param pki directory of the gateway's own certificate
   * @param gateway {@code group/node}
   */
  public OpcUaConnector(Connection.OpcUa settings, Path pki, String gateway) {
    Algorithms.provide();
    this.settings = settings;
    this.pki = pki;
    this.gateway = gateway;
  }

  /** A client with an open session. */
  public OpcUaClient connect() throws LinkException, InterruptedException {
    EndpointDescription endpoint = endpoint();
    OpcUaClient client = client(endpoint);
    try {
      Deadlines.require("opening a session on " + settings.endpoint(), client.connectAsync());
      return client;
    } catch (LinkException | InterruptedException failed) {
      release(client, true);
      throw failed;
    }
  }

  /**
   * Lets go of a client without waiting for its server.
   *
   * @param farewell whether the session is closed in order, which deletes its subscriptions;
   *     without, they stay with the server for the next session
   */
  public static void release(OpcUaClient client, boolean farewell) {
    if (farewell) {
      leave(client);
      return;
    }
    // Without a channel the farewell goes nowhere; a channel that is being opened is awaited, or
    // the farewell would be sent over it.
    client
        .getTransport()
        .disconnect()
        .orTimeout(2 * Deadlines.CALL.toSeconds(), TimeUnit.SECONDS)
        .whenComplete((channel, failure) -> leave(client));
  }

  private static void leave(OpcUaClient client) {
    CompletableFuture<OpcUaClient> gone = client.disconnectAsync();
    // A silent server never answers CloseSession: close the channel in any case.
    gone.orTimeout(2, TimeUnit.SECONDS)
        .whenComplete((c, failure) -> client.getTransport().disconnect());
  }

  private EndpointDescription endpoint() throws LinkException, InterruptedException {
    List<EndpointDescription> offered = offered();
    SecurityPolicy policy = SecurityPolicy.valueOf(settings.policy());
    MessageSecurityMode mode = MessageSecurityMode.valueOf(settings.mode());
    EndpointDescription endpoint =
        offered.stream()
            .filter(e -> policy.getUri().equals(e.getSecurityPolicyUri()))
            .filter(e -> e.getSecurityMode() == mode)
            .findFirst()
            .orElseThrow(
                () ->
                    new LinkException(
                        "%s does not offer %s with %s; it offers %s"
                            .formatted(
                                settings.endpoint(),
                                settings.policy(),
                                settings.mode(),
                                offered.stream()
                                    .map(e -> e.getSecurityPolicyUri() + " " + e.getSecurityMode())
                                    .distinct()
                                    .toList())));
    // Servers behind a container or NAT name themselves by addresses that lead nowhere from here.
    return EndpointUtil.updateUrl(
        endpoint,
        EndpointUtil.getHost(settings.endpoint()),
        EndpointUtil.getPort(settings.endpoint()));
  }

  /**
   * Servers without an open endpoint tell their endpoints under /discovery (part 6, clause 7.1).
   */
  private List<EndpointDescription> offered() throws LinkException, InterruptedException {
    String question = "asking " + settings.endpoint() + " for its endpoints";
    try {
      return Deadlines.await(
          question, DiscoveryClient.getEndpoints(settings.endpoint(), transport()));
    } catch (UaException notHere) {
      if (notHere.getStatusCode().value() == StatusCodes.Bad_ConnectionRejected) {
        throw new LinkException(question + ": connection refused; is the server running?", notHere);
      }
      String separator = settings.endpoint().endsWith("/") ? "" : "/";
      return Deadlines.require(
          question,
          DiscoveryClient.getEndpoints(settings.endpoint() + separator + "discovery", transport()));
    }
  }

  private OpcUaClient client(EndpointDescription endpoint) throws LinkException {
    OpcUaClientConfigBuilder config =
        OpcUaClientConfig.builder()
            .setEndpoint(endpoint)
            .setApplicationName(LocalizedText.english("Linewright edge gateway"))
            .setProductUri("urn:linewright:edge")
            .setSessionName(() -> "linewright " + gateway + " " + settings.id())
            .setSessionTimeout(uint(SESSION_TIMEOUT_MS))
            .setRequestTimeout(uint(Deadlines.CALL.toMillis()))
            .setEncodingLimits(new EncodingLimits(CHUNK, 2 * MAX_MESSAGE / CHUNK, MAX_MESSAGE, 64))
            .setSessionEndpointValidationEnabled(false)
            .setIdentityProvider(UserIdentity.of(settings, validator()));
    try {
      if (!settings.policy().equals("None")) {
        ClientIdentity own = ClientIdentity.of(pki, gateway);
        config
            .setApplicationUri(own.applicationUri())
            .setKeyPair(own.keyPair())
            .setCertificate(own.certificate())
            .setCertificateChain(new java.security.cert.X509Certificate[] {own.certificate()})
            .setCertificateValidator(validator());
      } else {
        config.setApplicationUri("urn:linewright:edge:" + gateway.replace('/', ':'));
      }
      return OpcUaClient.create(config.build(), transport());
    } catch (UaException wrong) {
      throw new LinkException("connection cannot be set up: " + Deadlines.describe(wrong), wrong);
    }
  }

  /** Without trust-dir the file asks for policy None: then there is nothing to check against. */
  private CertificateValidator validator() {
    return settings
        .trustDir()
        .<CertificateValidator>map(ServerTrust::new)
        .orElseGet(CertificateValidator.InsecureCertificateValidator::new);
  }

  private static Consumer<OpcTcpClientTransportConfigBuilder> transport() {
    return config ->
        config
            .setConnectTimeout(uint(Deadlines.CALL.toMillis()))
            .setAcknowledgeTimeout(uint(Deadlines.CALL.toMillis()));
  }
}
