package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that outlived the platform that started it. */
final class Orphan {

  private static final Logger log = LoggerFactory.getLogger(Orphan.class);
  private static final int STOP_SECONDS = 30;

  /**
   * Stops the server that the pid file names, if it runs on these data.
   *
   * @return whether there was one
   * @throws StartFailure if it cannot be stopped
   */
  static boolean stop(Path data) throws StartFailure {
    Optional<ProcessHandle> orphan = find(data);
    if (orphan.isEmpty()) {
      return false;
    }
    ProcessHandle server = orphan.get();
    log.info("stopping PostgreSQL {} of a platform that was killed", server.pid());
    // SIGINT: fast shutdown; ProcessHandle itself only knows the signal that waits for clients.
    Command.run(Path.of("/"), List.of("kill", "-INT", Long.toString(server.pid())));
    try {
      server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException stubborn) {
      throw new StartFailure(
          "A PostgreSQL left behind by a killed Linewright (process "
              + server.pid()
              + ") still uses "
              + data
              + " and does not stop. End that process, then start again.",
          stubborn);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted while stopping PostgreSQL " + server.pid(), stopped);
    }
  }

  private static Optional<ProcessHandle> find(Path data) throws StartFailure {
    Path file = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
              .filter(ProcessHandle::isAlive)
              .filter(process -> runsOn(process, data));
    } catch (IOException | NumberFormatException unreadable) {
      throw new StartFailure("PostgreSQL's " + file + " cannot be read: " + unreadable, unreadable);
    }
  }

  // Process ids are used again: only a process that was started on these data is ours.
  private static boolean runsOn(ProcessHandle process, Path data) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(data.toString()))
        .orElse(false);
  }

  private Orphan() {}
}
