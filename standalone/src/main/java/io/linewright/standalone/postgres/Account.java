package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operating system's account PostgreSQL runs under. It refuses to run as root, so root hands it
 * to {@code postgres} or {@code nobody}; everybody else runs it as themselves.
 *
 * @param prefix words before each command
 * @param owner name of the account that must own the files; empty if it is our own
 */
record Account(List<String> prefix, String owner) {

  Account {
    prefix = List.copyOf(prefix);
  }

  /**
   * The account to use.
   *
   * @throws StartFailure if this is root and no way to another account is found
   */
  static Account current() throws StartFailure {
    return "root".equals(System.getProperty("user.name")) ? ofRoot() : new Account(List.of(), "");
  }

  private static Account ofRoot() throws StartFailure {
    String user = exists("postgres") ? "postgres" : "nobody";
    List<String> prefix = new ArrayList<>(List.of(program("setpriv").toString()));
    prefix.addAll(List.of("--reuid=" + user, "--regid=" + group(user)));
    prefix.addAll(List.of("--clear-groups", "--"));
    return new Account(prefix, user);
  }

  /** Whether the account may enter the directory; it must exist. */
  boolean mayEnter(Path directory) {
    return Command.run(Path.of("/"), command(List.of("ls", "-d", directory + "/."))).exit() == 0;
  }

  /** The command with what it takes to run it under the account. */
  List<String> command(List<String> words) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(words);
    return all;
  }

  /**
   * The same for a server: in a session of its own where the system can do that, so that Ctrl-C in
   * a terminal reaches the platform only, which then stops the server last.
   */
  List<String> server(List<String> words) {
    List<String> all = new ArrayList<>();
    find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
    all.addAll(command(words));
    return all;
  }

  /** Makes the account the owner of the directory and everything in it. */
  void own(Path directory) throws IOException {
    if (owner.isEmpty()) {
      return;
    }
    UserPrincipal principal =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(owner);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        if (!Files.isSymbolicLink(file)) {
          Files.setOwner(file, principal);
        }
      }
    }
  }

  private static boolean exists(String user) {
    try {
      FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
      return true;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static String group(String user) throws StartFailure {
    Command.Result result = Command.run(Path.of("/"), List.of("id", "-g", user));
    return result.require("find the group of account '" + user + "'").strip();
  }

  private static Path program(String name) throws StartFailure {
    return find(name)
        .orElseThrow(
            () ->
                new StartFailure(
                    "PostgreSQL must not run as root and '"
                        + name
                        + "' (package util-linux), with which root starts programs under another"
                        + " account, is not installed. Install it, or run Linewright as an ordinary"
                        + " user."));
  }

  private static Optional<Path> find(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
