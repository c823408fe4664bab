package io.linewright.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the platform's programs in a process of its own; its output goes to a file. */
public final class JavaProcess implements AutoCloseable {

  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code java <jvmOptions> <program> <arguments>} on the JVM that runs this.
   *
   * @param program what {@link Programs#of} says
   * @param name for messages and the log file
   * @param logDir where {@code <name>.log} goes; appended to
   * @throws IOException if the jar is missing or the process cannot be started
   */
  public static JavaProcess start(
      String name,
      List<String> program,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment,
      Path logDir)
      throws IOException {
    if (program.getFirst().equals("-jar") && !Files.isRegularFile(Path.of(program.get(1)))) {
      throw new IOException(
          program.get(1) + " is missing: build it with ./linewright or mvn -DskipTests package");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(program);
    command.addAll(arguments);
    Files.createDirectories(logDir);
    Path log = logDir.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    endWithUs(name, process);
    return new JavaProcess(name, process, log);
  }

  /** A bench that is stopped from outside leaves nothing behind. */
  private static void endWithUs(String name, Process process) {
    Runtime runtime = Runtime.getRuntime();
    Thread end = Thread.ofPlatform().name("end-" + name).unstarted(process::destroy);
    runtime.addShutdownHook(end);
    process
        .onExit()
        .whenComplete(
            (ended, never) -> {
              try {
                runtime.removeShutdownHook(end);
              } catch (IllegalStateException alreadyEnding) {
                // the hook runs; there is nothing left to end
              }
            });
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Where its output goes. */
  public Path log() {
    return log;
  }

  /** SIGKILL, then waits until the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits until the process ends by itself; false if it did not within that time. */
  public boolean awaitExit(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /**
   * Exit code of a process that has ended.
   *
   * @throws IllegalThreadStateException if it still runs
   */
  public int exitValue() {
    return process.exitValue();
  }

  /** SIGTERM; SIGKILL if it has not ended 40 s later. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
