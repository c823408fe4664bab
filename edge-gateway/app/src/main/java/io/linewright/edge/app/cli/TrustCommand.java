package io.linewright.edge.app.cli;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.app.opcua.session.TrustStore;
import io.linewright.edge.config.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge trust}: which OPC UA servers the gateway trusts. */
@Command(
    name = "trust",
    description = "Lists, accepts and rejects the certificates of OPC UA servers.",
    mixinStandardHelpOptions = true)
final class TrustCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "write list, accept or reject");
  }

  /** Where the certificates are. */
  static final class Place {

    /** Exactly one of both. */
    static final class Choice {
      @Option(
          names = "--file",
          paramLabel = "FILE",
          description = "Gateway file; the trust-dir of each of its connections.")
      private @Nullable Path file;

      @Option(
          names = "--trust-dir",
          paramLabel = "DIR",
          description = "Directory with the trusted certificates; rejected ones lie beside it.")
      private @Nullable Path trustDir;
    }

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    List<TrustStore> stores() throws IOException {
      Set<Path> directories = new LinkedHashSet<>();
      if (choice.trustDir != null) {
        directories.add(choice.trustDir);
      }
      if (choice.file != null) {
        addFrom(choice.file, directories);
      }
      return directories.stream().map(TrustStore::new).toList();
    }

    private static void addFrom(Path file, Set<Path> directories) throws IOException {
      try {
        for (Connection connection : EdgeFileReader.read(file).connections()) {
          if (connection instanceof Connection.OpcUa opcUa) {
            opcUa.trustDir().ifPresent(directories::add);
          }
        }
      } catch (EdgeFileException wrong) {
        throw new IOException(wrong.getMessage(), wrong);
      }
      if (directories.isEmpty()) {
        throw new IOException(file + " names no trust-dir");
      }
    }
  }

  @Command(
      name = "list",
      description = "Shows all certificates, trusted and rejected.",
      mixinStandardHelpOptions = true)
  void list(@Mixin Place place) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (TrustStore store : place.stores()) {
      List<TrustStore.Entry> entries = store.entries();
      out.println(store.directory() + ": " + entries.size() + " certificates");
      for (TrustStore.Entry entry : entries) {
        out.println("  " + entry.describe(InstantSource.system().instant()));
      }
    }
    out.flush();
  }

  @Command(
      name = "accept",
      description = "Trusts a certificate that was rejected. No restart is needed.",
      mixinStandardHelpOptions = true)
  void accept(
      @Mixin Place place,
      @Parameters(
              paramLabel = "THUMBPRINT",
              description = "SHA-1 thumbprint, or at least its first 8 digits.")
          String thumbprint)
      throws IOException {
    move(place, thumbprint, true);
  }

  @Command(
      name = "reject",
      description = "Trusts a certificate no more.",
      mixinStandardHelpOptions = true)
  void reject(
      @Mixin Place place,
      @Parameters(
              paramLabel = "THUMBPRINT",
              description = "SHA-1 thumbprint, or at least its first 8 digits.")
          String thumbprint)
      throws IOException {
    move(place, thumbprint, false);
  }

  private void move(Place place, String thumbprint, boolean accept) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int moved = 0;
    IOException last = new IOException("there is no trust-dir");
    for (TrustStore store : place.stores()) {
      try {
        TrustStore.Entry entry = accept ? store.accept(thumbprint) : store.reject(thumbprint);
        out.println((accept ? "trusted: " : "rejected: ") + entry.file());
        moved++;
      } catch (IOException notHere) {
        last = notHere;
      }
    }
    out.flush();
    if (moved == 0) {
      throw last;
    }
  }
}
