package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.tls.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process. A server left behind by a killed platform is stopped first; the
 * caller holds the lock of the data directory, so it cannot belong to anybody else.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
  private static final Logger serverLog = LoggerFactory.getLogger("postgres");
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 30;

  private final Path home;
  private final Path directory;
  private final Path data;
  private final Account account;
  private final Listener listener;
  private final int port;
  private final Login owner;
  private @Nullable Process process;

  private PostgresServer(
      Path home, Path directory, Account account, Listener listener, int port, Login owner) {
    this.home = home;
    this.directory = directory;
    this.data = directory.resolve("data");
    this.account = account;
    this.listener = listener;
    this.port = port;
    this.owner = owner;
  }

  /**
   * Stops the server a killed platform left behind in the directory, if there is one.
   *
   * @return whether there was one
   */
  public static boolean stopOrphan(Path directory) throws StartFailure {
    try {
      return Files.isDirectory(directory) && Orphan.stop(directory.toRealPath().resolve("data"));
    } catch (IOException unreadable) {
      throw new StartFailure("PostgreSQL's " + directory + " cannot be read", unreadable);
    }
  }

  /**
   * Unpacks, initialises and starts the server and waits until it answers.
   *
   * @param directory where programs and data are or come to be; its parent exists
   * @param listener where clients find it; with TLS, nobody is heard without
   * @param owner super user, created at the first start
   * @throws StartFailure if it does not answer within two minutes
   */
  public static PostgresServer start(Path directory, Listener listener, int port, Login owner)
      throws StartFailure {
    try {
      Account account = Account.current();
      Path place = PostgresPlace.prepare(directory, account);
      Path home = PostgresBinaries.unpack(place);
      PostgresServer server = new PostgresServer(home, place, account, listener, port, owner);
      if (!Files.exists(server.data.resolve("PG_VERSION"))) {
        server.initialise();
      }
      server.launch();
      return server;
    } catch (IOException cannotWrite) {
      throw new StartFailure(
          "PostgreSQL cannot be set up in " + directory + ": " + cannotWrite, cannotWrite);
    }
  }

  // Into a directory beside the final one, so that an interrupted start leaves nothing half made.
  private void initialise() throws IOException, StartFailure {
    Path fresh = directory.resolve("data-new-" + ProcessHandle.current().pid());
    Path password = directory.resolve("password-new");
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(password, owner.password() + "\n");
      Files.createDirectory(fresh);
      account.own(fresh);
      account.own(password);
      List<String> words = new ArrayList<>(List.of(program("initdb"), "-D", fresh.toString()));
      words.addAll(List.of("-U", owner.username(), "--pwfile=" + password, "--data-checksums"));
      words.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"));
      words.addAll(List.of("--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"));
      Command.run(directory, account.command(words)).require("create the database in " + fresh);
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(password);
    }
  }

  private void launch() throws IOException, StartFailure {
    List<String> words = new ArrayList<>(List.of(program("postgres"), "-D", data.toString()));
    Optional<PostgresTls> tls = Optional.empty();
    if (listener.tls().isPresent()) {
      tls = Optional.of(PostgresTls.prepare(directory, listener.tls().get(), account));
    }
    PostgresSettings.of(listener, port, tls)
        .forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
    Process started = Command.builder(directory, account.server(words)).start();
    process = started;
    started.getOutputStream().close();
    StringBuilder firstLines = new StringBuilder();
    Thread.ofPlatform().daemon().name("postgres-log").start(() -> pump(started, firstLines));
    awaitAnswer(started, firstLines);
  }

  private void awaitAnswer(Process started, StringBuilder firstLines) throws StartFailure {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try (Connection answered = connect("postgres", owner)) {
        log.info("PostgreSQL answers: {}", answered.getMetaData().getDatabaseProductVersion());
        return;
      } catch (SQLException notYet) {
        boolean over = System.nanoTime() > deadline;
        if (over || !pause(started)) {
          close();
          throw new StartFailure(
              "PostgreSQL in "
                  + data
                  + (over ? " does not answer: " + notYet.getMessage() : " ended at once: ")
                  + said(firstLines),
              notYet);
        }
      }
    }
  }

  /** Waits a moment for the server; false if it has ended meanwhile. */
  private static boolean pause(Process started) {
    try {
      return !started.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String said(StringBuilder firstLines) {
    synchronized (firstLines) {
      return firstLines.toString().strip();
    }
  }

  private static void pump(Process started, StringBuilder firstLines) {
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        serverLog.info(line);
        synchronized (firstLines) {
          if (firstLines.length() < 4096) {
            firstLines.append(line).append('\n');
          }
        }
      }
    } catch (IOException ended) {
      log.debug("the log of PostgreSQL ended", ended);
    }
  }

  /** Creates what is missing of database, schemas and logins, and sets all passwords. */
  public void provision(Map<String, Login> logins) throws StartFailure {
    try {
      try (Connection connection = connect("postgres", owner)) {
        PostgresRoles.createDatabase(connection);
      }
      try (Connection connection = connect(PostgresRoles.DATABASE, owner)) {
        PostgresRoles.provision(connection, logins);
      }
    } catch (SQLException refused) {
      throw new StartFailure(
          "PostgreSQL refuses its own owner: " + refused.getMessage() + " (" + data + ")", refused);
    }
  }

  /** JDBC address of the platform's database. */
  public String url() {
    return url(listener, port);
  }

  /** JDBC address of the platform's database on a server with that listener. */
  public static String url(Listener listener, int port) {
    return url(listener, port, PostgresRoles.DATABASE);
  }

  private static String url(Listener listener, int port, String database) {
    return "jdbc:postgresql://" + listener.at(port) + "/" + database + parameters(listener);
  }

  private static String parameters(Listener listener) {
    return listener
        .tls()
        .map(
            tls ->
                "?sslmode=verify-full&sslrootcert="
                    + URLEncoder.encode(tls.ca().toString(), StandardCharsets.UTF_8))
        .orElse("");
  }

  private Connection connect(String database, Login login) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.username());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(url(listener, port, database), properties);
  }

  private String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Stops the server: clients are cut off, everything committed is on disk. */
  @Override
  public void close() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of(program("pg_ctl"), "stop", "-D", data.toString()));
    words.addAll(List.of("-m", "fast", "-w", "-t", Integer.toString(STOP_SECONDS)));
    Command.Result result = Command.run(directory, account.command(words));
    if (result.exit() != 0) {
      log.warn("PostgreSQL did not stop in {} s: {}", STOP_SECONDS, result.output());
      running.destroyForcibly();
    }
  }
}
