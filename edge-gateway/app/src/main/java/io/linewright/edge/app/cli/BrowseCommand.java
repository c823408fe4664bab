package io.linewright.edge.app.cli;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.browse.ServerSurvey;
import io.linewright.edge.app.opcua.session.OpcUaConnector;
import io.linewright.edge.config.Connection;
import io.linewright.edge.opcua.browse.Proposal;
import io.linewright.edge.opcua.browse.ProposalText;
import io.linewright.model.equipment.EquipmentPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge browse}: proposes a gateway file from what a server has. */
@Command(
    name = "browse",
    description = "Reads an OPC UA server and writes a proposal of the gateway file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BrowseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ENDPOINT", description = "opc.tcp://host:port/path")
  private String endpoint = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the proposal goes (default: standard output).")
  private @Nullable Path out;

  @Option(
      names = "--line",
      paramLabel = "PATH",
      description =
          "Where the machines stand: enterprise/site/area/line (default: ${DEFAULT-VALUE}).")
  private String line = "enterprise/site/area/line-1";

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description =
          "None, Basic256Sha256, Aes128_Sha256_RsaOaep or Aes256_Sha256_RsaPss (default:"
              + " ${DEFAULT-VALUE}).")
  private String policy = "Basic256Sha256";

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description = "Sign or SignAndEncrypt (default: ${DEFAULT-VALUE}).")
  private String mode = "SignAndEncrypt";

  @Option(names = "--user", paramLabel = "NAME", description = "User name (default: anonymous).")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File that holds the user's password alone.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--trust-dir",
      paramLabel = "DIR",
      description = "Directory of trusted server certificates (default: ${DEFAULT-VALUE}).")
  private Path trustDir = Path.of("pki/trusted");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The gateway's own directory, for its certificate (default: ${DEFAULT-VALUE}).")
  private Path dataDir = Path.of("edge-data");

  @Option(
      names = "--gateway",
      paramLabel = "GROUP/NODE",
      description = "Name in the gateway's certificate (default: from --line).")
  private @Nullable String gateway;

  @Option(
      names = "--max-nodes",
      paramLabel = "N",
      description = "Most nodes that are looked at (default: ${DEFAULT-VALUE}).")
  private int maxNodes = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws LinkException, InterruptedException, IOException {
    EquipmentPath place = place();
    if ((user == null) != (passwordFile == null)) {
      throw new ParameterException(
          spec.commandLine(), "--user and --password-file belong together");
    }
    String name =
        gateway == null ? String.join(":", place.segments().subList(0, 2)) + "/gw-1" : gateway;
    OpcUaConnector connector = new OpcUaConnector(settings(), dataDir.resolve("pki"), name);
    OpcUaClient client = connector.connect();
    try {
      ServerSurvey survey = new ServerSurvey(client, access(), place, maxNodes);
      return write(survey.proposal());
    } finally {
      OpcUaConnector.release(client, true);
    }
  }

  private EquipmentPath place() {
    try {
      EquipmentPath place = EquipmentPath.parse(line);
      if (place.segments().size() >= 2 && place.segments().size() < EquipmentPath.MAX_DEPTH) {
        return place;
      }
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--line: " + wrong.getMessage(), wrong);
    }
    throw new ParameterException(
        spec.commandLine(), "--line: write enterprise/site/area/line, 2 to 7 segments");
  }

  private boolean open() {
    return policy.equals("None");
  }

  private Connection.OpcUa settings() {
    return new Connection.OpcUa(
        "browse",
        endpoint,
        policy,
        open() ? "None" : mode,
        Optional.ofNullable(user),
        Optional.ofNullable(passwordFile),
        open() ? Optional.empty() : Optional.of(trustDir),
        Duration.ofMillis(250));
  }

  private Proposal.Access access() {
    return new Proposal.Access(
        endpoint,
        policy,
        open() ? "None" : mode,
        Optional.ofNullable(user),
        Optional.ofNullable(passwordFile).map(this::relative),
        open() ? Optional.empty() : Optional.of(relative(trustDir)));
  }

  /** Paths in a gateway file are relative to it. */
  private String relative(Path path) {
    Path base = out == null ? Path.of("").toAbsolutePath() : out.toAbsolutePath().getParent();
    Path target = path.toAbsolutePath().normalize();
    return base == null || out == null
        ? target.toString()
        : base.normalize().relativize(target).toString().replace('\\', '/');
  }

  private int write(Proposal proposal) throws IOException {
    long tags = proposal.machines().stream().mapToLong(machine -> machine.tags().size()).sum();
    if (tags == 0) {
      throw new IOException(endpoint + " shows no variable that can be read" + because(proposal));
    }
    String text = ProposalText.of(proposal);
    PrintWriter console = spec.commandLine().getOut();
    if (out == null) {
      console.print(text);
    } else {
      Files.writeString(out, text);
      console.printf(
          "%s: %d tags of %d machines; check it before use%n",
          out, tags, proposal.machines().size());
    }
    console.flush();
    return 0;
  }

  private static String because(Proposal proposal) {
    return proposal.remarks().isEmpty() ? "" : ": " + String.join("; ", proposal.remarks());
  }
}
