package io.linewright.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of the platform's programs in a process of its own; its output goes to a file. */
public final class JavaProcess implements AutoCloseable {

  private static final long END_SECONDS = 40;
  private static final long KILL_SECONDS = 30;

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
    return new JavaProcess(name, startToEndWithUs(name, builder), log);
  }

  /**
   * A bench that is stopped from outside leaves nothing behind. The hook is there before the
   * process: while a bench ends, its own thread may still be about to start one.
   */
  private static Process startToEndWithUs(String name, ProcessBuilder builder) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    Ending ending = new Ending(name);
    try {
      runtime.addShutdownHook(ending);
    } catch (IllegalStateException stopped) {
      throw new IOException("this program is being stopped: " + name + " is not started", stopped);
    }
    Process process;
    try {
      process = ending.begin(builder);
    } catch (IOException notStarted) {
      remove(runtime, ending);
      throw notStarted;
    }
    process.onExit().whenComplete((ended, never) -> remove(runtime, ending));
    return process;
  }

  private static void remove(Runtime runtime, Ending ending) {
    try {
      runtime.removeShutdownHook(ending);
    } catch (IllegalStateException alreadyEnding) {
      // the hook runs; there is nothing left to end
    }
  }

  /** Ends a process when this program ends; refuses to start it afterwards. */
  private static final class Ending extends Thread {

    private final String program;
    private @Nullable Process process;
    private boolean ending;

    Ending(String program) {
      super("end-" + program);
      this.program = program;
    }

    synchronized Process begin(ProcessBuilder builder) throws IOException {
      if (ending) {
        throw new IOException("this program is being stopped: " + program + " is not started");
      }
      Process started = builder.start();
      process = started;
      return started;
    }

    @Override
    public void run() {
      Process running;
      synchronized (this) {
        ending = true;
        running = process;
      }
      if (running != null) {
        end(running);
      }
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
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

  /**
   * SIGKILL, then waits until the process is gone.
   *
   * @throws IllegalStateException if the system has not ended it 30 s later
   */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%s, process %d, is there %d s after SIGKILL; see %s"
              .formatted(name, process.pid(), KILL_SECONDS, log));
    }
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
    end(process);
  }
}
