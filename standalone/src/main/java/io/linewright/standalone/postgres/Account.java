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
   * The account for files in a directory.
   *
   * @throws StartFailure if this is root and no way to another account is found
   */
  static Account forDirectory(Path directory) throws StartFailure {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Account(List.of(), "");
    }
    return ofRoot(directory);
  }

  private static Account ofRoot(Path directory) throws StartFailure {
    String user = exists("postgres") ? "postgres" : "nobody";
    Path setpriv = program("setpriv");
    List<String> plain = new ArrayList<>(List.of(setpriv.toString(), "--reuid=" + user));
    plain.addAll(List.of("--regid=" + group(directory, user), "--clear-groups"));
    if (succeeds(plain, "ls", "-d", directory + "/.")) {
      return new Account(plain, user);
    }
    // The directory lies below one that only root may enter, /root for example.
    List<String> through = new ArrayList<>(plain);
    through.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
    if (succeeds(through, "ls", "-d", directory + "/.")) {
      return new Account(through, user);
    }
    throw new StartFailure(
        "PostgreSQL must not run as root, and the account '"
            + user
            + "' may not enter "
            + directory
            + ". Choose a directory others may enter with --data DIR, or run Linewright as an"
            + " ordinary user.");
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

  private static String group(Path directory, String user) throws StartFailure {
    Command.Result result = Command.run(directory, List.of("id", "-g", user));
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

  private static boolean succeeds(List<String> prefix, String... words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    return Command.run(Path.of("/"), command).exit() == 0;
  }
}
